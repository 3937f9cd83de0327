// The welcome: what a phone scans once it is bound, signed by the station, so that it knows this workstation from then on.
import { type BindingOffer, encodeWelcome, longestName, welcomeMessage } from '../core/binding.ts'
import { fitting } from '../core/fields.ts'
import { readLink } from './hub/link.ts'
import { DamageError, type StationKeys } from './keys.ts'
import type { Recorder } from './ledger.ts'
import { compressedKey, signedByStation } from './phone-keys.ts'
import { readStation, stationRow } from './signing.ts'

/** @param credentialId UUID of the phone's new credential. */
export function welcomeFor(
  recorder: Recorder,
  keys: StationKeys,
  { personId, credentialId, offer }: { personId: string; credentialId: string; offer: BindingOffer },
): Uint8Array {
  const station = readStation(recorder)
  const person = recorder.get('person', personId)
  const link = readLink(recorder)
  if (!station || !person) throw new DamageError('data-edited', `station/${stationRow}`)
  const unsigned = {
    offer: offer.offer,
    credential: Buffer.from(credentialId.replaceAll('-', ''), 'hex'),
    signingKey: station.signing_public.subarray(-32),
    agreementKey: compressedKey(station.agreement_public),
    stationName: fitting(station.name, longestName),
    stationLocation: fitting(station.location, longestName),
    personName: fitting(person.display_name, longestName),
    organisation: link && { slug: link.organisation_slug, key: link.hub_key },
  }
  const place = { table: 'station', row: stationRow, person: '', kind: 'signing' }
  const signature = signedByStation(welcomeMessage(unsigned), keys.open(station.signing_secret, place))
  return encodeWelcome({ ...unsigned, signature })
}
