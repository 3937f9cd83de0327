// Somebody whose phone was bound at this very station, and of whom a hub names another one: that waits.
import { generateKeyPairSync } from 'node:crypto'
import type { PhoneKeys } from '../../../src/contracts/hub/phones.ts'
import { takeEntry } from '../../../src/station/hub/down.ts'
import type { StationKeys } from '../../../src/station/keys.ts'
import type { Recorder, Row } from '../../../src/station/ledger.ts'
import { rolesOf } from '../../../src/station/people.ts'
import { newId } from '../../../src/station/primitives.ts'
import { compressed } from '../soft-passkey.ts'

const point = () => compressed(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey).toString('base64')
export const softKeys = (): PhoneKeys => ({ signingKey: point(), agreementKey: point(), passkey: null })

/** @returns the id of the one that waits. */
export function nameAnotherPhone(recorder: Recorder, keys: StationKeys, person: Row<'person'>, nowMs: number): string {
  const lost = { person_id: person.id, kind: 'phone', status: 'ended', secret: null, last_step: -1 } as const
  recorder.put('credential', newId(), { ...lost, parameters: JSON.stringify({ form: 'keys', ...softKeys() }) })
  recorder.event({ type: 'credential-ended', person: person.id, reason: 'lost' })
  const id = newId()
  const facts = { staffId: person.staff_id, displayName: person.display_name, roles: rolesOf(person) }
  const entry = { kind: 'person', id: newId(), ...facts, status: 'active', reason: null } as const
  const credentials = [{ kind: 'phone', id, status: 'active', keys: softKeys() } as const]
  takeEntry(recorder, { ...entry, credentials }, { keys, nowMs, read: 1e6 })
  return id
}
