// The command line as a real process: what each command answers when all is well, beside a running station too.
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportLog } from '../../src/cli/audit.ts'
import { UsageError } from '../../src/cli/output.ts'
import { openDatabase } from '../../src/station/database.ts'
import { openNote, stationNumber } from '../../src/station/signing.ts'
import { type CliStation, makeCliStation, SessionKeychain } from '../support/cli.ts'
import { administrator, codeOf, startDesk } from '../support/fakes.ts'
import { broughtAlong, complete } from './audit-words.ts'

let station: CliStation
beforeAll(async () => {
  station = await makeCliStation()
})
afterAll(() => fs.rmSync(station.root, { recursive: true }))
const inRoot = (name: string): string => path.join(station.root, name)
/** A file with what a command printed, as a shell would make it. */
async function intoFile(name: string, ...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await station.cli(...args)
  expect([status, stderr]).toEqual([0, ''])
  fs.writeFileSync(inRoot(name), stdout)
  return inRoot(name)
}
const eventsIn = (): number => {
  const db = openDatabase(station.bench.folder, { readonly: true })
  const count = db.prepare('SELECT count(*) FROM event').pluck().get() as number
  db.close()
  return count
}

describe('with 0, done', () => {
  it('audit verify', async () => {
    const words = `complete and unchanged, ${eventsIn()} events\nanchored to this keychain\n`
    expect(await station.cli('audit', 'verify')).toEqual({ status: 0, stdout: words, stderr: '' })
  })
  it('audit verify --json', async () => {
    const { status, stdout, stderr } = await station.cli('audit', 'verify', '--json')
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^[^\n]+\n$/)
    expect(JSON.parse(stdout)).toEqual({ ok: true, events: eventsIn(), anchors: ['this keychain'] })
  })
  it('audit checkpoint, which audit verify takes back', async () => {
    const file = await intoFile('checkpoint', 'audit', 'checkpoint')
    const { stdout } = await station.cli('audit', 'verify', '--checkpoint', file)
    expect(stdout).toContain('\nanchored to this keychain and the checkpoint given\n')
  })
  it('audit checkpoint --json: a note that the station signed', async () => {
    const { stdout } = await station.cli('audit', 'checkpoint', '--json')
    const { ok, checkpoint } = JSON.parse(stdout) as { ok: boolean; checkpoint: string }
    const db = openDatabase(station.bench.folder, { readonly: true })
    const key = db.prepare('SELECT signing_public FROM station').pluck().get() as Buffer
    db.close()
    expect(ok).toBe(true)
    expect(openNote(checkpoint, key)?.checkpoint).toMatchObject({
      origin: `wardkey/standalone/${stationNumber(key)}`,
      size: eventsIn(),
    })
  })
  it('audit export: a head, every event, a checkpoint, each a line of JSON', async () => {
    const file = await intoFile('export.jsonl', 'audit', 'export', '--format', 'jsonl')
    const lines = fs.readFileSync(file, 'utf8').trimEnd().split('\n')
    const [head, ...rest] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(head).toMatchObject({ export: 'wardkey-audit/1' })
    expect(Object.keys(rest.at(-1) ?? {})).toEqual(['checkpoint'])
    expect(rest.slice(0, -1).map((event) => event.number)).toEqual(Array.from({ length: eventsIn() }, (_, i) => i + 1))
  })
  it('audit export --format csv, whole or since an event or a time', async () => {
    const linesOf = async (...since: string[]) => {
      const { stdout, status } = await station.cli('audit', 'export', '--format', 'csv', ...since)
      expect(status).toBe(0)
      const [head, ...rest] = stdout.trimEnd().split('\r\n')
      expect(head).toContain('number,time,type,outcome,reason,method,staff_id,name')
      return rest
    }
    const all = await linesOf()
    expect(all).toHaveLength(eventsIn())
    expect(all.some((line) => line.includes('offer-confirmed,accepted,,totp,A1001,Ada Kern'))).toBe(true)
    expect(await linesOf('--since', '3')).toEqual(all.slice(2))
    expect(await linesOf('--since', '2999-12-31')).toEqual([])
  })
  it.each([
    ['xml', undefined],
    ['csv', 'yesterday'],
    ['csv', '0'],
    ['csv', '2026-13-01'],
    ['jsonl', '3'],
  ])('audit export as %s since %s is used wrongly', (format, since) => {
    const parts = { folder: '', keychain: new SessionKeychain() }
    expect(() => exportLog(parts, format, since)).toThrow(UsageError)
  })
  it('audit verify --file, with and without a checkpoint', async () => {
    const file = await intoFile('export.jsonl', 'audit', 'export')
    const checkpoint = await intoFile('checkpoint', 'audit', 'checkpoint')
    const number = /[0-9a-f]{16}/.exec(fs.readFileSync(file, 'utf8'))?.[0] ?? ''
    const unchangedUpTo = new Date(station.bench.clock.nowMs()).toISOString()
    const alone = await station.cli('audit', 'verify', '--file', file, '--json')
    expect([alone.status, JSON.parse(alone.stdout)]).toEqual([
      0,
      { ok: true, events: eventsIn(), unchangedUpTo, anchors: [], station: number },
    ])
    const { stdout } = await station.cli('audit', 'verify', '--file', file, '--checkpoint', checkpoint)
    const words = [...complete(eventsIn(), 'the checkpoint given'), ...broughtAlong(number)]
    expect(stdout).toBe(`${words.join('\n')}\n`)
  })
  it('status', async () => {
    const events = eventsIn()
    const { status, stdout } = await station.cli('status')
    expect(status).toBe(0)
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^Ward 7, Level 2 \(station [0-9a-f]{16}\)$/),
      `1 people, ${events} events, ${events} of them in the keychain's checkpoint`,
      'Locked; 0 open alerts, 0 emergency accesses to review',
      '',
    ])
  })
  it('status --json', async () => {
    const { stdout } = await station.cli('status', '--json')
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      name: 'Ward 7',
      location: 'Level 2',
      number: expect.stringMatching(/^[0-9a-f]{16}$/),
      people: 1,
      events: eventsIn(),
      checkpointEvents: eventsIn(),
      signedIn: false,
      openAlerts: 0,
      openReviews: 0,
    })
  })
  it.each([[['--help']], [['audit', 'verify', '--help']], [['help', 'audit']]])('%j', async (args) => {
    expect(await station.cli(...args)).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: wardkey') })
  })
})

describe('beside a running station', () => {
  it('reads what is there, and takes nothing from the station', async () => {
    const { desk, clock } = await startDesk(station.bench)
    const { handlers } = desk
    const signIn = () => {
      clock.pass(60_000)
      return handlers.submitCode({ staffId: administrator.staffId, code: codeOf(station.setupKey, clock.nowMs()) })
    }
    expect(await signIn()).toMatchObject({ ok: true })
    expect(JSON.parse((await station.cli('status', '--json')).stdout)).toMatchObject({ signedIn: true })
    // The station goes on signing in and locking while the commands run.
    const commands = Promise.all([
      station.cli('audit', 'verify'),
      station.cli('audit', 'export'),
      station.cli('status'),
    ])
    let ended = false
    void commands.then(() => {
      ended = true
    })
    for (let logins = 0; !ended || logins < 5; logins++) {
      await handlers.lockNow({})
      expect(await signIn()).toMatchObject({ ok: true })
      await nextTurn()
    }
    const [verified, exported] = await commands
    expect(verified.stdout).toMatch(/^complete and unchanged, \d+ events\nanchored to this keychain\n$/)
    fs.writeFileSync(inRoot('beside.jsonl'), exported.stdout)
    expect(await station.cli('audit', 'verify', '--file', inRoot('beside.jsonl'))).toMatchObject({ status: 0 })
    expect(desk.screen()).toMatchObject({ kind: 'session', log: { state: 'complete' } })
    await desk.close()
  }, 60_000)
})
