// People as lists and details show them: found by name or staff ID, a page at a time, each row read from the store.
import type { PeopleCounts, PeopleFilter, PersonRow } from '../contracts/commands/people.ts'
import type { CodeCounts, CountedSet } from './code-counts.ts'
import { DamageError } from './keys.ts'
import type { OpenStation } from './open-station.ts'
import { rolesOf } from './people.ts'
import { type Found, type PeopleIndex, personKinds } from './people-index.ts'

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
  const found = lists.index.find(search)
  const counts = countOf(found)
  const ids = placesOn(found, filter, page).map((place) => found.at(place).id)
  return { people: personRows(station, lists, ids), total: counts[filter], counts, pageSize }
}

function countOf({ places, kinds }: Found): PeopleCounts {
  const counts = new Uint32Array(personKinds.length)
  for (const place of places) counts[kinds[place] as number] = (counts[kinds[place] as number] ?? 0) + 1
  const [active = 0, noPhone = 0, suspended = 0, left = 0] = counts
  return { everybody: places.length, active: active + noPhone, 'no-phone': noPhone, suspended, left }
}

/** A page of those that the filter leaves. */
function placesOn({ places, kinds }: Found, filter: PeopleFilter, page: number): number[] {
  const wanted = personKinds.map((kind) => kindsOf[filter].includes(kind))
  const taken: number[] = []
  let passed = page * pageSize
  for (const place of places) {
    if (taken.length === pageSize) break
    if (wanted[kinds[place] as number] && passed-- <= 0) taken.push(place)
  }
  return taken
}

const kindsOf: { readonly [F in PeopleFilter]: readonly (typeof personKinds)[number][] } = {
  everybody: personKinds,
  active: ['active', 'active-no-phone'],
  'no-phone': ['active-no-phone'],
  suspended: ['suspended'],
  left: ['left'],
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
