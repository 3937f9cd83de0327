// Everybody's credentials, a page of people at a time, by what they have or lack.
import type { CredentialFilter } from '../contracts/commands/credentials.ts'
import type { CredentialRow } from '../contracts/commands/people.ts'
import { credentialRow } from './credentials.ts'
import { DamageError } from './keys.ts'
import type { OpenStation } from './open-station.ts'
import { hasNoPhone, type IndexedPerson } from './people-index.ts'
import { type PeopleLists, pageSize, personRows } from './people-list.ts'
import { codesLeft } from './recovery-codes.ts'

interface CredentialsQuery {
  readonly search: string
  readonly page: number
  readonly filter: CredentialFilter
}
/** So many or fewer are few, as on the session screen. */
const few = 3

const filters: { readonly [F in Exclude<CredentialFilter, 'few-codes'>]: (person: IndexedPerson) => boolean } = {
  everybody: () => true,
  'no-phone': ({ credentials }) => hasNoPhone(credentials),
  'two-phones': ({ credentials }) => credentials.phones > 1 || credentials.bound > 1,
  'phone-suspended': ({ credentials }) => credentials.suspendedPhones > 0,
  'no-codes': ({ credentials }) => credentials.sets === 0,
  'codes-not-stored': ({ credentials }) => credentials.pendingSets > 0,
  pin: ({ credentials }) => credentials.pins > 0,
}

export function listCredentials(station: OpenStation, lists: PeopleLists, { search, page, filter }: CredentialsQuery) {
  const isChosen = filter === 'few-codes' ? hasFew(station) : filters[filter]
  const ids: string[] = []
  const first = page * pageSize
  let total = 0
  const found = lists.index.find(search)
  for (const place of found.places) {
    const person = found.at(place)
    if (person.status === 'left' || !isChosen(person)) continue
    if (total >= first && total < first + pageSize) ids.push(person.id)
    total++
  }
  const credentials = liveCredentials(station, ids)
  const rows = personRows(station, lists, ids).map((person) => ({
    person,
    credentials: credentials.get(person.id) ?? [],
  }))
  return { rows, total, pageSize }
}

function liveCredentials({ ledger, keys }: OpenStation, ids: readonly string[]): Map<string, CredentialRow[]> {
  const where = "person_id IN (SELECT value FROM json_each(?)) AND status != 'ended' ORDER BY id DESC"
  const rows = new Map<string, CredentialRow[]>()
  for (const credential of ledger.find('credential', where, JSON.stringify(ids)))
    rows.set(credential.person_id, [...(rows.get(credential.person_id) ?? []), credentialRow(keys, credential)])
  return rows
}

/** A set that was not used since it was stored has all its codes: only the others are opened and counted. */
function hasFew({ db, ledger, keys }: OpenStation): (person: IndexedPerson) => boolean {
  const used = db
    .prepare(
      `SELECT credential.id FROM credential JOIN event ON event.number = credential.event_number
       WHERE credential.kind = 'recovery' AND credential.status = 'active' AND event.type != 'recovery-codes-acknowledged'`,
    )
    .pluck()
    .all() as string[]
  const people = new Set<string>()
  for (const id of used) {
    const set = ledger.get('credential', id)
    if (!set) throw new DamageError('data-edited', `credential/${id}`)
    if (codesLeft(keys, set) <= few) people.add(set.person_id)
  }
  return ({ id }) => people.has(id)
}
