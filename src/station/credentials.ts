// A person with everything they prove who they are by, as an administrator may see it: never a secret.
import type { CredentialRow, PersonRow } from '../contracts/commands/people.ts'
import type { StationKeys } from './keys.ts'
import type { Row } from './ledger.ts'
import type { OpenStation } from './open-station.ts'
import { type PeopleLists, personRows } from './people-list.ts'
import { timeOfId } from './primitives.ts'
import { codesLeft } from './recovery-codes.ts'

const shown = 100

/** Newest first. null where there is no such person. */
export function readPerson(
  station: OpenStation,
  lists: PeopleLists,
  id: string,
): { person: PersonRow; credentials: CredentialRow[] } | null {
  const { ledger, keys } = station
  if (!ledger.get('person', id)) return null
  const [person] = personRows(station, lists, [id])
  const credentials = ledger
    .find('credential', `person_id = ? ORDER BY id DESC LIMIT ${shown}`, id)
    .map((credential) => credentialRow(keys, credential))
  return person ? { person, credentials } : null
}

export function credentialRow(keys: StationKeys, credential: Row<'credential'>): CredentialRow {
  const counted = credential.kind === 'recovery' && credential.secret !== null
  return {
    id: credential.id,
    kind: credential.kind,
    status: credential.status,
    madeAtMs: timeOfId(credential.id),
    codesLeft: counted ? codesLeft(keys, credential) : null,
  }
}
