// What a phone loads before the decoder: all that was built, compressed as hosts compress it.
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'

const built = path.resolve(import.meta.dirname, '../../out/phone')
const most = 150_000
const ofDecoder = /decoder-worker|ponyfill|zxing/

test('the page, its icons and all its languages weigh less than 150 kB without the decoder', () => {
  const files = fs
    .readdirSync(built, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !ofDecoder.test(entry.name))
    .map(({ parentPath, name }) => path.join(parentPath, name))
  expect(files.length).toBeGreaterThan(10)
  const size = files.reduce((sum, file) => sum + gzipSync(fs.readFileSync(file), { level: 9 }).length, 0)
  expect(size).toBeLessThan(most)
})

test('it is made of our own files alone: nothing names another host to load from', () => {
  const html = fs.readFileSync(path.join(built, 'index.html'), 'utf8')
  for (const [, url] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(url).toMatch(/^\.\//)
  const manifest = JSON.parse(fs.readFileSync(path.join(built, 'wardkey.webmanifest'), 'utf8'))
  expect(manifest).toMatchObject({ display: 'standalone', start_url: './', scope: './' })
  for (const { src } of manifest.icons) expect(fs.existsSync(path.join(built, src)), src).toBe(true)
  expect(manifest.icons.some(({ purpose }: { purpose?: string }) => purpose?.includes('maskable'))).toBe(true)
})
