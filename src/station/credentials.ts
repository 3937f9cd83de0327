// A person with everything they prove who they are by, as an administrator may see it: never a secret.
import type { CredentialRow, PersonRow } from '../contracts/commands/people.ts'
import type { OpenStation } from './open-station.ts'
import { personRow } from './people.ts'
import { timeOfId } from './primitives.ts'
import { codesLeft } from './recovery-codes.ts'

const shown = 100

/** Newest first. null where there is no such person. */
export function readPerson(
  { db, ledger, keys }: OpenStation,
  id: string,
): { person: PersonRow; credentials: CredentialRow[] } | null {
  const person = ledger.get('person', id)
  if (!person) return null
  const credentials = ledger
    .find('credential', `person_id = ? ORDER BY id DESC LIMIT ${shown}`, id)
    .map((credential): CredentialRow => {
      const counted = credential.kind === 'recovery' && credential.secret !== null
      return {
        id: credential.id,
        kind: credential.kind,
        status: credential.status,
        madeAtMs: timeOfId(credential.id),
        codesLeft: counted ? codesLeft(keys, credential) : null,
      }
    })
  return { person: personRow(db, ledger, keys, person), credentials }
}
