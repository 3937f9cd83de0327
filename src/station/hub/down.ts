// What comes down: people of this station's roster, their credentials and the policy, each change with its event.
import type { CredentialEntry, Entry, PersonEntry } from '../../contracts/hub/down.ts'
import { raiseAlert } from '../alerts.ts'
import type { StationKeys } from '../keys.ts'
import type { Recorder, Row } from '../ledger.ts'
import { personByStaffId } from '../people.ts'
import { endCredential, setPersonStatus } from '../people-changes.ts'
import { setPolicy } from '../policy-versions.ts'

/** In the words of an event: nobody here did it. */
const byHub = { actor: undefined } as const

/** As many entries share one transaction: what decides access is read anew for each, and somebody may be waiting. */
export const entriesAtOnce = 50

/**
 * In the caller's transaction. What was made here stays: somebody with the same staff ID is taken to be the same person,
 * and keeps the phones that they have here; from then on the hub says who they are.
 */
export function takeEntry(recorder: Recorder, keys: StationKeys, entry: Entry, nowMs: number): void {
  switch (entry.kind) {
    case 'policy':
      takePolicy(recorder, entry, nowMs)
      break
    case 'gone':
      takeAway(recorder, entry.id)
      break
    case 'person':
      takePersonWhole(recorder, keys, entry, nowMs)
  }
}

function takePersonWhole(recorder: Recorder, keys: StationKeys, entry: PersonEntry, nowMs: number): void {
  const { id, isNew } = takePerson(recorder, entry)
  if (id === null) {
    raiseAlert(recorder, 'hub-conflict', nowMs, {}, { staff_id: entry.staffId })
    return
  }
  for (const credential of entry.credentials) takeCredential(recorder, keys, id, credential)
  if (isNew) return
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
      details: { staff_id: entry.staffId, roles: entry.roles.join(' ') },
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
      details: { staff_id: entry.staffId, roles: entry.roles.join(' ') },
    })
  }
  return { id, isNew: false }
}

/** The last step only grows: what was accepted here is not forgotten because the hub has not heard of it yet. */
function takeCredential(recorder: Recorder, keys: StationKeys, person: string, entry: CredentialEntry): void {
  const known = recorder.get('credential', entry.id)
  if (known && known.person_id !== person) throw new Error('a credential does not change hands')
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
  if (known && known.status === entry.status && known.parameters === parameters && known.last_step === lastStep) return
  const place = { table: 'credential', row: entry.id, person, kind: 'totp' }
  recorder.put('credential', entry.id, {
    person_id: person,
    kind: 'totp',
    status: entry.status,
    parameters,
    secret: keys.seal(Buffer.from(entry.secret, 'base64'), place),
    last_step: lastStep,
    origin: 'hub',
  })
  recorder.event({ type: 'hub-credential-taken', person, credential: entry.id, details: { after: entry.status } })
}

/** Not on the roster any more: nothing of the hub's is left of them here that works, and their sessions end. */
function takeAway(recorder: Recorder, hubId: string): void {
  const person = recorder.find('person', 'hub_id = ?', hubId)[0]
  if (!person) return
  for (const credential of recorder.find('credential', "person_id = ? AND status != 'ended'", person.id))
    if (credential.origin === 'hub') endCredential(recorder, credential, { ...byHub, reason: 'not-on-roster' })
  setPersonStatus(recorder, person.id, 'suspended', { ...byHub, reason: 'not-on-roster' })
}

/** One that would lock everybody out of this station is not taken, and somebody has to look. */
function takePolicy(recorder: Recorder, entry: Extract<Entry, { kind: 'policy' }>, nowMs: number): void {
  const { reason } = entry
  const set = setPolicy(recorder, entry.document, { actor: undefined, reason, after: null, nowMs })
  if (set.ok || set.reason === 'nothing-changed') return
  raiseAlert(recorder, 'hub-policy-refused', nowMs, {}, { version: entry.number })
}

/** Whom the hub speaks for. */
export const isOfHub = (person: Row<'person'>): boolean => (person.hub_id ?? null) !== null
