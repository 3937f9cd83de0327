// After a restore: nobody but an administrator gets in until one has looked through the people and confirmed them.
import type { StationDatabase } from './database.ts'
import { DamageError } from './keys.ts'
import type { Ledger, Recorder } from './ledger.ts'
import { rolesOf } from './people.ts'
import { readStation, stationRow } from './signing.ts'

const pageSize = 50

export const isUnconfirmed = (source: Ledger | Recorder): boolean =>
  (readStation(source)?.unconfirmed_since_ms ?? null) !== null

/** Who would get in again, a page at a time. */
export function listToConfirm(db: StationDatabase, ledger: Ledger, page: number) {
  const where = "status = 'active'"
  const total = db.prepare(`SELECT count(*) FROM person WHERE ${where}`).pluck().get() as number
  const people = ledger
    .find('person', `${where} ORDER BY display_name COLLATE NOCASE, id LIMIT ${pageSize} OFFSET ?`, page * pageSize)
    .map((person) => ({
      id: person.id,
      staffId: person.staff_id,
      displayName: person.display_name,
      roles: rolesOf(person),
    }))
  return { people, total, pageSize }
}

/** false where there is nothing to confirm. */
export function confirmPeople(recorder: Recorder, actor: string): boolean {
  const station = recorder.get('station', stationRow)
  if (!station) throw new DamageError('data-edited', `station/${stationRow}`)
  const { id, event_number: _, ...content } = station
  if (content.unconfirmed_since_ms === null) return false
  const active = recorder.find('person', "status = 'active'").length
  recorder.put('station', id, { ...content, unconfirmed_since_ms: null })
  recorder.event({ type: 'people-confirmed', actor, details: { active } })
  return true
}
