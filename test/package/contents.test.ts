// What is in the package and what is not; its fuses, its rights, its papers. It is what `npm run package` has just made.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { listPackage } from '@electron/asar'
import { getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findWrongFuses } from '../../scripts/package/fuses.mjs'

const root = path.resolve(import.meta.dirname, '../..')
const made = path.join(root, 'out/package/made')
const [deb = ''] = fs.readdirSync(made).filter((name) => name.endsWith('.deb'))
const unpacked = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-deb-'))
const inside = (name: string) => path.join(unpacked, 'opt/Wardkey', name)
const field = (name: string) =>
  execFileSync('dpkg-deb', ['-f', path.join(made, deb), name], { encoding: 'utf8' }).trim()

beforeAll(() => {
  execFileSync('dpkg-deb', ['-x', path.join(made, deb), unpacked])
}, 120_000)
afterAll(() => fs.rmSync(unpacked, { recursive: true }))

describe('the archive', () => {
  const allowed = [
    /^\/package\.json$/,
    /^\/out\/(start|main|main\/chunks)\/[\w-]+\.js$/,
    /^\/out\/preload\/index\.cjs$/,
    /^\/out\/renderer\/(index\.html|assets\/[\w.-]+\.(js|css|woff2))$/,
    /^\/node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/[\w/-]+\.js|prebuilds\/linux-x64\.node)$/,
    /^\/node_modules\/keytar\/(package\.json|LICENSE\.md|lib\/keytar\.js|build\/Release\/keytar\.node)$/,
  ]

  it('holds the bundles and two native modules, and not one file more', () => {
    const files = listPackage(inside('resources/app.asar'), { isPack: false }).filter(
      (name) => path.extname(name) || /LICENSE$/.test(name),
    )
    expect(files.filter((name) => !allowed.some((each) => each.test(name)))).toEqual([])
    for (const each of allowed)
      expect(
        files.some((name) => each.test(name)),
        `${each}`,
      ).toBe(true)
  })

  it('keeps native modules outside, where the system can load them', () => {
    for (const name of ['better-sqlite3/prebuilds/linux-x64.node', 'keytar/build/Release/keytar.node'])
      expect(fs.existsSync(inside(`resources/app.asar.unpacked/node_modules/${name}`))).toBe(true)
  })
})

describe('the papers', () => {
  const list = fs.readdirSync(made).find((name) => name.endsWith('.cdx.json')) ?? ''
  const { bomFormat, components } = JSON.parse(fs.readFileSync(path.join(made, list), 'utf8')) as {
    bomFormat: string
    components: { name: string }[]
  }
  const names = components.map(({ name }) => name)

  it('name what is within', () => {
    expect(bomFormat).toBe('CycloneDX')
    expect(names).toEqual(expect.arrayContaining(['electron', 'better-sqlite3', 'keytar', 'zod', 'react', 'commander']))
  })

  it('name nothing of the hub, and no tool', () => {
    const absent =
      'fastify pg kysely prom-client @electric-sql/pglite vitest vite playwright typescript electron-builder fast-check idb'
    expect(names.filter((name) => absent.split(' ').includes(name))).toEqual([])
  })

  it('have the checksum of each file', () => {
    const { status, stdout } = spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: made, encoding: 'utf8' })
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${list}: OK\n${deb}: OK\n` })
  })
})

describe('the binary', () => {
  it('has each fuse as it should be, by our reading and by the library’s', async () => {
    expect(await findWrongFuses(inside('wardkey'))).toEqual([])
    const wire = (await getCurrentFuseWire(inside('wardkey'))) as unknown as Record<string, number>
    const set = Object.fromEntries(Object.entries(wire).filter(([name]) => /^\d$/.test(name)))
    const [off, on] = ['0'.charCodeAt(0), '1'.charCodeAt(0)]
    expect(set).toEqual({ 0: off, 1: on, 2: off, 3: off, 4: on, 5: on, 6: off, 7: off })
  })

  it('runs nobody’s script: not as Node, not by NODE_OPTIONS, not under an inspector', () => {
    const file = path.join(unpacked, 'script.cjs')
    const proof = path.join(unpacked, 'proof')
    fs.writeFileSync(file, `require('fs').writeFileSync(${JSON.stringify(proof)}, '')`)
    const run = (args: string[], env: Record<string, string>) =>
      spawnSync(inside('wardkey'), ['--no-sandbox', ...args], {
        env: { PATH: '/usr/bin', HOME: unpacked, ...env },
        encoding: 'utf8',
        timeout: 60_000,
      })
    expect(run([file], { ELECTRON_RUN_AS_NODE: '1' }).status).toBe(2)
    expect(run(['--help'], { NODE_OPTIONS: `--require=${file}` }).status).toBe(0)
    const inspected = run(['--inspect-brk=0', '--help'], {})
    expect(inspected.stderr).not.toContain('Debugger listening')
    expect(fs.existsSync(proof)).toBe(false)
  }, 120_000)
})

it('is nobody’s to write but root’s', () => {
  const listed = execFileSync('dpkg-deb', ['-c', path.join(made, deb)], { encoding: 'utf8' })
    .trim()
    .split('\n')
  expect(listed.filter((line) => !/^([-d]r[-w][-xs]r-[-x]r-[-x] root\/root |l)/.test(line))).toEqual([])
})

it('says that it is a test artefact where it is one, and is then refused for release', () => {
  const official = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')).version
  const runs = fs.readFileSync(path.join(root, 'node_modules/electron/dist/version'), 'utf8').trim().replace(/^v/, '')
  expect(field('Version').endsWith('~test')).toBe(runs !== official)
  if (runs === official) return
  const { status, stderr } = spawnSync(process.execPath, ['scripts/package.mjs', '--release'], {
    cwd: root,
    encoding: 'utf8',
  })
  expect({ status, said: stderr }).toEqual({
    status: 1,
    said: expect.stringContaining('nothing for release was made: it takes the official Electron'),
  })
})
