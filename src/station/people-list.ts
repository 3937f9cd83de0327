// People as lists and details show them: found by name or staff ID, a page at a time, each row read from the store.
import type { PeopleCounts, PeopleFilter, PersonRow } from '../contracts/commands/people.ts'
import type { CodeCounts, CountedSet } from './code-counts.ts'
import { DamageError } from './keys.ts'
import type { OpenStation } from './open-station.ts'
import { rolesOf } from './people.ts'
import { hasNoPhone, type IndexedPerson, type PeopleIndex } from './people-index.ts'

export const pageSize = 50

export interface PeopleQuery {
  readonly search: string
  readonly page: number
  readonly filter?: PeopleFilter | undefined
}

/** Everybody that the lists know, and what was counted for them. One for each open station. */
export interface PeopleLists {
  readonly index: PeopleIndex
  readonly codes: CodeCounts
}

export function listPeople(
  station: OpenStation,
  lists: PeopleLists,
  { search, page, filter = 'everybody' }: PeopleQuery,
) {
  const counts = { everybody: 0, active: 0, 'no-phone': 0, suspended: 0, left: 0 } satisfies PeopleCounts
  const taken: string[] = []
  const first = page * pageSize
  lists.index.forEachMatch(search, (person) => {
    const place = counts[filter]
    countIn(counts, person)
    if (counts[filter] > place && place >= first && place < first + pageSize) taken.push(person.id)
  })
  return { people: personRows(station, lists, taken), total: counts[filter], counts, pageSize }
}

function countIn(counts: PeopleCounts, { status, credentials }: IndexedPerson): void {
  counts.everybody++
  counts[status]++
  if (status === 'active' && hasNoPhone(credentials)) counts['no-phone']++
}

/** In the order of `ids`. */
export function personRows(station: OpenStation, { codes }: PeopleLists, ids: readonly string[]): PersonRow[] {
  const { db, ledger } = station
  const list = JSON.stringify(ids)
  const among = 'IN (SELECT value FROM json_each(?))'
  const people = new Map(ledger.find('person', `id ${among}`, list).map((person) => [person.id, person]))
  const signIns = new Map(
    db
      .prepare(`SELECT person_id, max(started_at_ms) FROM session WHERE person_id ${among} GROUP BY person_id`)
      .raw()
      .all(list) as [string, number][],
  )
  const active = db
    .prepare(`SELECT id, person_id, kind, event_number FROM credential WHERE person_id ${among} AND status = 'active'`)
    .all(list) as (CountedSet & { readonly kind: string })[]
  const ownersOf = (wanted: string) =>
    new Set(active.filter(({ kind }) => kind === wanted).map((each) => each.person_id))
  const enrolled = ownersOf('totp')
  const bound = ownersOf('phone')
  const sets = new Map(active.filter(({ kind }) => kind === 'recovery').map((each) => [each.person_id, each]))
  return ids.map((id) => {
    const person = people.get(id)
    // The index had it from there: a row that has gone since was taken out by hand.
    if (!person) throw new DamageError('data-edited', `person/${id}`)
    const set = sets.get(id)
    return {
      id,
      staffId: person.staff_id,
      displayName: person.display_name,
      roles: rolesOf(person),
      status: person.status,
      enrolled: enrolled.has(id),
      bound: bound.has(id),
      recoveryCodesLeft: set ? codes.of(station, set) : 0,
      lastSignInMs: signIns.get(id) ?? null,
    }
  })
}
