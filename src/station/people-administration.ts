// People and what they prove who they are by, as somebody who is signed in looks at them and changes them.
import type { peopleCommands } from '../contracts/commands/people.ts'
import type { Handlers } from '../contracts/ipc.ts'
import type { Administration } from './administration.ts'
import { readPerson } from './credentials.ts'
import { addPerson, listPeople } from './people.ts'
import { changePersonStatus, editPerson, reinstateCredential, revokeCredential } from './people-changes.ts'
import { importPeople, previewImport } from './people-file.ts'

const problemsShown = 200
const sampleShown = 20

export function peopleHandlers(administration: Administration): Pick<Handlers, keyof typeof peopleCommands> {
  const { station, enrollment } = administration
  return {
    listPeople: ({ search, page }) =>
      administration.read('see-people', () => {
        const { db, ledger, keys } = station
        return { ok: true, ...listPeople(db, ledger, keys, search, page) }
      }),
    readPerson: ({ personId }) =>
      administration.read('see-people', () => {
        const found = readPerson(station, personId)
        return found ? { ok: true, ...found } : { ok: false, reason: 'no-such-person' }
      }),
    addPerson: (person) =>
      administration.change('change-people', (recorder, actor) => {
        const id = addPerson(recorder, person, actor)
        return id === null ? { ok: false, reason: 'staff-id-taken' } : { ok: true, personId: id }
      }),
    editPerson: ({ personId, ...edit }) =>
      administration.change('change-people', (recorder, actor) =>
        editPerson(recorder, station.keys, personId, edit, actor),
      ),
    changePersonStatus: ({ personId, status, reason }) =>
      administration.change('change-people', (recorder, actor) =>
        changePersonStatus(recorder, personId, status, { actor, reason }),
      ),
    revokeCredential: ({ credentialId, reason }) =>
      administration.change('revoke', (recorder, actor) => revokeCredential(recorder, credentialId, { actor, reason })),
    reinstateCredential: ({ credentialId, reason }) =>
      administration.change('revoke', (recorder, actor) =>
        reinstateCredential(recorder, credentialId, { actor, reason }),
      ),
    previewImport: ({ text }) =>
      administration.read('change-people', () => {
        const { people, problems } = previewImport(station.ledger, Buffer.from(text))
        return {
          ok: true,
          count: people.length,
          sample: people.slice(0, sampleShown),
          problemCount: problems.length,
          problems: problems.slice(0, problemsShown),
        }
      }),
    importPeople: ({ text }) =>
      administration.change('change-people', (recorder, actor) => {
        const { people, problems } = previewImport(recorder, Buffer.from(text))
        if (problems.length > 0) return { ok: false, reason: 'has-problems' }
        importPeople(recorder, people, actor)
        return { ok: true, added: people.length }
      }),
    makeOffer: ({ personId }) =>
      administration.act('enroll', (actor) => {
        const person = station.ledger.get('person', personId)
        return person ? enrollment.offerTo(person.staff_id, actor.personId) : { ok: false, reason: 'no-such-person' }
      }),
  }
}
