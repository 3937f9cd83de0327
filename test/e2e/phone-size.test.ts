// What a phone loads before the decoder, in its language, compressed as hosts compress it.
import fs from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'

const built = path.resolve(import.meta.dirname, '../../out/phone')
const most = 150_000
const ofDecoder = /decoder-worker|ponyfill|zxing/

/** Each a chunk of its own; English comes with the page. The other languages follow with the service worker. */
const ofLanguage = /^phone-.*\.js$/
const files = () =>
  fs
    .readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !ofDecoder.test(entry.name))
    .map(({ parentPath, name }) => ({ name, content: fs.readFileSync(path.join(parentPath, name)) }))
const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)

test('the page and its icons, in any one language, weigh less than 150 kB without the decoder', () => {
  const sizes = files().map(({ name, content }) => ({ name, size: gzipSync(content, { level: 9 }).length }))
  const languages = sizes.filter(({ name }) => ofLanguage.test(name)).map(({ size }) => size)
  expect(languages).toHaveLength(5)
  const always = sizes.filter(({ name }) => !ofLanguage.test(name)).map(({ size }) => size)
  expect(sum(always) + Math.max(...languages)).toBeLessThan(most)
})

test('with all its languages it does where a host compresses by Brotli', () => {
  expect(sum(files().map(({ content }) => brotliCompressSync(content).length))).toBeLessThan(most)
})

test('it is made of our own files alone: nothing names another host to load from', () => {
  const html = fs.readFileSync(path.join(built, 'index.html'), 'utf8')
  for (const [, url] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(url).toMatch(/^\.\//)
  const manifest = JSON.parse(fs.readFileSync(path.join(built, 'wardkey.webmanifest'), 'utf8'))
  expect(manifest).toMatchObject({ display: 'standalone', start_url: './', scope: './' })
  for (const { src } of manifest.icons) expect(fs.existsSync(path.join(built, src)), src).toBe(true)
  expect(manifest.icons.some(({ purpose }: { purpose?: string }) => purpose?.includes('maskable'))).toBe(true)
})
