// What happens to people and their credentials after they were added: edited, suspended, let back in, left, revoked.

import type { Role } from '../contracts/roles.ts'
import { nobodyKeeps } from './keepers.ts'
import type { StationKeys } from './keys.ts'
import type { Recorder, Row } from './ledger.ts'
import { endOffer, liveOffers } from './offers.ts'
import { isAdministrator, personByStaffId } from './people.ts'
import { boundPhonesOf } from './phone-credentials.ts'
import { noteSuccess } from './throttle.ts'
import { endTicketsOf } from './tickets.ts'

/** 'of-hub': their hub says who they are, and alone lets them back in. */
type PersonRefusal = 'no-such-person' | 'staff-id-taken' | 'last-administrator' | 'has-left' | 'of-hub'
export type PersonChange = { readonly ok: true } | { readonly ok: false; readonly reason: PersonRefusal }
export type RevocationAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-credential' | 'last-administrator' }
export type ReinstatementAnswer =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'no-such-credential' | 'has-newer' | 'of-hub' }

type LetInAnswer = { readonly ok: true } | { readonly ok: false; readonly reason: 'no-such-credential' | 'has-newer' }

interface Change {
  /** Who does it; absent where IT does it with its provisioning token. */
  readonly actor: string | undefined
  readonly reason: string
  /** The hub said so: then nobody tells it back. */
  readonly by?: 'hub'
}

export interface PersonEdit {
  readonly staffId: string
  readonly displayName: string
  readonly roles: readonly Role[]
}

/** Before and after go into the event, as far as they differ. */
export function editPerson(
  recorder: Recorder,
  keys: StationKeys,
  id: string,
  edit: PersonEdit,
  actor: string | undefined,
): PersonChange {
  const person = recorder.get('person', id)
  if (!person) return { ok: false, reason: 'no-such-person' }
  if (isOfHub(person)) return { ok: false, reason: 'of-hub' }
  if (person.status === 'left') return { ok: false, reason: 'has-left' }
  const other = personByStaffId(recorder, edit.staffId)
  if (other && other.id !== id) return { ok: false, reason: 'staff-id-taken' }
  const roles = JSON.stringify([...new Set(edit.roles)].sort())
  if (!edit.roles.includes('administrator') && isLastAdministrator(recorder, person))
    return { ok: false, reason: 'last-administrator' }
  const after = { staff_id: edit.staffId, display_name: edit.displayName, roles }
  const changed = (['staff_id', 'display_name', 'roles'] as const).filter((name) => person[name] !== after[name])
  if (changed.length === 0) return { ok: true }
  const { id: _, event_number: __, ...content } = person
  recorder.put('person', id, { ...content, ...after })
  // What somebody tried under this ID before it was theirs is not held against them.
  if (person.staff_id !== after.staff_id) noteSuccess(recorder, keys.subject(after.staff_id), 'totp')
  const details = Object.fromEntries(
    changed.flatMap((name) => [
      [`${name}_before`, person[name]],
      [`${name}_after`, after[name]],
    ]),
  )
  recorder.event({ type: 'person-edited', person: id, details, ...by(actor) })
  return { ok: true }
}

/**
 * Suspended, or back: also after having left, then without any credential. With 'left' all credentials and open offers
 * end in the same transaction; the staff ID stays theirs in the log.
 */
export function changePersonStatus(
  recorder: Recorder,
  id: string,
  status: Row<'person'>['status'],
  change: Change,
): PersonChange {
  const person = recorder.get('person', id)
  if (!person) return { ok: false, reason: 'no-such-person' }
  if (status === 'active' && person.status !== 'active' && isOfHub(person)) return { ok: false, reason: 'of-hub' }
  if (person.status === 'left' && status === 'suspended') return { ok: false, reason: 'has-left' }
  if (status !== 'active' && isLastAdministrator(recorder, person)) return { ok: false, reason: 'last-administrator' }
  setPersonStatus(recorder, id, status, change)
  return { ok: true }
}

/** Whoever they are, also the last administrator: for whom the station has no say, such as its hub. */
export function setPersonStatus(recorder: Recorder, id: string, status: Row<'person'>['status'], change: Change): void {
  const person = recorder.get('person', id)
  if (!person || person.status === status) return
  const { id: _, event_number: __, ...content } = person
  recorder.put('person', id, { ...content, status })
  const details = { before: person.status, after: status, ...said(change) }
  recorder.event({ type: 'person-status-changed', person: id, reason: change.reason, details, ...by(change.actor) })
  if (status === 'active') return
  for (const offer of liveOffers(recorder, id)) endOffer(recorder, offer, 'withdrawn', change.actor)
  endTicketsOf(recorder, id, `person-${status}`, change.actor)
  if (status === 'left')
    for (const credential of recorder.find('credential', "person_id = ? AND status != 'ended'", id))
      endCredential(recorder, credential, { ...change, reason: 'person-left' })
}

export function revokeCredential(recorder: Recorder, id: string, change: Change): RevocationAnswer {
  const credential = recorder.get('credential', id)
  if (!credential || credential.status === 'ended') return { ok: false, reason: 'no-such-credential' }
  const person = recorder.get('person', credential.person_id)
  const isPhone = credential.kind === 'totp' || credential.kind === 'phone'
  if (person && isPhone && isLastAdministrator(recorder, person) && nobodyKeeps(recorder, { credentials: [id] }))
    return { ok: false, reason: 'last-administrator' }
  endCredential(recorder, credential, change)
  return { ok: true }
}

/** Its secret is erased with it. */
export function endCredential(recorder: Recorder, credential: Row<'credential'>, change: Change): void {
  const { actor, reason } = change
  const { id, event_number: _, ...content } = credential
  recorder.put('credential', id, { ...content, status: 'ended', secret: null })
  const details = { kind: credential.kind, before: credential.status, after: 'ended', ...said(change) }
  recorder.event({
    type: 'credential-ended',
    person: credential.person_id,
    credential: id,
    reason,
    details,
    ...by(actor),
  })
}

/** It stays what it is, so that somebody can decide whether it works again. */
export function suspendCredential(recorder: Recorder, credential: Row<'credential'>, reason: string): void {
  const { id, event_number: _, ...content } = credential
  recorder.put('credential', id, { ...content, status: 'suspended' })
  const details = { kind: credential.kind, before: credential.status, after: 'suspended' }
  recorder.event({ type: 'credential-suspended', person: credential.person_id, credential: id, reason, details })
}

/** A suspended credential works again, once somebody has looked into why it was suspended. */
/** @param phonesAllowed that may work at a time; of anything else one. */
export function reinstateCredential(
  recorder: Recorder,
  id: string,
  { actor, reason }: Change,
  phonesAllowed = 1,
): ReinstatementAnswer {
  const credential = recorder.get('credential', id)
  if (credential?.status !== 'suspended') return { ok: false, reason: 'no-such-credential' }
  if (credential.origin === 'hub') return { ok: false, reason: 'of-hub' }
  const others = "person_id = ? AND kind = ? AND status = 'active'"
  const most = credential.kind === 'totp' || credential.kind === 'phone' ? phonesAllowed : 1
  if (recorder.find('credential', others, credential.person_id, credential.kind).length >= most)
    return { ok: false, reason: 'has-newer' }
  const { id: _, event_number: __, ...content } = credential
  recorder.put('credential', id, { ...content, status: 'active' })
  const details = { kind: credential.kind, before: 'suspended', after: 'active' }
  recorder.event({
    type: 'credential-reinstated',
    person: credential.person_id,
    credential: id,
    reason,
    details,
    ...by(actor),
  })
  return { ok: true }
}

/** A phone of the hub's that was held here works from now on: somebody of this station has asked whose it is. */
export function letInPhone(
  recorder: Recorder,
  id: string,
  { actor, reason }: Change,
  phonesAllowed: number,
): LetInAnswer {
  const credential = recorder.get('credential', id)
  if (credential?.kind !== 'phone' || credential.status !== 'pending')
    return { ok: false, reason: 'no-such-credential' }
  if (boundPhonesOf(recorder, credential.person_id).length >= phonesAllowed) return { ok: false, reason: 'has-newer' }
  const { id: _, event_number: __, ...content } = credential
  recorder.put('credential', id, { ...content, status: 'active' })
  const details = { kind: 'phone', before: 'pending', after: 'active' }
  const about = { person: credential.person_id, credential: id }
  recorder.event({ type: 'credential-reinstated', ...about, reason, details, ...by(actor) })
  return { ok: true }
}

/** The only active administrator who can still come in, as policy asks it of them: without them nobody could put anything right. */
export const isLastAdministrator = (recorder: Recorder, person: Row<'person'>): boolean =>
  person.status === 'active' && isAdministrator(person) && nobodyKeeps(recorder, { person: person.id })

/** Whom the hub speaks for. */
const isOfHub = (person: Row<'person'>): boolean => (person.hub_id ?? null) !== null

const by = (actor: string | undefined) => (actor === undefined ? {} : { actor })

const said = ({ by }: Change) => (by === undefined ? {} : { by })
