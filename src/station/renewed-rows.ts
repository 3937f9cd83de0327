// What a rotation of the root key makes anew in each row: what is sealed in it, and what stands for a staff ID.
import type { KeyObject } from 'node:crypto'
import { parseJson } from '../contracts/json.ts'
import { DamageError, type SealedPlace, type StationKeys } from './keys.ts'
import type { Row } from './ledger.ts'
import type { Rows, TableName } from './schema.ts'
import { stationRow } from './signing.ts'

export interface Renewal {
  readonly old: StationKeys
  readonly fresh: StationKeys
  /** From the old hash of each person's staff ID to the new one. */
  readonly subjects: ReadonlyMap<string, string>
}
/** null: the row goes, since nobody can say any more whom it is about. */
export type Renewed<T extends TableName> = { readonly id: string; readonly content: Rows[T] } | null
type Rule<T extends TableName> = (row: Row<T>, renewal: Renewal) => Renewed<T>

/** Only its digest is made anew. */
function kept<T extends TableName>({ id, event_number: _, ...content }: Row<T>): Renewed<T> {
  return { id, content: content as unknown as Rows[T] }
}

/** A new table has to say what of it rests under the root key. */
export const renewals: { readonly [T in TableName]: Rule<T> } = {
  station: ({ id, event_number: _, ...content }, renewal) => {
    const seal = (kind: string, secret: Buffer) =>
      sealAnew(renewal, secret, { table: 'station', row: stationRow, person: '', kind })
    return {
      id,
      content: {
        ...content,
        signing_secret: seal('signing', content.signing_secret),
        agreement_secret: seal('agreement', content.agreement_secret),
        sealing_secret: seal('sealing', content.sealing_secret),
        key_check: renewal.fresh.check,
      },
    }
  },
  policy: kept,
  hub_link: kept,
  policy_version: kept,
  person: kept,
  credential: ({ id, event_number: _, ...content }, renewal) => {
    const { person_id: person, kind, secret } = content
    const place = { table: 'credential', row: id, person, kind }
    const key = kind === 'recovery' ? renewal.old.recovery : kind === 'pin' ? renewal.old.pin : null
    return { id, content: { ...content, secret: secret && sealAnew(renewal, secret, place, key) } }
  },
  offer: ({ id, event_number: _, ...content }, renewal) => {
    const place = { table: 'offer', row: id, person: content.person_id, kind: content.kind ?? 'totp' }
    return { id, content: { ...content, secret: content.secret && sealAnew(renewal, content.secret, place) } }
  },
  ticket: ({ id, event_number: _, ...content }, renewal) => {
    const place = { table: 'ticket', row: id, person: content.person_id, kind: 'ticket' }
    const secret = content.secret && sealAnew(renewal, content.secret, place, renewal.old.ticket)
    return { id, content: { ...content, secret } }
  },
  token: ({ id, event_number: _, ...content }, renewal) => {
    const place = { table: 'token', row: id, person: '', kind: 'token' }
    return { id, content: { ...content, hash: sealAnew(renewal, content.hash, place, renewal.old.token) } }
  },
  /** The hash of an ID that nobody has can't be made anew without the ID: what was tried under it is forgotten. */
  throttle: ({ id, event_number: _, ...content }, { subjects }) => {
    const colon = id.indexOf(':')
    // Of the whole station, or of a phone whose owner said no.
    if (colon < 0 || id.startsWith('closed:')) return { id, content }
    const subject = subjects.get(id.slice(colon + 1))
    return subject ? { id: `${id.slice(0, colon + 1)}${subject}`, content } : null
  },
  clock_floor: kept,
  session: kept,
  brand: kept,
  alert: ({ id, event_number: _, ...content }) => ({
    id,
    content: { ...content, about: content.about !== null && isSubject.test(content.about) ? null : content.about },
  }),
  emergency: kept,
  emergency_use: kept,
}
const isSubject = /^[0-9a-f]{64}$/

/** @param tagKey of the tags inside: they can't be made anew without what people know, so their key goes in with them. */
function sealAnew(
  { old, fresh }: Renewal,
  sealed: Uint8Array,
  place: SealedPlace,
  tagKey: KeyObject | null = null,
): Buffer {
  const plain = old.open(sealed, place)
  return fresh.seal(tagKey ? withKey(plain, tagKey, place) : plain, place)
}

function withKey(plain: Buffer, tagKey: KeyObject, place: SealedPlace): Buffer {
  const content = parseJson(plain.toString())
  if (typeof content !== 'object' || content === null)
    throw new DamageError('data-edited', `${place.table}/${place.row}`)
  // One that has a key of its own has been through a rotation before.
  return Buffer.from(JSON.stringify({ key: tagKey.export().toString('base64'), ...content }))
}
