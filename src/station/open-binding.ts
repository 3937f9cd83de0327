// A live offer to a phone as its row keeps it: the offer that was shown, what is sealed with it, and the part once it came.
import { z } from 'zod'
import { parseJson } from '../contracts/json.ts'
import { type BindingOffer, type PhonePart, readPhonePart } from '../core/binding.ts'
import { DamageError, type StationKeys } from './keys.ts'
import type { Recorder, Row } from './ledger.ts'
import { endOffer } from './offers.ts'
import { readStation, stationNumber, stationRow } from './signing.ts'

const secretBytes = 32 + 16
/** The public key of the offer, and the phone's part once it came; r lies with the secret. */
const offerParameters = z.strictObject({
  key: z.string(),
  part: z.string().nullable(),
  /** As the offer says; absent before there were any that a hub carries. */
  organisation: z.string().nullable().default(null),
})

export interface OpenBinding {
  readonly row: Row<'offer'>
  readonly offer: BindingOffer
  readonly secret: Buffer
  /** Ten bytes, where it was typed. */
  readonly r: Buffer | null
  readonly part: PhonePart | null
  readonly hasPart: boolean
}

export function openOffer(recorder: Recorder, keys: StationKeys, offerId: string, nowMs: number) {
  const row = recorder.get('offer', offerId)
  if (row?.status !== 'open' || row.kind !== 'phone' || !row.secret) return { ok: false, reason: 'not-now' } as const
  if (recorder.get('person', row.person_id)?.status !== 'active') {
    endOffer(recorder, row, 'withdrawn')
    return { ok: false, reason: 'not-now' } as const
  }
  if (nowMs >= row.expires_at_ms) {
    endOffer(recorder, row, 'expired')
    return { ok: false, reason: 'expired' } as const
  }
  const sealed = keys.open(row.secret, place(row.id, row.person_id))
  const kept = offerParameters.safeParse(parseJson(row.parameters))
  if (!kept.success) throw new DamageError('data-edited', `offer/${row.id}`)
  const part = kept.data.part === null ? null : readPhonePart(Buffer.from(kept.data.part, 'base64'))
  const r = sealed.length > secretBytes ? sealed.subarray(secretBytes) : null
  const open: OpenBinding = {
    row,
    offer: {
      offer: shortId(row.id),
      station: numberOf(recorder),
      key: Buffer.from(kept.data.key, 'base64'),
      s: sealed.subarray(32, secretBytes),
      organisation: kept.data.organisation,
    },
    secret: sealed.subarray(0, 32),
    r,
    part,
    hasPart: part !== null || r !== null,
  }
  return open
}

/** As it lies in the offer's row. @param part as encoded; null before it came. */
export function parametersText(
  { key, organisation }: Pick<BindingOffer, 'key' | 'organisation'>,
  part: Uint8Array | null,
) {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  return JSON.stringify({ key: text(key), part: part && text(part), organisation })
}

export const place = (id: string, person: string) => ({ table: 'offer', row: id, person, kind: 'phone' })
/** Last 8 bytes of a UUID. */
export const shortId = (id: string): Buffer => Buffer.from(id.replaceAll('-', '').slice(16), 'hex')

export function numberOf(recorder: Recorder): Buffer {
  const station = readStation(recorder)
  if (!station) throw new DamageError('data-edited', `station/${stationRow}`)
  return Buffer.from(stationNumber(station.signing_public), 'hex')
}
