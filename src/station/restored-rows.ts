// What a restore takes over, row by row, under the new station's keys: each table has its rule.

import type { StationKeys } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { totpParameters } from './offers.ts'
import type { Rows, TableName } from './schema.ts'
import { newStationRow, stationRow } from './signing.ts'

/**
 * 'taken': goes on under the new keys. 'ended': what was open there is over, and what it proved proves nothing here.
 * A new table has to say which.
 */
export const carriedOver = {
  station: 'taken',
  policy: 'taken',
  /** A new station with new keys: it joins as one. */
  hub_link: 'ended',
  policy_version: 'taken',
  person: 'taken',
  /**
   * Authenticator apps only: recovery codes and PINs are kept as tags under the old root key, which is gone, and bound
   * phones know the old station's keys.
   */
  credential: 'taken',
  offer: 'ended',
  ticket: 'ended',
  /** Whoever holds one may have copied the backup as well. */
  token: 'ended',
  /** Delays of people who are known. */
  throttle: 'taken',
  clock_floor: 'taken',
  session: 'ended',
  /** Those that nobody has acknowledged. */
  alert: 'taken',
  brand: 'taken',
  /** The codes in their envelope are for the station from before. */
  emergency: 'ended',
  /** Those that nobody has reviewed. */
  emergency_use: 'taken',
} as const satisfies Record<TableName, 'taken' | 'ended'>

export interface Move {
  readonly from: Ledger
  readonly oldKeys: StationKeys
  readonly newKeys: StationKeys
  readonly nowMs: number
}

export function takeStation(recorder: Recorder, { from, newKeys, nowMs }: Move, made: Rows['station']): void {
  const old = from.get('station', stationRow)
  if (!old) throw new Error('the backup has no station')
  recorder.put('station', stationRow, {
    ...made,
    station_group: old.station_group,
    key_check: newKeys.check,
    unconfirmed_since_ms: nowMs,
  })
  for (const { id, document } of from.find('policy', '1')) recorder.put('policy', id, { document })
  for (const { id, event_number: _, ...version } of from.find('policy_version', '1 ORDER BY number'))
    recorder.put('policy_version', id, version)
  for (const { id, look, logo } of from.find('brand', '1')) recorder.put('brand', id, { look, logo })
  for (const { id, floor_ms, last_at_ms } of from.find('clock_floor', '1'))
    recorder.put('clock_floor', id, { floor_ms, last_person: null, last_at_ms, running_ms: null, boot: null })
}

export const newStation = ({ from, newKeys }: Move): Rows['station'] => {
  const old = from.get('station', stationRow)
  if (!old) throw new Error('the backup has no station')
  return newStationRow(newKeys, old.name, old.location)
}

/** An event for each, which carries the person's row and those of what still signs them in. */
export function takePeople(recorder: Recorder, move: Move): number {
  const credentials = new Map<string, Row<'credential'>[]>()
  for (const each of move.from.find('credential', "kind = 'totp' AND status IN ('active', 'suspended')"))
    credentials.set(each.person_id, [...(credentials.get(each.person_id) ?? []), each])
  const throttles = new Map<string, Row<'throttle'>[]>()
  for (const row of move.from.find('throttle', '1')) {
    const subject = row.id.slice(row.id.indexOf(':') + 1)
    throttles.set(subject, [...(throttles.get(subject) ?? []), row])
  }
  const people = move.from.find('person', '1 ORDER BY id')
  for (const person of people) {
    const { id, staff_id, display_name, roles, status } = person
    // Until this station joins a hub, what it knows of people is its own.
    recorder.put('person', id, { staff_id, display_name, roles, status })
    for (const credential of credentials.get(id) ?? []) takeApp(recorder, move, credential)
    takeDelays(recorder, move, person.staff_id, throttles)
    recorder.event({ type: 'person-restored', person: id })
  }
  return people.length
}

/** No step of now or of the next is taken: it may have been used since the backup was made. */
function takeApp(recorder: Recorder, { oldKeys, newKeys, nowMs }: Move, old: Row<'credential'>): void {
  const { id, person_id, kind, status, parameters, secret } = old
  const place = { table: 'credential', row: id, person: person_id, kind: 'totp' }
  const { periodSeconds } = totpParameters(parameters, `credential/${id}`)
  const step = Math.floor(nowMs / 1000 / periodSeconds)
  recorder.put('credential', id, {
    ...{ person_id, kind, status, parameters },
    secret: secret && newKeys.seal(oldKeys.open(secret, place), place),
    last_step: Math.max(old.last_step, step + 1),
  })
}

/** @param throttles by the staff ID they are about, hashed under the old key. */
function takeDelays(
  recorder: Recorder,
  { oldKeys, newKeys }: Move,
  staffId: string,
  throttles: ReadonlyMap<string, Row<'throttle'>[]>,
): void {
  if (throttles.size === 0) return
  const subject = oldKeys.subject(staffId)
  for (const { id, failures, waits_until_ms, recent } of throttles.get(subject) ?? [])
    recorder.put('throttle', id.slice(0, -subject.length) + newKeys.subject(staffId), {
      ...{ failures, waits_until_ms, recent },
    })
}

/** Whom an alert about a staff ID that nobody has was about can no longer be told: that hash was under the old key. */
export function takeAlerts(recorder: Recorder, { from }: Move): number {
  const open = from.find('alert', 'acknowledged = 0 ORDER BY id')
  for (const { id, kind, about, at_ms } of open) {
    const person = about !== null && from.get('person', about) ? about : null
    const use = about !== null && from.get('emergency_use', about) ? about : null
    recorder.put('alert', id, { kind, about: person ?? use, at_ms, acknowledged: 0 })
    recorder.event({ type: 'alert-restored', reason: kind, ...(person ? { person } : {}) })
  }
  return open.length
}

/** Before the alerts that point at them. */
export function takeUses(recorder: Recorder, { from }: Move): void {
  for (const { id, event_number: _, ...use } of from.find('emergency_use', 'reviewed_by IS NULL ORDER BY id')) {
    recorder.put('emergency_use', id, use)
    recorder.event({ type: 'break-glass-restored', details: { use: id, name: use.name } })
  }
}
