// Whom a typed staff ID stands for, and the credentials that they would prove: looked up at the same cost for everybody.
import type { StationKeys } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { personByStaffId } from './people.ts'

/**
 * Known or not, as many statements are run and as many HMACs made: one of each for the person, one for each place.
 * @param most credentials that count for anybody; a place without one holds null.
 */
export function lookUp(
  source: Ledger | Recorder,
  keys: StationKeys,
  staffId: string,
  kind: 'totp' | 'recovery' | 'phone',
  most = 1,
) {
  const person = personByStaffId(source, staffId)
  const found = newestFirst(source, person?.id ?? '', kind)
  const places = Array.from({ length: most }, (_, place) => found[place] ?? null)
  for (const missing of [person, ...places]) if (!missing) asForARow(keys, staffId)
  return { person, places, credential: places[0] ?? null }
}
/** The work of a row that is there, for one that is not. */
export const asForARow = (keys: StationKeys, staffId: string): Buffer => keys.rowDigest('person', staffId, nobody, 0)
/** As long as what a person's row holds. */
const nobody = { display_name: 'Nobody of this name', roles: '["staff"]', staff_id: 'NOBODY', status: 'active' }

const newestFirst = (
  source: Ledger | Recorder,
  person: string,
  kind: 'totp' | 'recovery' | 'phone',
): Row<'credential'>[] =>
  source
    .find('credential', "person_id = ? AND kind = ? AND status IN ('active', 'suspended')", person, kind)
    // Here and not in SQL, where no index has this order: SQLite's sorter costs as much as thirty HMACs.
    .sort((a, b) => (a.id < b.id ? 1 : -1))
