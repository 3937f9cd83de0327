// People: added by an administrator, found by name or staff ID, a page at a time.
import type { PersonRow } from '../contracts/commands/people.ts'
import type { NewPerson } from '../contracts/people-import.ts'
import type { Role } from '../contracts/roles.ts'
import type { StationDatabase } from './database.ts'
import { DamageError, type StationKeys } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { newId } from './primitives.ts'
import { codesLeft } from './recovery-codes.ts'

export const pageSize = 50

export const rolesOf = (person: Row<'person'>): Role[] => JSON.parse(person.roles) as Role[]
export const isAdministrator = (person: Row<'person'>): boolean => rolesOf(person).includes('administrator')

/** Somebody who was suspended, or has left, meanwhile gets nothing that works. */
export const isActive = (recorder: Recorder, personId: string): boolean =>
  recorder.get('person', personId)?.status === 'active'

export const personByStaffId = (source: Ledger | Recorder, staffId: string): Row<'person'> | null =>
  checked(source.find('person', 'staff_id = ?', staffId)[0] ?? null, staffId)

/** An index that was tampered with could lead to somebody else's row. */
function checked(person: Row<'person'> | null, staffId: string): Row<'person'> | null {
  if (person && person.staff_id !== staffId) throw new DamageError('data-edited', `person/${person.id}`)
  return person
}

export function addPerson(recorder: Recorder, person: NewPerson, actor: string | undefined): string | null {
  if (personByStaffId(recorder, person.staffId)) return null
  const id = newId()
  recorder.put('person', id, {
    staff_id: person.staffId,
    display_name: person.displayName,
    roles: JSON.stringify(person.roles),
    status: 'active',
  })
  recorder.event({
    type: 'person-added',
    person: id,
    details: { roles: person.roles.join(' ') },
    ...(actor ? { actor } : {}),
  })
  return id
}

export function listPeople(db: StationDatabase, ledger: Ledger, keys: StationKeys, search: string, page: number) {
  const pattern = patternOf(search)
  const idPattern = patternOf(search.normalize('NFC').toUpperCase())
  const where = "(display_name LIKE ? ESCAPE '\\' OR staff_id LIKE ? ESCAPE '\\')"
  const total = db.prepare(`SELECT count(*) FROM person WHERE ${where}`).pluck().get(pattern, idPattern) as number
  const rows = ledger.find(
    'person',
    `${where} ORDER BY display_name COLLATE NOCASE, staff_id LIMIT ${pageSize} OFFSET ?`,
    pattern,
    idPattern,
    page * pageSize,
  )
  const people = rows.map((person) => personRow(db, ledger, keys, person))
  return { people, total, pageSize }
}

/** A person as the list and the details show them. */
export function personRow(db: StationDatabase, ledger: Ledger, keys: StationKeys, person: Row<'person'>): PersonRow {
  const active = ledger.find('credential', "person_id = ? AND status = 'active'", person.id)
  const lastSignIn = db.prepare('SELECT max(started_at_ms) FROM session WHERE person_id = ?').pluck().get(person.id)
  const recovery = active.find((credential) => credential.kind === 'recovery')
  return {
    id: person.id,
    staffId: person.staff_id,
    displayName: person.display_name,
    roles: rolesOf(person),
    status: person.status,
    enrolled: active.some((credential) => credential.kind === 'totp'),
    recoveryCodesLeft: recovery ? codesLeft(keys, recovery) : 0,
    lastSignInMs: (lastSignIn as number | null) ?? null,
  }
}

/** What is typed stands for itself: `%` and `_` are no wildcards. */
export const patternOf = (search: string): string => `%${search.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
