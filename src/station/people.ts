// People: added by an administrator, each known by a staff ID of their own.
import type { NewPerson } from '../contracts/people-import.ts'
import type { Role } from '../contracts/roles.ts'
import { DamageError } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { newId } from './primitives.ts'

export const rolesOf = (person: Row<'person'>): Role[] => JSON.parse(person.roles) as Role[]
export const isAdministrator = (person: Row<'person'>): boolean => rolesOf(person).includes('administrator')

/** Somebody who was suspended, or has left, meanwhile gets nothing that works. */
export const isActive = (source: Ledger | Recorder, personId: string): boolean =>
  source.get('person', personId)?.status === 'active'

export const personByStaffId = (source: Ledger | Recorder, staffId: string): Row<'person'> | null =>
  checked(source.find('person', 'staff_id = ?', staffId)[0] ?? null, staffId)

/** An index that was tampered with could lead to somebody else's row. */
function checked(person: Row<'person'> | null, staffId: string): Row<'person'> | null {
  if (person && person.staff_id !== staffId) throw new DamageError('data-edited', `person/${person.id}`)
  return person
}

/** @param status other than active where somebody comes from another station's list as they were there. */
export function addPerson(
  recorder: Recorder,
  person: NewPerson,
  actor: string | undefined,
  status: Row<'person'>['status'] = 'active',
): string | null {
  if (personByStaffId(recorder, person.staffId)) return null
  const id = newId()
  recorder.put('person', id, {
    staff_id: person.staffId,
    display_name: person.displayName,
    roles: JSON.stringify(person.roles),
    status,
  })
  recorder.event({
    type: 'person-added',
    person: id,
    details: { roles: person.roles.join(' '), ...(status === 'active' ? {} : { status }) },
    ...(actor ? { actor } : {}),
  })
  return id
}

/** What is typed stands for itself: `%` and `_` are no wildcards. */
export const patternOf = (search: string): string => `%${search.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
