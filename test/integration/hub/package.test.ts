// `npm run package:hub`: the folder runs elsewhere, by Node alone, on both databases, and stops and starts in good order.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { isBuiltin } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { codeOf } from '../../support/fakes.ts'
import { type HubProcess, startHubProcess } from '../../support/hub/hub-process.ts'
import { startPostgres } from '../../support/hub/postgres.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const place = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-package-'))
const program = path.join(place, 'wardkey-hub.mjs')
const rootKey = Buffer.alloc(32, 9).toString('base64')
beforeAll(() => {
  execFileSync(process.execPath, [path.join(root, 'scripts/package-hub.mjs')], { cwd: root, stdio: 'pipe' })
  fs.cpSync(path.join(root, 'out/hub'), place, { recursive: true })
}, 120_000)
afterAll(() => fs.rmSync(place, { recursive: true, force: true }))

const read = (name: string) => fs.readFileSync(path.join(place, name), 'utf8')
const isReady = async ({ url }: HubProcess) => (await fetch(`${url}/readyz`)).status

/** As its administration does, since the code has to be made out of what it shows. */
async function setUp({ url, setupLink }: HubProcess): Promise<void> {
  const token = setupLink?.split('#')[1]
  const post = async (to: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}${to}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(response.status).toBe(200)
    return response.json()
  }
  const organisation = { slug: 'acme', name: 'Acme' }
  const administrator = { staffId: 'HUB-1', displayName: 'Hanna Hub' }
  const offer = z
    .object({ setupKey: z.string() })
    .parse(await post('/v1/set-up', { token, organisation, administrator }))
  await post('/v1/set-up/confirm', { token, code: codeOf(offer.setupKey, Date.now()) })
}

const administer = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(place, 'wardkey-hub-admin.mjs'), ...args], {
    cwd: place,
    env: { PATH: process.env.PATH ?? '' },
    encoding: 'utf8',
  })

describe.each(['PGlite', 'PostgreSQL'])('the packaged hub on %s', (kind) => {
  it('starts where there is nothing else, prints its link, stops, and goes on with what it has', async () => {
    const server = kind === 'PostgreSQL' ? await startPostgres() : null
    const env: Record<string, string> = server
      ? { WARDKEY_HUB_DATABASE_URL: server.newDatabase(), WARDKEY_HUB_KEY: rootKey }
      : {}
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-hub-'))
    try {
      const first = await startHubProcess(env, { program, folder })
      expect(first.setupLink).toContain(`${first.url}/set-up#`)
      expect(first.output()).toContain(`node wardkey-hub-admin.mjs set-up '${first.setupLink}'`)
      expect(await isReady(first)).toBe(200)
      await setUp(first)
      const health = { env: { WARDKEY_HUB_PORT: new URL(first.url).port } }
      expect(spawnSync(process.execPath, [path.join(place, 'health.mjs')], health).status).toBe(0)
      expect(await first.stop()).toBe(0)
      expect(spawnSync(process.execPath, [path.join(place, 'health.mjs')], health).status).toBe(1)
      const again = await startHubProcess(env, { program, folder })
      expect(again.setupLink).toBeNull()
      expect(await isReady(again)).toBe(200)
      const listed = administer(
        'stations',
        'list',
        '--hub',
        `${again.url}/v1/acme`,
        '--as',
        'HUB-1',
        '--code',
        '000000',
      )
      expect(listed.stdout).toBe('The hub does not know you by that. Wait for the next code, then try again.\n')
      expect(listed.status).toBe(1)
      // Killed, as by a power cut: what was committed is there.
      await again.kill()
      const third = await startHubProcess(env, { program, folder })
      expect([third.setupLink, await isReady(third)]).toEqual([null, 200])
      expect(await third.stop()).toBe(0)
      expect(fs.existsSync(path.join(folder, 'hub.key'))).toBe(kind === 'PGlite')
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
      server?.stop()
    }
  }, 120_000)
})

it('has no module outside of it but those of Node', () => {
  for (const name of fs.readdirSync(place).filter((each) => each.endsWith('.mjs'))) {
    const named = [...read(name).matchAll(/^(?:import|export)\b.*? from ["']([^"'\n]+)["'];?$/gm)].map(
      ([, from]) => from ?? '',
    )
    expect(
      named.filter((from) => !isBuiltin(from) && !from.startsWith('./')),
      name,
    ).toEqual([])
    expect(read(name)).not.toContain(root)
  }
})

it('has the licence of each package within', () => {
  const text = read('LICENCES.txt')
  for (const name of ['fastify', '@electric-sql/pglite', 'pg', 'zod', 'jose', 'kysely', 'commander', 'qrcode'])
    expect(text).toMatch(new RegExp(`^${name} [0-9.]+ \\(`, 'm'))
})

it('names in its Dockerfile only files that are there, and no account that may write the program', () => {
  const text = read('Dockerfile')
  const [, copied = ''] = /^COPY --chown=root:root (.+) \/opt\/wardkey-hub\/$/m.exec(text) ?? []
  const there = fs.readdirSync(place)
  for (const pattern of copied.split(' ')) {
    const matches = new RegExp(`^${pattern.replaceAll('.', '\\.').replace('*', '.+')}$`)
    expect(
      there.some((name) => matches.test(name)),
      pattern,
    ).toBe(true)
  }
  expect(text).toMatch(/^USER node$/m)
})

const systemd = spawnSync('systemd-analyze', ['--version']).status === 0
describe.skipIf(!systemd)('its unit, where systemd-analyze is there to judge it', () => {
  it('is one that systemd reads without a word, and exposes little', () => {
    const unit = path.join(place, 'wardkey-hub.service')
    const here = read('wardkey-hub.service')
      .replaceAll('/usr/bin/node', process.execPath)
      .replaceAll('/opt/wardkey-hub', place)
    fs.writeFileSync(unit, here)
    const judged = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
    const ours = judged.stderr.split('\n').filter((line) => line.includes('wardkey-hub'))
    expect(ours).toEqual([])
    const exposed = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', unit], {
      encoding: 'utf8',
    })
    expect(exposed.stdout + exposed.stderr).toMatch(/Overall exposure level for wardkey-hub\.service: [01]\.\d/)
    expect(exposed.status).toBe(0)
  })
})
