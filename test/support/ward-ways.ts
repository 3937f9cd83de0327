// A ward whose policy wants more than a code: what the tests of PINs, tickets and one's own ways share.
import { expect } from 'vitest'
import { defaultPolicy, type PolicySettings, policyDocument } from '../../src/contracts/policy.ts'
import type { Role } from '../../src/contracts/roles.ts'
import { ClockFloor } from '../../src/station/clock-floor.ts'
import { type Opened, openStation } from '../../src/station/open-station.ts'
import { addPerson, enroll, read, type Stopped, signIn, staffId, type Ward } from './attack-station.ts'
import { codeOf } from './fakes.ts'

export const goodPin = '528163'
export const otherPin = '903714'

/** Another process beside the station, as the command line is; whoever opens it closes its store. */
export async function openBeside({ folder, keychain, clock }: Stopped): Promise<Opened> {
  const result = await openStation({
    dataFolder: folder,
    keychain,
    clock,
    appVersion: '0.0.0',
    sqliteBinding: undefined,
  })
  if (result.kind !== 'opened') throw new Error(JSON.stringify(result))
  return result.opened
}

export async function beside<R>(station: Stopped, work: (opened: Opened) => R | Promise<R>): Promise<R> {
  const opened = await openBeside(station)
  try {
    return await work(opened)
  } finally {
    opened.db.close()
  }
}

export const setPolicy = (ward: Stopped, wanted: Partial<PolicySettings>): Promise<void> =>
  beside(ward, ({ ledger }) =>
    ledger.record((recorder) => {
      const document = policyDocument.parse({ settings: { ...defaultPolicy.settings, ...wanted } })
      recorder.put('policy', 'current', { document: JSON.stringify(document) })
      recorder.event({ type: 'policy-changed' })
    }),
  )

export const partsOf = ({ db, ledger, keys }: Opened, clock: Ward['clock']) => ({
  db,
  ledger,
  keys,
  clock,
  floor: new ClockFloor(clock),
})

/** The next code of a phone: a right first factor, or a session where no PIN is wanted. */
export function typeCode({ desk, clock }: Ward, who: string, setupKey: string) {
  clock.pass(30_000)
  return desk.handlers.submitCode({ staffId: who, code: codeOf(setupKey, clock.nowMs()) })
}

/** Into a session with a PIN that is set on the way where there is none yet. */
export async function signInByPin(ward: Ward, pin = goodPin, who = staffId, setupKey = ward.setupKey): Promise<void> {
  const answer = await typeCode(ward, who, setupKey)
  if (answer.ok) throw new Error('no PIN was asked for')
  if (answer.reason === 'new-pin-needed')
    expect(await ward.desk.handlers.setNewPin({ pin, again: pin })).toEqual({ ok: true })
  else expect(await ward.desk.handlers.submitPin({ pin })).toMatchObject({ ok: true })
}

export interface Member {
  readonly id: string
  readonly staffId: string
  readonly setupKey: string
}

/** Somebody enrolled by the administrator, who is signed in for it and locks again. */
export async function member(ward: Ward, who: string, roles: Role[] = ['staff']): Promise<Member> {
  await signIn(ward)
  const id = await addPerson(ward, who, roles)
  const setupKey = await enroll(ward, id)
  ward.desk.lock('lock-button')
  return { id, staffId: who, setupKey }
}

export const eventsOf = (ward: Stopped, type: string): Record<string, unknown>[] =>
  read<string>(ward, "SELECT body FROM event WHERE json_extract(body, '$.type') = ? ORDER BY number", type).map(
    (body) => JSON.parse(body) as Record<string, unknown>,
  )

export const kindOf = ({ desk }: Ward): string => desk.screen().kind
