// Emergency access: with a station that is well and one that is not, each code once, on record before anything opens.
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { emergencyCode } from '../../src/core/emergency-code.ts'
import { databaseFile } from '../../src/station/database.ts'
import { KeychainError } from '../../src/station/ports.ts'
import {
  closeAll,
  codeNow,
  copyOf,
  restart,
  type Stopped,
  signIn,
  staffId,
  type Ward,
} from '../support/attack-station.ts'
import {
  alertsOf,
  allowing,
  changeClosed,
  emergencyDb,
  eventsOf,
  makeCodes,
  openWith,
  reachIntoRecord,
  reason,
  stationWithCodes,
  statusOf,
  type WithCodes,
  who,
  writePolicy,
} from '../support/emergency.ts'
import { FakeKeychain } from '../support/fakes.ts'

let station: WithCodes
beforeAll(async () => {
  station = await stationWithCodes()
})
afterEach(() => closeAll())
afterAll(() => closeAll(true))

const minute = 60_000
const codeAt = (place: number) => station.codes[place] ?? ''
/** Right in form, and of no station. */
const foreignCode = emergencyCode(new Uint8Array(16).fill(7))
const refused = (why: string) => ({ ok: false, reason: why })

/** What is left where the keychain is gone: the folder. */
function withoutKeychain(stopped: Stopped): Promise<Ward> {
  const keychain = new FakeKeychain()
  keychain.read = async () => {
    throw new KeychainError('no-keychain')
  }
  return restart({ ...stopped, keychain })
}

/** Somebody who looks at the file with a tool and does not let go of it. */
async function whileHeld<R>(file: string, work: () => Promise<R>): Promise<R> {
  const db = new Database(file)
  try {
    db.exec('BEGIN IMMEDIATE')
    return await work()
  } finally {
    db.close()
  }
}

describe('a station that is well', () => {
  it('offers it, opens for a code, and says all the time that it is an emergency', async () => {
    const ward = await restart(copyOf(station))
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', emergency: true })
    expect(await openWith(ward, codeAt(0))).toEqual({ ok: true })
    const sinceMs = ward.clock.nowMs()
    expect(ward.desk.screen()).toEqual({
      kind: 'emergency',
      station: { name: 'Ward 7', location: 'Level 2', number: expect.stringMatching(/^[0-9a-f]{16}$/) },
      name: who,
      sinceMs,
      limitAtMs: sinceMs + 15 * minute,
      record: 'log',
      version: '0.0.0',
    })
    expect(eventsOf(ward, 'break-glass-used')).toMatchObject([{ reason, details: { name: who, openedAtMs: sinceMs } }])
    expect(alertsOf(ward)).toEqual(['break-glass'])
  })

  it('lets nobody do anything beside it: neither sign in, nor start anew, nor administer', async () => {
    const ward = await restart(copyOf(station))
    await openWith(ward, codeAt(0))
    ward.clock.pass(30_000)
    const { handlers } = ward.desk
    expect(await handlers.submitCode({ staffId, code: codeNow(ward, ward.setupKey) })).toEqual(refused('not-now'))
    expect(await handlers.openEmergency({ code: codeAt(1).replaceAll('-', ''), name: who, reason })).toEqual(
      refused('not-now'),
    )
    expect(await handlers.listPeople({ search: '', page: 0 })).toEqual(refused('not-allowed'))
    expect(await handlers.makeEmergencyCodes({})).toEqual(refused('not-now'))
    expect(await handlers.readEmergency({ page: 0 })).toEqual(refused('not-allowed'))
    await handlers.retryStart({})
    expect(ward.desk.screen().kind).toBe('emergency')
  })

  it.each([
    ['the button', (ward: Ward) => ward.desk.handlers.lockNow({}), 'lock-button'],
    ['the lid', (ward: Ward) => ward.desk.lock('suspend'), 'suspend'],
  ])('locks by %s, on record', async (_, lock, why) => {
    const ward = await restart(copyOf(station))
    await openWith(ward, codeAt(0))
    ward.clock.pass(minute)
    await lock(ward)
    expect(ward.desk.screen()).toMatchObject({ kind: 'locked', emergency: true })
    expect(eventsOf(ward, 'break-glass-ended')).toMatchObject([{ reason: why }])
    await signIn(ward)
    expect((await statusOf(ward)).uses).toMatchObject([{ name: who, review: null, endedAtMs: expect.any(Number) }])
  })

  it.each([
    ['wall time', (ward: Ward) => (ward.clock.wallMs += 15 * minute)],
    ['running time, whatever the clock says', (ward: Ward) => (ward.clock.running += 15 * minute)],
  ])('locks by itself after the time that policy gives, by %s', async (_, pass) => {
    const ward = await restart(copyOf(station))
    await openWith(ward, codeAt(0))
    ward.clock.pass(15 * minute - 1000)
    await ward.desk.handlers.reportActivity({})
    expect(ward.desk.screen().kind).toBe('emergency')
    pass(ward)
    await expect.poll(() => ward.desk.screen().kind).toBe('locked')
    expect(eventsOf(ward, 'break-glass-ended')).toMatchObject([{ reason: 'limit' }])
  })

  it('takes each code once, also after a restart and without the keychain', async () => {
    const stopped = copyOf(station)
    const ward = await restart(stopped)
    await openWith(ward, codeAt(0))
    await ward.desk.handlers.lockNow({})
    expect(await openWith(ward, codeAt(0))).toEqual(refused('already-used'))
    await closeAll()
    expect(await openWith(await withoutKeychain(stopped), codeAt(0))).toEqual(refused('already-used'))
    await closeAll()
    expect(await openWith(await restart(stopped), codeAt(0))).toEqual(refused('already-used'))
  })

  it('takes a code in any case and with any dashes, and says of a slip that it is one, without a try', async () => {
    const ward = await restart(copyOf(station))
    const typed = codeAt(0).toLowerCase().replaceAll('-', '')
    const slipped = `${codeAt(0).startsWith('A') ? 'B' : 'A'}${codeAt(0).slice(1)}`
    for (let time = 0; time < 5; time++) expect(await openWith(ward, slipped)).toEqual(refused('mistyped'))
    const { openEmergency } = (await import('../../src/contracts/ipc.ts')).commands
    const input = openEmergency.input.parse({ code: ` ${typed.slice(0, 9)} - ${typed.slice(9)}`, name: who, reason })
    expect(await ward.desk.handlers.openEmergency(input)).toEqual({ ok: true })
  })

  it('offers nothing where policy does not allow it, and opens nothing', async () => {
    const stopped = copyOf(station)
    await changeClosed(stopped, (ledger) => writePolicy(ledger, {}))
    const ward = await restart(stopped)
    expect(ward.desk.screen()).not.toHaveProperty('emergency')
    expect(await openWith(ward, codeAt(0))).toEqual(refused('not-allowed'))
    // What policy said last holds where nobody can ask it any more.
    await closeAll()
    const broken = await withoutKeychain(stopped)
    expect(broken.desk.screen()).not.toHaveProperty('emergency')
    expect(await openWith(broken, codeAt(0))).toEqual(refused('not-allowed'))
  })

  it('hears a change of policy by another process at once where it is well', async () => {
    const stopped = copyOf(station)
    const ward = await restart(stopped)
    await changeClosed(stopped, (ledger) => writePolicy(ledger, {}))
    expect(await openWith(ward, codeAt(0))).toEqual(refused('not-allowed'))
  })

  it('keeps to the hours and the limit that policy gives', async () => {
    const stopped = copyOf(station)
    // The clock of the test stands at a Monday; its hour is the station's own.
    const hour = new Date(stopped.clock.nowMs()).getHours()
    const night = { days: [1], from: ((hour + 2) % 24) * 60, to: ((hour + 4) % 24) * 60 }
    const rule = { name: 'nights', when: { hours: night }, set: { breakGlass: true, breakGlassMs: 5 * minute } }
    await changeClosed(stopped, (ledger) => writePolicy(ledger, { settings: allowing, rules: [rule] }))
    await (await restart(stopped)).desk.close()
    const ward = await withoutKeychain(stopped)
    expect(await openWith(ward, codeAt(0))).toEqual(refused('not-allowed'))
    ward.clock.pass(2 * 60 * minute)
    expect(await openWith(ward, codeAt(0))).toEqual({ ok: true })
    const screen = ward.desk.screen()
    expect(screen.kind === 'emergency' && screen.limitAtMs - screen.sinceMs).toBe(5 * minute)
  })
})

describe('a station that is not well', () => {
  it('without its keychain opens for a code, and only the emergency record has it yet', async () => {
    const ward = await withoutKeychain(copyOf(station))
    expect(ward.desk.screen()).toEqual({ kind: 'failed', code: 'no-keychain', canRetry: true, emergency: true })
    expect(await openWith(ward, codeAt(0))).toEqual({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ kind: 'emergency', record: 'emergency-record', name: who })
    expect(eventsOf(ward, 'break-glass-used')).toEqual([])
    const last = reachIntoRecord(ward, (db) => db.prepare('SELECT body FROM entry ORDER BY number DESC').pluck().get())
    expect(JSON.parse(last as string)).toMatchObject({ what: 'opened', name: who, reason })
    await ward.desk.handlers.lockNow({})
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'no-keychain' })
  })

  it('whose data is damaged does so too', async () => {
    const stopped = copyOf(station)
    const fs = await import('node:fs')
    fs.writeFileSync(databaseFile(stopped.folder), 'no database any more')
    const ward = await restart(stopped)
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-damaged', emergency: true })
    expect(await openWith(ward, codeAt(0))).toEqual({ ok: true })
  })

  it('that fails while the session is open leaves it open until its end', async () => {
    const ward = await restart(copyOf(station))
    await openWith(ward, codeAt(0))
    ward.keychain.write = async () => {
      throw new KeychainError('no-keychain')
    }
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(ward.desk.screen()).toMatchObject({ kind: 'emergency', record: 'log' })
    await ward.desk.handlers.lockNow({})
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'no-keychain', emergency: true })
  })

  it('whose folder another station owns opens nothing', async () => {
    const stopped = copyOf(station)
    await restart(stopped)
    const second = await restart(stopped)
    expect(second.desk.screen()).toEqual({ kind: 'failed', code: 'second-instance', canRetry: true })
    expect(await openWith(second, codeAt(0))).toEqual(refused('not-now'))
  })

  it('stays locked where neither file can be written', async () => {
    const stopped = copyOf(station)
    const ward = await whileHeld(databaseFile(stopped.folder), () => restart(stopped))
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-busy', emergency: true })
    const answer = await whileHeld(emergencyDb(stopped), () => openWith(ward, codeAt(0)))
    expect(answer).toEqual(refused('not-recorded'))
    expect(ward.desk.screen()).toMatchObject({ kind: 'failed', code: 'data-busy' })
    // The code was not used up by it.
    expect(await openWith(ward, codeAt(0))).toEqual({ ok: true })
  })

  it('stays locked where the emergency record alone can not be written, however well the rest is', async () => {
    const ward = await restart(copyOf(station))
    const answer = await whileHeld(emergencyDb(ward), () => openWith(ward, codeAt(0)))
    expect(answer).toEqual(refused('not-recorded'))
    expect(ward.desk.screen().kind).toBe('locked')
    expect(eventsOf(ward, 'break-glass-used')).toEqual([])
  })

  it('opens for the record alone where the log can not be written, and says where it is on record', async () => {
    const ward = await restart(copyOf(station))
    const answer = await whileHeld(databaseFile(ward.folder), () => openWith(ward, codeAt(0)))
    expect(answer).toEqual({ ok: true })
    expect(ward.desk.screen()).toMatchObject({ kind: 'emergency', record: 'emergency-record' })
    await ward.desk.handlers.lockNow({})
    await ward.desk.handlers.retryStart({})
    expect(ward.desk.screen().kind).toBe('locked')
    expect(eventsOf(ward, 'break-glass-used')).toHaveLength(1)
  })
})

describe('wrong codes', () => {
  it('slow down from the third and close at the tenth for half an hour, whatever is restarted', async () => {
    const stopped = copyOf(station)
    let ward = await withoutKeychain(stopped)
    const waits: number[] = []
    for (let failure = 1; failure <= 10; failure++) {
      expect(await openWith(ward, foreignCode), `failure ${failure}`).toEqual(refused('wrong-code'))
      const next = await openWith(ward, foreignCode)
      if (next.ok || next.reason === 'wrong-code') {
        failure++
        continue
      }
      expect(next).toMatchObject(refused('throttled'))
      waits.push(next.waitMs ?? 0)
      // Not even the right one.
      expect(await openWith(ward, codeAt(0))).toMatchObject(refused('throttled'))
      if (failure < 10) ward.clock.pass(next.waitMs ?? 0)
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 30 * 60].map((seconds) => seconds * 1000))
    await closeAll()
    ward = await withoutKeychain(stopped)
    expect(await openWith(ward, codeAt(0))).toMatchObject(refused('throttled'))
    ward.clock.pass(30 * minute)
    expect(await openWith(ward, codeAt(0))).toEqual({ ok: true })
    await closeAll()
    await restart(stopped)
    const refusals = eventsOf(stopped, 'break-glass-refused')
    expect(refusals.map((event) => event.reason)).toEqual(Array(10).fill('wrong-code'))
    expect(alertsOf(stopped)).toContain('many-failures')
  })

  it('leave the other ways in alone', async () => {
    const ward = await restart(copyOf(station))
    for (let failure = 0; failure < 3; failure++) await openWith(ward, foreignCode)
    expect(await openWith(ward, foreignCode)).toMatchObject(refused('throttled'))
    await signIn(ward)
    expect(ward.desk.screen().kind).toBe('session')
  })
})

describe('what happened while the station was not well', () => {
  it('is taken into the log at the next good start, in order, and once', async () => {
    const stopped = copyOf(station)
    const broken = await withoutKeychain(stopped)
    await openWith(broken, foreignCode)
    await openWith(broken, codeAt(0), 'Nora Quist', 'First: the pump needed its chart.')
    broken.clock.pass(minute)
    await broken.desk.handlers.lockNow({})
    await openWith(broken, codeAt(1), 'Omar Haddad', 'Second: the pump needed it again.')
    // The power goes: nothing closes this one.
    await broken.desk.close()
    const order = () =>
      ['break-glass-refused', 'break-glass-used', 'break-glass-ended'].map((type) => eventsOf(stopped, type).length)
    expect(order()).toEqual([0, 0, 0])
    for (let start = 0; start < 3; start++) {
      const ward = await restart(stopped)
      expect(ward.desk.screen().kind).toBe('locked')
      await closeAll()
      expect(order()).toEqual([1, 2, 2])
    }
    expect(eventsOf(stopped, 'break-glass-used').map(({ details }) => details?.name)).toEqual([
      'Nora Quist',
      'Omar Haddad',
    ])
    expect(alertsOf(stopped)).toEqual(['break-glass', 'break-glass'])
  })

  it('is closed as a crash where the power went', async () => {
    const stopped = copyOf(station)
    const broken = await withoutKeychain(stopped)
    await openWith(broken, codeAt(0))
    const cut = copyOf(stopped)
    const ward = await restart({ ...cut, keychain: stopped.keychain })
    expect(ward.desk.screen().kind).toBe('locked')
    expect(eventsOf(ward, 'break-glass-ended')).toMatchObject([{ reason: 'crash' }])
  })

  it('is reviewed by a named person with a finding; to acknowledge it is not enough', async () => {
    const stopped = copyOf(station)
    await openWith(await withoutKeychain(stopped), codeAt(0))
    await closeAll()
    const ward = await restart(stopped)
    await signIn(ward)
    const { handlers } = ward.desk
    const screen = ward.desk.screen()
    const [alert] = screen.kind === 'session' ? screen.alerts : []
    expect(alert?.kind).toBe('break-glass')
    expect(await handlers.acknowledgeAlert({ alertId: alert?.id ?? '' })).toEqual(refused('needs-review'))
    const [use] = (await statusOf(ward)).uses
    const finding = 'Spoke with Nora: the keychain had lost its key.'
    ward.clock.pass(6 * minute)
    await signInAgain(ward)
    ward.clock.pass(4 * minute + 59_000)
    await handlers.reportActivity({})
    expect(await handlers.reviewEmergency({ useId: use?.id ?? '', finding })).toEqual({ ok: true })
    expect(await handlers.reviewEmergency({ useId: use?.id ?? '', finding })).toEqual(refused('no-such-use'))
    expect(eventsOf(ward, 'break-glass-reviewed')).toMatchObject([
      { actor: expect.any(String), details: { use: use?.id, note: finding, ownName: false } },
    ])
    expect((await statusOf(ward)).uses).toMatchObject([{ review: { by: 'Ada Kern', finding } }])
    expect(alertsOf(ward)).toEqual([])
  })

  it('needs a fresh proof to be reviewed, and says where the reviewer has the name that was typed', async () => {
    const ward = await restart(copyOf(station))
    await openWith(ward, codeAt(0), ' ada KERN ')
    await ward.desk.handlers.lockNow({})
    await signIn(ward)
    const [use] = (await statusOf(ward)).uses
    const review = { useId: use?.id ?? '', finding: 'It was me, for the chart.' }
    for (let time = 0; time < 2; time++) {
      ward.clock.pass(3 * minute)
      await ward.desk.handlers.reportActivity({})
    }
    expect(await ward.desk.handlers.reviewEmergency(review)).toEqual(refused('step-up-needed'))
    expect(await ward.desk.handlers.stepUp({ code: codeNow(ward, ward.setupKey) })).toEqual({ ok: true })
    expect(await ward.desk.handlers.reviewEmergency(review)).toEqual({ ok: true })
    expect(eventsOf(ward, 'break-glass-reviewed')).toMatchObject([{ details: { ownName: true } }])
  })
})

describe('a set of codes', () => {
  it('works only once it is acknowledged, and then ends the one before', async () => {
    const ward = await restart(copyOf(station))
    await signIn(ward)
    const made = await ward.desk.handlers.makeEmergencyCodes({})
    if (!made.ok) throw new Error(made.reason)
    expect(made.emergencyCodes).toHaveLength(3)
    expect(made.sheet).toMatchObject({ name: 'Ward 7', location: 'Level 2' })
    await ward.desk.handlers.lockNow({})
    expect(await openWith(ward, made.emergencyCodes[0])).toEqual(refused('wrong-code'))
    expect(await openWith(ward, codeAt(0))).toEqual({ ok: true })
    await ward.desk.handlers.lockNow({})
    const codes = await makeCodes(ward)
    expect(await openWith(ward, codeAt(1))).toEqual(refused('wrong-code'))
    expect(await openWith(ward, codes[2])).toEqual({ ok: true })
    await ward.desk.handlers.lockNow({})
    await signIn(ward)
    expect(await statusOf(ward)).toMatchObject({ allowed: true, sessionMs: 15 * minute, codes: { made: 3, left: 2 } })
  })

  it('leaves none of its codes in a file, an event or a line of the log', async () => {
    const fs = await import('node:fs')
    const ward = await restart(copyOf(station))
    const codes = await makeCodes(ward)
    await openWith(ward, codes[0])
    await closeAll()
    const bytes = fs.readdirSync(ward.folder).map((name) => fs.readFileSync(`${ward.folder}/${name}`, 'latin1'))
    for (const code of codes)
      for (const form of [code, code.replaceAll('-', '')])
        for (const text of [...bytes, ...ward.log.lines]) expect(text.includes(form)).toBe(false)
  })

  it('is made by nobody without the right to, and not without a fresh proof', async () => {
    const ward = await restart(copyOf(station))
    expect(await ward.desk.handlers.makeEmergencyCodes({})).toEqual(refused('not-allowed'))
    await signIn(ward)
    for (let time = 0; time < 2; time++) {
      ward.clock.pass(3 * minute)
      await ward.desk.handlers.reportActivity({})
    }
    expect(await ward.desk.handlers.makeEmergencyCodes({})).toEqual(refused('step-up-needed'))
    expect(await ward.desk.handlers.acknowledgeEmergencyCodes({})).toEqual(refused('step-up-needed'))
  })
})

async function signInAgain(ward: Ward): Promise<void> {
  await ward.desk.handlers.lockNow({})
  await signIn(ward)
}
