// A real store on a disk, without windows: people with credentials, and a clock that the benchmark moves.

import fs from 'node:fs'
import { defaultPolicy } from '../../src/contracts/policy.ts'
import { defaultTotp, hotpCode, stepAt } from '../../src/core/otp.ts'
import type { LoginParts } from '../../src/station/attempt.ts'
import { ClockFloor } from '../../src/station/clock-floor.ts'
import { openDatabase } from '../../src/station/database.ts'
import { StationKeys } from '../../src/station/keys.ts'
import { Ledger, type Recorder } from '../../src/station/ledger.ts'
import { addPerson } from '../../src/station/people.ts'
import { policyRow } from '../../src/station/policy.ts'
import { hmac, newId, random } from '../../src/station/primitives.ts'
import { FakeClock } from '../support/fakes.ts'

/** The binding that an older Electron needs; none under Node. */
export const binding = process.versions.electron ? process.env.WARDKEY_SQLITE_BINDING : undefined

export interface Enrolled {
  readonly id: string
  readonly staffId: string
  readonly secret: Uint8Array
}
export interface BenchStation extends LoginParts {
  readonly clock: FakeClock
  readonly people: readonly Enrolled[]
  close(): void
}

export function openBenchStation(folder: string, peopleCount: number): BenchStation {
  fs.mkdirSync(folder, { recursive: true })
  const clock = new FakeClock()
  const db = openDatabase(folder, { binding })
  const keys = new StationKeys(random(32))
  const ledger = new Ledger(db, keys, clock, '0.1.0')
  ledger.identify({ stationNumber: random(8).toString('hex'), location: 'Level 2, east corridor' })
  const people = ledger.record((recorder) => {
    recorder.put('policy', policyRow, { document: JSON.stringify(defaultPolicy) })
    return Array.from({ length: peopleCount }, (_, index) => enroll(recorder, keys, `S${10_000 + index}`))
  })
  return { db, ledger, keys, clock, floor: new ClockFloor(clock), people, close: () => db.close() }
}

function enroll(recorder: Recorder, keys: StationKeys, staffId: string): Enrolled {
  const secret = random(20)
  const person = addPerson(recorder, { displayName: `Person ${staffId}`, staffId, roles: ['staff'] }, undefined)
  if (!person) throw new Error('the staff ID is taken')
  const credential = newId()
  recorder.put('credential', credential, {
    person_id: person,
    kind: 'totp',
    status: 'active',
    parameters: JSON.stringify(defaultTotp),
    secret: keys.seal(secret, { table: 'credential', row: credential, person, kind: 'totp' }),
    last_step: -1,
  })
  recorder.event({ type: 'offer-confirmed', person, credential, method: 'totp', outcome: 'accepted' })
  return { id: person, staffId, secret }
}

const codeAt = (station: BenchStation, person: Enrolled, steps: number): string =>
  hotpCode(person.secret, stepAt(station.clock.nowMs(), defaultTotp.periodSeconds) + steps, defaultTotp, hmac)

export const codeNow = (station: BenchStation, person: Enrolled): string => codeAt(station, person, 0)

/** A code of this person's that is far from now, so that it is neither right nor a sign of a wrong clock. */
export const wrongCode = (station: BenchStation, person: Enrolled): string => codeAt(station, person, 5000)
