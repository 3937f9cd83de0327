// PINs at rest: one slow keyed tag each, sealed; a person has at most one that works.
import type { StationKeys } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { newId } from './primitives.ts'
import { keyOfTags, nobodysSalt, openTagged, sameTag, sealTagged, slowTag, type Tagged, tagAnew } from './slow-hash.ts'

const place = (id: string, person: string) => ({ table: 'credential', row: id, person, kind: 'pin' })

/** The PIN of a person, also where too many tries suspended it. */
export const pinOf = (source: Ledger | Recorder, person: string): Row<'credential'> | null =>
  source.find('credential', "person_id = ? AND kind = 'pin' AND status IN ('active', 'suspended')", person)[0] ?? null

export const makePin = (keys: StationKeys, pin: string): Promise<Tagged> => tagAnew(keys.pin, pin)

/** The tag of a typed PIN under the salt of this person's; one slow hash also where theirs has ended meanwhile. */
export async function typedPin(keys: StationKeys, source: Ledger, person: string, pin: string): Promise<string> {
  const credential = pinOf(source, person)
  const kept = credential ? open(keys, credential) : null
  const salt = kept ? Buffer.from(kept.salt, 'base64') : nobodysSalt(keys, person)
  return slowTag(keyOfTags(kept, keys.pin), pin, salt)
}

export const isPin = (keys: StationKeys, credential: Row<'credential'>, tag: string): boolean =>
  sameTag(open(keys, credential).tag, tag)

const open = (keys: StationKeys, credential: Row<'credential'>): Tagged =>
  openTagged(keys, credential.secret, place(credential.id, credential.person_id))

/** It takes the place of the one from before. */
export function putPin(recorder: Recorder, keys: StationKeys, person: string, made: Tagged): string {
  for (const old of recorder.find('credential', "person_id = ? AND kind = 'pin' AND status != 'ended'", person)) {
    const { id, event_number: _, ...content } = old
    recorder.put('credential', id, { ...content, status: 'ended', secret: null })
  }
  const id = newId()
  recorder.put('credential', id, {
    person_id: person,
    kind: 'pin',
    status: 'active',
    parameters: '{}',
    secret: sealTagged(keys, made, place(id, person)),
    last_step: -1,
  })
  recorder.event({ type: 'pin-set', person, credential: id })
  return id
}
