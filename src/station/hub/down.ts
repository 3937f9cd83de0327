// What comes down: people of this station's roster, their credentials and the policy, each change with its event.
import type { AppEntry, Entry, PersonEntry, Statement } from '../../contracts/hub/down.ts'
import { raiseAlert } from '../alerts.ts'
import { DamageError, type StationKeys } from '../keys.ts'
import type { Recorder } from '../ledger.ts'
import { personByStaffId } from '../people.ts'
import { endCredential, setPersonStatus } from '../people-changes.ts'
import { setPolicy } from '../policy-versions.ts'
import { readStation, stationRow } from '../signing.ts'
import { changePlace } from '../station-place.ts'
import { byHub, refuseKeys, takePhone } from './down-phones.ts'
import type { Assertions } from './vouches.ts'

/** As many entries share one transaction: what decides access is read anew for each, and somebody may be waiting. */
export const entriesAtOnce = 50

export interface Taking {
  readonly keys: StationKeys
  readonly nowMs: number
  /** As many events of this station the hub had read when it was asked: what happened since, it can't know. */
  readonly read: number
  /** What passkeys said for new phones; absent: nothing. */
  readonly assertions?: Assertions
}

/**
 * In the caller's transaction. What was made here stays: somebody with the same staff ID is taken to be the same person,
 * and keeps the phones that they have here; from then on the hub says who they are. Whoever was closed out here is not let
 * in again by a hub that has not heard of it yet.
 */
export function takeEntry(recorder: Recorder, entry: Entry, taking: Taking): void {
  switch (entry.kind) {
    case 'policy':
      takePolicy(recorder, entry, taking.nowMs)
      break
    case 'gone':
      takeAway(recorder, entry.id)
      break
    case 'step':
      takeStep(recorder, entry)
      break
    case 'person':
      takePersonWhole(recorder, entry, taking)
  }
}

function takePersonWhole(recorder: Recorder, entry: PersonEntry, taking: Taking): void {
  const before = recorder.find('person', 'hub_id = ?', entry.id)[0]
  const { id, isNew } = takePerson(recorder, entry)
  if (id === null) {
    raiseAlert(recorder, 'hub-conflict', taking.nowMs, {}, { staff_id: entry.staffId })
    return
  }
  for (const credential of entry.credentials)
    if (credential.kind === 'phone') takePhone(recorder, id, credential, taking)
    else takeApp(recorder, id, credential, taking)
  if (isNew) return
  const isUnheard = before !== undefined && before.status !== 'active' && before.event_number > taking.read
  if (entry.status === 'active' && isUnheard) return
  const reason = entry.reason ?? 'hub'
  setPersonStatus(recorder, id, entry.status, { ...byHub, reason })
}

function takePerson(recorder: Recorder, entry: PersonEntry): { id: string | null; isNew: boolean } {
  const roles = JSON.stringify([...new Set(entry.roles)].sort())
  const facts = { staff_id: entry.staffId, display_name: entry.displayName, roles, hub_id: entry.id }
  const known = recorder.find('person', 'hub_id = ?', entry.id)[0] ?? null
  const same = personByStaffId(recorder, entry.staffId)
  // Two people of the hub's whose staff IDs were exchanged: one of them comes in a later entry, and this one again.
  if (same && same.id !== known?.id && (same.hub_id ?? null) !== null) return { id: null, isNew: false }
  const before = known ?? same
  if (known && same && known.id !== same.id) return { id: null, isNew: false }
  if (!before) {
    recorder.put('person', entry.id, { ...facts, status: entry.status })
    recorder.event({
      type: 'hub-person-taken',
      person: entry.id,
      details: told(entry),
    })
    return { id: entry.id, isNew: true }
  }
  const { id, event_number: _, ...content } = before
  const after = { ...content, ...facts }
  if (JSON.stringify(content) !== JSON.stringify(after)) {
    recorder.put('person', id, after)
    recorder.event({
      type: 'hub-person-taken',
      person: id,
      details: told(entry, id),
    })
  }
  return { id, isNew: false }
}

/** The last step only grows: what was accepted here is not forgotten because the hub has not heard of it yet. */
function takeApp(recorder: Recorder, person: string, entry: AppEntry, { keys, nowMs, read }: Taking): void {
  const known = recorder.get('credential', entry.id)
  // A credential does not change hands, and becomes nothing else.
  if (known && (known.person_id !== person || known.kind !== 'totp')) {
    refuseKeys(recorder, person, nowMs)
    return
  }
  if (entry.status === 'ended' || !entry.secret) {
    if (known && known.status !== 'ended') endCredential(recorder, known, { ...byHub, reason: 'hub' })
    return
  }
  // Ended here, by whatever: it does not come back.
  if (known?.status === 'ended') return
  const parameters = JSON.stringify({
    algorithm: entry.algorithm,
    digits: entry.digits,
    periodSeconds: entry.periodSeconds,
  })
  const lastStep = Math.max(entry.lastStep, known?.last_step ?? -1)
  const isUnheard = known?.status === 'suspended' && known.event_number > read
  const status = isUnheard ? 'suspended' : entry.status
  if (known?.secret && known.status === status && known.parameters === parameters && known.last_step === lastStep)
    return
  const place = { table: 'credential', row: entry.id, person, kind: 'totp' }
  recorder.put('credential', entry.id, {
    person_id: person,
    kind: 'totp',
    status,
    parameters,
    secret: keys.seal(Buffer.from(entry.secret, 'base64'), place),
    last_step: lastStep,
    origin: 'hub',
  })
  recorder.event({ type: 'hub-credential-taken', person, credential: entry.id, details: { after: status } })
}

/** A code that was used at another station. Nothing where it was this one. */
function takeStep(recorder: Recorder, { id, step }: Extract<Entry, { kind: 'step' }>): void {
  const credential = recorder.get('credential', id)
  if (credential?.origin !== 'hub' || credential.last_step >= step) return
  const { id: _, event_number: __, ...content } = credential
  recorder.put('credential', id, { ...content, last_step: step })
  recorder.event({ type: 'hub-step-taken', person: credential.person_id, credential: id, details: { by: 'hub', step } })
}

/** Not on the roster any more: no secret of theirs is left here, and their sessions end. They may come back. */
function takeAway(recorder: Recorder, hubId: string): void {
  const person = recorder.find('person', 'hub_id = ?', hubId)[0]
  if (!person) return
  const reason = 'not-on-roster'
  for (const credential of recorder.find('credential', "person_id = ? AND status != 'ended'", person.id)) {
    if (credential.origin !== 'hub') continue
    // It waits for an administrator here, whoever is on the roster.
    if (credential.status === 'pending') continue
    const { id, event_number: _, ...content } = credential
    // Of a phone there is no secret but one that is between it and this station.
    const secret = credential.kind === 'phone' ? content.secret : null
    recorder.put('credential', id, { ...content, status: 'suspended', secret })
    const details = { kind: credential.kind, before: credential.status, after: 'suspended', by: 'hub' }
    recorder.event({ type: 'credential-suspended', person: person.id, credential: id, reason, details })
  }
  setPersonStatus(recorder, person.id, 'suspended', { ...byHub, reason })
}

/** One that would lock everybody out of this station is not taken, and somebody has to look. */
function takePolicy(recorder: Recorder, entry: Extract<Entry, { kind: 'policy' }>, nowMs: number): void {
  const { reason } = entry
  const set = setPolicy(recorder, entry.document, { actor: undefined, reason, after: null, nowMs })
  if (set.ok || set.reason === 'nothing-changed') return
  raiseAlert(recorder, 'hub-policy-refused', nowMs, {}, { version: entry.number })
}

/** The station's name, place and group are the hub's to say. @returns whether anything changed. */
export function takePlace(recorder: Recorder, { name, location, group }: Statement): boolean {
  const station = readStation(recorder)
  if (!station) throw new DamageError('data-edited', `station/${stationRow}`)
  return changePlace(recorder, station, { name, location, group }, byHub)
}

/** @param id of somebody who was here before, by which this station's events go on calling them. */
const told = (entry: PersonEntry, id = entry.id) => ({
  staff_id: entry.staffId,
  roles: entry.roles.join(' '),
  ...(id === entry.id ? {} : { hub_person: entry.id }),
})
