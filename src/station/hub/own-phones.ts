// Phones that were bound here, as the station tells its hub of them: all that work, of people whom the hub knows.
import { createHash } from 'node:crypto'
import type { BoundPhone } from '../../contracts/hub/phones.ts'
import type { StationDatabase } from '../database.ts'
import type { Ledger } from '../ledger.ts'
import { readPhoneParameters } from '../phone-credentials.ts'

/** Changes whenever `ownPhones` may have: cheap, since it opens no row. */
export const phonesMark = (db: StationDatabase): string =>
  db
    .prepare(
      `SELECT count(*) || ' ' || coalesce(max(credential.event_number), 0) || ' ' || coalesce(max(person.event_number), 0)
       FROM credential JOIN person ON person.id = credential.person_id
       WHERE credential.kind = 'phone' AND credential.origin IS NULL AND credential.status = 'active'`,
    )
    .pluck()
    .get() as string

/** By id. Those that answer with digits alone have no public key that anybody could be told. */
export function ownPhones(ledger: Ledger): BoundPhone[] {
  const people = new Map<string, string | null>()
  const hubIdOf = (id: string): string | null => {
    const known = people.get(id)
    if (known !== undefined) return known
    const found = ledger.get('person', id)?.hub_id ?? null
    people.set(id, found)
    return found
  }
  return ledger
    .find('credential', "kind = 'phone' AND origin IS NULL AND status = 'active' ORDER BY id")
    .flatMap((credential) => {
      const person = hubIdOf(credential.person_id)
      const parameters = readPhoneParameters(credential)
      if (person === null || parameters.form !== 'keys') return []
      const { signingKey, agreementKey, passkey } = parameters
      return [{ id: credential.id, person, keys: { signingKey, agreementKey, passkey } }]
    })
}

/** Base64url. */
export const phonesDigest = (phones: readonly BoundPhone[]): string =>
  createHash('sha256').update(JSON.stringify(phones)).digest('base64url')
