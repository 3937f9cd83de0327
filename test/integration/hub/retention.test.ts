// What events say goes when its time is over, unless a legal hold wants it; the log is proved all the same, and says so.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doChores } from '../../../src/hub/chores.ts'
import { openPGlite, openPostgres } from '../../../src/hub/database.ts'
import { type PostgresServer, startPostgres } from '../../support/hub/postgres.ts'
import {
  beginOrganisation,
  call,
  enrollAtHub,
  joinLink,
  type Organisation,
  type RunningHub,
  signIn,
  startTestHub,
} from '../../support/hub/running-hub.ts'
import { SoftLog, SoftStation } from '../../support/hub/soft-station.ts'

const dayMs = 24 * 60 * 60_000
const reason = 'as the law wants it'
const entry = path.resolve(import.meta.dirname, '../../../src/cli/hub-administration.ts')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wardkey-kept-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

describe.each(['PGlite', 'PostgreSQL'])('retention on %s', (kind) => {
  let server: PostgresServer | undefined
  let hub: RunningHub
  let acme: Organisation
  let station: SoftStation
  let log: SoftLog
  let nina: { id: string }
  beforeAll(async () => {
    if (kind === 'PostgreSQL') server = await startPostgres()
    hub = await startTestHub(server ? await openPostgres(server.newDatabase()) : await openPGlite(null))
    acme = await beginOrganisation(hub, 'acme')
    station = new SoftStation(hub, 'acme')
    await station.join(await joinLink(hub, acme))
    nina = await enrollAtHub(hub, acme, 'NINA-1')
    log = new SoftLog(station)
    // Ten that name nobody, five that name Nina; a month later ten more.
    await handIn(10, {})
    await handIn(5, { person: nina.id })
    await later(31)
    await handIn(10, {})
  }, 90_000)
  afterAll(async () => {
    await hub?.close()
    server?.stop()
  })

  const at = (method: string, where: string, body?: unknown) => call(hub, method, `/v1/acme${where}`, body, acme.token)
  const later = async (days: number) => {
    hub.time.pass(days * dayMs)
    acme.token = await signIn(hub, 'acme', 'HUB-1', acme.setupKey)
  }
  async function handIn(count: number, what: Record<string, unknown>): Promise<void> {
    const from = log.bodies.length + 1
    log.grow(count, { atMs: hub.time.ms, ...what })
    expect((await station.send(log, from, log.bodies.length)).status).toBe(200)
  }
  const bodiesLeft = async (): Promise<number[]> => {
    const { events } = (await at('GET', `/stations/${station.number}/log`)).body
    return events.flatMap((each: { number: number; body: string | null }) => (each.body === null ? [] : [each.number]))
  }
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
  /** As an administrator types it. */
  const cli = (...args: string[]): Promise<{ status: number | null; out: string }> =>
    new Promise((resolve) => {
      const env = { PATH: '', WARDKEY_HUB: `${hub.url}/v1/acme`, WARDKEY_HUB_TOKEN: acme.token }
      const child = spawn(process.execPath, ['--no-warnings', entry, ...args], { env })
      let out = ''
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (chunk) => {
          out += chunk
        })
      child.once('close', (status) => resolve({ status, out }))
    })
  const actions = (type: string) =>
    hub.parts.db.outside((all) => all.selectFrom('action').selectAll().where('type', '=', type).execute())

  it('keeps everything while nobody has said how long', async () => {
    await doChores(hub.parts)
    expect(await bodiesLeft()).toEqual(range(1, 25))
    expect((await at('GET', '/retention')).body).toEqual({ ok: true, days: null })
    expect((await at('POST', '/retention', { days: 7, reason })).status).toBe(400)
  })

  it('prunes nothing that a hold wants: of everybody, of a person, of a span of time', async () => {
    const all = (await at('POST', '/holds', { reason })).body.id
    expect((await at('POST', '/retention', { days: 30, reason })).body).toEqual({ ok: true, days: 30 })
    await doChores(hub.parts)
    expect(await bodiesLeft()).toEqual(range(1, 25))
    const ninas = (await at('POST', '/holds', { personId: nina.id, reason })).body.id
    expect((await at('POST', `/holds/${all}/lift`, { reason })).body).toEqual({ ok: true })
    expect((await at('POST', `/holds/${all}/lift`, { reason })).status).toBe(404)
    await doChores(hub.parts)
    expect(await bodiesLeft()).toEqual([...range(11, 15), ...range(16, 25)])
    expect((await at('GET', '/holds')).body.holds).toMatchObject([{ id: ninas, personId: nina.id, reason }])
    await at('POST', `/holds/${ninas}/lift`, { reason })
    const span = { fromMs: hub.time.ms - 40 * dayMs, toMs: hub.time.ms - 20 * dayMs, reason }
    const march = (await at('POST', '/holds', span)).body.id
    await doChores(hub.parts)
    expect(await bodiesLeft()).toEqual(range(11, 25))
    await at('POST', `/holds/${march}/lift`, { reason })
    await doChores(hub.parts)
    expect(await bodiesLeft()).toEqual(range(16, 25))
  })

  it('proves the log all the same, from the hub and from an export', { timeout: 90_000 }, async () => {
    const verified = await cli('audit', 'verify', station.number)
    expect(verified.out).toContain('Complete and unchanged: 25 events')
    expect(verified.out).toContain('What 15 of them said was pruned')
    expect(verified.status).toBe(0)
    const exported = await cli('audit', 'export', station.number)
    const file = path.join(folder, `${kind}.jsonl`)
    fs.writeFileSync(file, exported.out)
    expect((await cli('audit', 'verify', '--file', file)).out).toBe(verified.out)
    const lines = exported.out.trimEnd().split('\n')
    expect(lines).toHaveLength(26)
    const swapped = [...lines.slice(0, 2), lines[3], lines[2], ...lines.slice(4)]
    for (const [name, bent] of Object.entries({
      cut: lines.slice(0, -1),
      shorter: [...lines.slice(0, 24), lines[25]],
      swapped,
      'another leaf': lines.map((line, i) => (i === 3 ? line.replace(/"leaf":"../, '"leaf":"zz') : line)),
      'another body': lines.map((line, i) => (i === 20 ? line.replace('session-ended', 'session-begun') : line)),
      unsigned: lines.map((line) => line.replace(/\\n\u2014 wardkey\/acme\/hub [^"]*"/u, '\\n"')),
    })) {
      fs.writeFileSync(file, `${bent.join('\n')}\n`)
      expect((await cli('audit', 'verify', '--file', file)).status, name).toBe(1)
    }
  })

  it('goes on with that log: what was pruned is known again, another in its place is a fork', async () => {
    expect((await station.send(log, 1, 20)).body).toMatchObject({ ok: true, acknowledged: 25 })
    await handIn(3, {})
    expect(await bodiesLeft()).toEqual(range(16, 28))
    const forked = log.fork(4).grow(24)
    expect((await station.send(forked, 1, 28)).body).toMatchObject({ ok: false, reason: 'fork', number: 5 })
  })

  it('has on record what went and by whose word, holds set and lifted', async () => {
    const pruned = (await actions('events-pruned')).map(({ details }) => JSON.parse(details).stations[station.number])
    expect(pruned.sort()).toEqual([10, 5].sort())
    expect(await actions('hold-set')).toHaveLength(3)
    expect(await actions('hold-lifted')).toHaveLength(3)
    expect((await actions('retention-set')).map(({ details }) => JSON.parse(details))).toEqual([
      { before: null, after: 30, reason },
    ])
  })

  it('is shown and set from the command line too', { timeout: 90_000 }, async () => {
    expect((await cli('retention', 'set', '90', '--reason', 'longer')).out).toBe(
      'What events say is kept for 90 days.\n',
    )
    expect((await cli('retention', 'show')).out).toBe('What events say is kept for 90 days.\n')
    expect((await cli('retention', 'set', '5', '--reason', 'shorter')).status).toBe(2)
    const held = await cli('holds', 'set', '--person', 'nina-1', '--from', '2026-01-01', '--reason', 'a case', '--json')
    const { id } = JSON.parse(held.out)
    expect((await cli('holds', 'list')).out).toContain(`${id}  ${nina.id}  from 2026-01-01T00:00:00.000Z  to -  a case`)
    expect((await cli('holds', 'lift', id, '--reason', 'over')).out).toBe('Lifted.\n')
    expect((await cli('holds', 'list')).out).toBe('Nothing is held.\n')
  })
})
