// Whom an event or an alert means: it carries an id alone, and who reads it is told what that person is called now.
import type { NamedPerson } from '../contracts/commands/audit.ts'
import type { StationDatabase } from './database.ts'
import type { Ledger } from './ledger.ts'
import { patternOf, personByStaffId } from './people.ts'

/** Looks each id up once. */
export function nameTeller(ledger: Ledger): (id: string | undefined) => NamedPerson | null {
  const known = new Map<string, NamedPerson>()
  return (id) => {
    if (id === undefined) return null
    const named = known.get(id) ?? nameOf(ledger, id)
    known.set(id, named)
    return named
  }
}

/** What was done on the command line may have been done with a token. */
function nameOf(ledger: Ledger, id: string): NamedPerson {
  const person = ledger.get('person', id)
  if (person) return { id, displayName: person.display_name, staffId: person.staff_id }
  const token = ledger.get('token', id)
  return { id, displayName: token?.name ?? null, staffId: null, ...(token ? { token: true } : {}) }
}

/** By their staff ID, else by a part of it or of their name; tokens by a part of theirs. null where more than `most` are meant. */
export function peopleMeant(
  db: StationDatabase,
  ledger: Ledger,
  words: string,
  most: number,
): readonly NamedPerson[] | null {
  const staffId = words.trim().normalize('NFC').toUpperCase()
  const exact = personByStaffId(ledger, staffId)
  const ids = exact
    ? [exact.id]
    : (db
        .prepare(
          `SELECT id FROM person WHERE display_name LIKE ? ESCAPE '\\' OR staff_id LIKE ? ESCAPE '\\'
           UNION ALL SELECT id FROM token WHERE name LIKE ? ESCAPE '\\' LIMIT ?`,
        )
        .pluck()
        .all(patternOf(words), patternOf(staffId), patternOf(words), most + 1) as string[])
  if (ids.length > most) return null
  const tell = nameTeller(ledger)
  return ids.flatMap((id) => tell(id) ?? [])
}
