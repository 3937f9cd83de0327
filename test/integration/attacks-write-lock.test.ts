// A write lock that another process holds, as a long import does: the station refuses kindly, stays open and loses nothing.
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AdministrationCommand, administrationCommands } from '../../src/contracts/ipc.ts'
import { databaseFile } from '../../src/station/database.ts'
import {
  addPerson,
  checked,
  closeAll,
  codeNow,
  copyOf,
  eventsOf,
  newWard,
  read,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import { openWith, stationWithCodes, eventsOf as storedEvents } from '../support/emergency.ts'

let station: Stopped
let bola = ''
beforeAll(async () => {
  const ward = await newWard()
  await signIn(ward)
  bola = await addPerson(ward, 'N2044')
  await closeAll()
  station = ward
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))
const begin = () => restart(copyOf(station))
const busy = { kind: 'failed', code: 'data-busy', canRetry: true }
const notNow = { ok: false, reason: 'not-now' }

/** Somebody who writes for long, or looks at the file with a tool and forgets to let go of it. */
function hold({ folder }: Stopped, sql = 'BEGIN IMMEDIATE'): () => void {
  const db = new Database(databaseFile(folder))
  db.exec(sql)
  return () => {
    db.close()
  }
}
async function whileHeld<R>(stopped: Stopped, work: () => Promise<R>, sql?: string): Promise<R> {
  const letGo = hold(stopped, sql)
  try {
    return await work()
  } finally {
    letGo()
  }
}
/** Of the sessions since the station was set up. */
const ends = (ward: Ward) => eventsOf(ward, 'session-ended').slice(1)
const kind = ({ desk }: Ward) => desk.screen().kind
const size = (ward: Ward) => read<number>(ward, 'SELECT size FROM log_head')[0] ?? 0
const failures = (ward: Ward) => read<number>(ward, 'SELECT count(*) FROM throttle')[0]

describe('while another process writes', () => {
  it('a code is refused as not-now: not used up, not counted, and the station stays open', async () => {
    const ward = await begin()
    ward.clock.pass(30_000)
    const attempt = { staffId, code: codeNow(ward, ward.setupKey) }
    const before = size(ward)
    expect(await whileHeld(ward, async () => ward.desk.handlers.submitCode(attempt))).toEqual(notNow)
    const wrong = { staffId, code: '00000000' }
    expect(await whileHeld(ward, async () => ward.desk.handlers.submitCode(wrong))).toEqual(notNow)
    expect([kind(ward), size(ward), failures(ward)]).toEqual(['locked', before, 0])
    expect(await ward.desk.handlers.submitCode(attempt)).toMatchObject({ ok: true })
  })

  it.each<[string, (ward: Ward) => Promise<unknown>]>([
    [
      'a recovery code',
      async ({ desk, recoveryCodes: [code = ''] }) =>
        desk.handlers.submitRecoveryCode({ staffId, code: code.replaceAll('-', '') }),
    ],
    ['a ticket', async ({ desk }) => desk.handlers.submitTicket({ staffId, code: 'A'.repeat(16) })],
  ])('%s is refused as not-now, and is good afterwards', async (_what, submit) => {
    const ward = await begin()
    expect(await whileHeld(ward, () => submit(ward))).toEqual(notNow)
    expect([kind(ward), failures(ward)]).toEqual(['locked', 0])
    expect(await submit(ward)).not.toEqual(notNow)
  })

  it('whoever is signed in changes nothing and stays in; afterwards the same change goes through', async () => {
    const ward = await begin()
    await signIn(ward)
    const { handlers } = ward.desk
    const changes: (() => Promise<unknown>)[] = [
      async () => handlers.addPerson({ displayName: 'Carmen', staffId: 'N2107', roles: ['staff'] }),
      async () => handlers.changeWorkstation({ name: 'Ward 8', location: 'Level 2', group: null }),
      async () => handlers.issueTicket({ personId: bola, purpose: 'sign-in', hours: 1, reason: 'a lost phone' }),
      async () => handlers.makeOffer({ personId: bola }),
    ]
    const before = size(ward)
    for (const change of changes) expect(await whileHeld(ward, change)).toEqual(notNow)
    expect([kind(ward), size(ward)]).toEqual(['session', before])
    for (const change of changes) expect(await change()).toMatchObject({ ok: true })
  })

  it('every change of Administration can say so', () => {
    const reads = /^(read|list|search|preview|find|try|count|check|verify|cancel)/
    const changes = (Object.keys(administrationCommands) as AdministrationCommand[]).filter((name) => !reads.test(name))
    const silent = changes.filter((name) => !administrationCommands[name].output.safeParse(notNow).success)
    expect(changes.length).toBeGreaterThan(15)
    expect(silent).toEqual([])
  })
})

describe('a session that ends while another process writes', () => {
  it('locks at once; its end is on record before the next sign-in, with its reason and its time', async () => {
    const ward = await begin()
    await signIn(ward)
    const endedAtMs = ward.clock.nowMs()
    const letGo = hold(ward)
    ward.desk.lock('lock-key')
    expect(kind(ward)).toBe('locked')
    expect(ends(ward)).toEqual([])
    ward.clock.pass(60_000)
    letGo()
    await signIn(ward)
    const [ended, entered] = eventsOf(ward, 'session-ended', 'login-attempted').slice(-2)
    expect(ended).toMatchObject({ type: 'session-ended', reason: 'lock-key', details: { ended_at_ms: endedAtMs } })
    expect(entered).toMatchObject({ type: 'login-attempted', outcome: 'accepted' })
    expect(read(ward, 'SELECT ended_at_ms FROM session ORDER BY started_at_ms').slice(1)).toEqual([endedAtMs, null])
  })

  it('ends by idleness all the same, and is on record soon after, without anybody', async () => {
    const ward = await begin()
    await signIn(ward)
    const letGo = hold(ward)
    ward.clock.pass(6 * 60_000)
    await expect.poll(() => kind(ward)).toBe('locked')
    expect(ward.desk.screen()).toMatchObject({ notice: 'session-ended-idle' })
    letGo()
    await expect.poll(() => ends(ward).length, { timeout: 5000 }).toBe(1)
    expect(ends(ward)[0]).toMatchObject({ reason: 'idle' })
  })

  it('takes its open offer with it: what was shown is worthless at once, and ends on record', async () => {
    const ward = await begin()
    await signIn(ward)
    expect(await ward.desk.handlers.makeOffer({ personId: bola })).toMatchObject({ ok: true })
    const letGo = hold(ward)
    ward.desk.lock('lock-button')
    expect(await ward.desk.handlers.confirmOffer({ code: '00000000' })).toEqual(notNow)
    letGo()
    await expect.poll(() => eventsOf(ward, 'offer-ended').length + ends(ward).length, { timeout: 5000 }).toBe(2)
    expect(read(ward, "SELECT count(*) FROM offer WHERE status = 'open'")).toEqual([0])
  })

  it('and a quit right after are on record as what they were, where the lock is let go of in time', async () => {
    const ward = await begin()
    await signIn(ward)
    const letGo = hold(ward)
    const closed = ward.desk.close()
    setTimeout(letGo, 500)
    await closed
    expect(eventsOf(ward, 'session-ended', 'station-stopped').slice(-2)).toMatchObject([
      { type: 'session-ended', reason: 'quit' },
      { type: 'station-stopped' },
    ])
  })

  it('counts as a crash at the next start, where the station could not wait any longer', async () => {
    const ward = await begin()
    await signIn(ward)
    await whileHeld(ward, () => ward.desk.close())
    const again = await restart(ward)
    expect(ends(again)).toMatchObject([{ reason: 'crash' }])
  })
})

describe('what the station records by itself', () => {
  it('waits and is not lost: a refused call, and the log goes on complete', async () => {
    const ward = await begin()
    const letGo = hold(ward)
    ward.desk.recordRefusedCall('nothing', 'unknown-command')
    expect(kind(ward)).toBe('locked')
    letGo()
    await expect.poll(() => eventsOf(ward, 'call-refused').length, { timeout: 5000 }).toBe(1)
    await checked(ward).toBe('complete')
    await closeAll()
    await checked(await restart(ward)).toBe('complete')
  })

  it('an emergency use is taken into the log when the other process is done', async () => {
    const withCodes = await stationWithCodes()
    const ward = await restart(withCodes)
    const letGo = hold(ward)
    expect(await openWith(ward, withCodes.codes[0])).toEqual({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ kind: 'emergency', record: 'emergency-record' })
    // What the log has not taken in yet is not answered past.
    ward.desk.lock('lock-button')
    expect(await openWith(ward, withCodes.codes[1])).toEqual(notNow)
    expect(kind(ward)).toBe('locked')
    letGo()
    await expect.poll(() => storedEvents(ward, 'break-glass-ended').length, { timeout: 20_000 }).toBe(1)
    expect(storedEvents(ward, 'break-glass-used')).toHaveLength(1)
  })
})

describe('a lock that stays', () => {
  it.each([
    ['a lock on writing', 'BEGIN IMMEDIATE'],
    ['a lock on all of it', 'PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE'],
  ])('at a start is said calmly, and the station opens by itself once it is gone: %s', async (_what, sql) => {
    const stopped = copyOf(station)
    const letGo = hold(stopped, sql)
    const ward = await restart(stopped)
    expect(ward.desk.screen()).toEqual(busy)
    const shown: string[] = []
    ward.desk.onScreen((state) => shown.push(state.kind === 'failed' ? state.code : state.kind))
    await new Promise((resolve) => setTimeout(resolve, 1500))
    // It looks without a flicker, and nobody gets in meanwhile.
    expect(shown).toEqual([])
    expect(await ward.desk.handlers.submitCode({ staffId, code: codeNow(ward, ward.setupKey) })).toEqual(notNow)
    letGo()
    await expect.poll(() => kind(ward), { timeout: 5000 }).toBe('locked')
    expect(shown).not.toContain('data-unwritable')
    await checked(ward).toBe('complete')
    await signIn(ward)
  })

  it('at a start is tried again by hand, too', async () => {
    const stopped = copyOf(station)
    const letGo = hold(stopped)
    const ward = await restart(stopped)
    await ward.desk.handlers.retryStart({})
    expect(ward.desk.screen()).toEqual(busy)
    letGo()
    await ward.desk.handlers.retryStart({})
    expect(kind(ward)).toBe('locked')
  })

  it('and a station that is closed meanwhile starts no more', async () => {
    const stopped = copyOf(station)
    const letGo = hold(stopped)
    const ward = await restart(stopped)
    expect(ward.desk.screen()).toEqual(busy)
    await ward.desk.close()
    letGo()
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect(ward.desk.screen()).toEqual(busy)
    expect(eventsOf(ward, 'station-started')).toHaveLength(0)
  })

  it('and what is wrong besides is named once it is gone', async () => {
    const stopped = copyOf(station)
    const letGo = hold(stopped)
    const ward = await restart(stopped)
    stopped.keychain.entries.delete('root-key')
    letGo()
    await expect
      .poll(() => ward.desk.screen(), { timeout: 5000 })
      .toMatchObject({ kind: 'failed', code: 'key-missing' })
  })
})
