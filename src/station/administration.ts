// What an administrator who is signed in may do with people, credentials and alerts; everybody else is refused.
import type { Output, Parsed } from '../contracts/ipc.ts'
import { acknowledgeAlert } from './alerts.ts'
import { readPerson } from './credentials.ts'
import type { Enrollment } from './enrollment.ts'
import type { Recorder } from './ledger.ts'
import type { OpenStation } from './open-station.ts'
import { addPerson, listPeople } from './people.ts'
import { changePersonStatus, editPerson, revokeCredential } from './people-changes.ts'
import { importPeople, previewImport } from './people-file.ts'

export interface Administrator {
  readonly personId: string
  /** Whether the last proof is fresh enough to change anything. */
  readonly isFresh: boolean
}
const notAllowed = { ok: false, reason: 'not-allowed' } as const
const stepUpNeeded = { ok: false, reason: 'step-up-needed' } as const
const done = { ok: true } as const
const problemsShown = 200
const sampleShown = 20

export class Administration {
  readonly #station: OpenStation
  readonly #enrollment: Enrollment
  readonly #administrator: () => Administrator | null
  readonly #changed: () => void

  /**
   * @param administrator the one who is signed in now, read anew at each call.
   * @param changed what the screen shows has changed.
   */
  constructor(
    station: OpenStation,
    enrollment: Enrollment,
    administrator: () => Administrator | null,
    changed: () => void,
  ) {
    this.#station = station
    this.#enrollment = enrollment
    this.#administrator = administrator
    this.#changed = changed
  }

  listPeople({ search, page }: Parsed<'listPeople'>): Output<'listPeople'> {
    const { db, ledger, keys } = this.#station
    return this.#administrator() ? { ok: true, ...listPeople(db, ledger, keys, search, page) } : notAllowed
  }

  readPerson({ personId }: Parsed<'readPerson'>): Output<'readPerson'> {
    if (!this.#administrator()) return notAllowed
    const found = readPerson(this.#station, personId)
    return found ? { ok: true, ...found } : { ok: false, reason: 'no-such-person' }
  }

  addPerson(person: Parsed<'addPerson'>): Output<'addPerson'> {
    return this.#change((recorder, actor) => {
      const id = addPerson(recorder, person, actor)
      return id === null ? { ok: false, reason: 'staff-id-taken' } : { ok: true, personId: id }
    })
  }

  editPerson({ personId, ...edit }: Parsed<'editPerson'>): Output<'editPerson'> {
    return this.#change((recorder, actor) => editPerson(recorder, this.#station.keys, personId, edit, actor))
  }

  changePersonStatus({ personId, status, reason }: Parsed<'changePersonStatus'>): Output<'changePersonStatus'> {
    return this.#change((recorder, actor) => changePersonStatus(recorder, personId, status, { actor, reason }))
  }

  revokeCredential({ credentialId, reason }: Parsed<'revokeCredential'>): Output<'revokeCredential'> {
    return this.#change((recorder, actor) => revokeCredential(recorder, credentialId, { actor, reason }))
  }

  previewImport({ text }: Parsed<'previewImport'>): Output<'previewImport'> {
    if (!this.#administrator()) return notAllowed
    const { people, problems } = previewImport(this.#station.ledger, Buffer.from(text))
    return {
      ok: true,
      count: people.length,
      sample: people.slice(0, sampleShown),
      problemCount: problems.length,
      problems: problems.slice(0, problemsShown),
    }
  }

  importPeople({ text }: Parsed<'importPeople'>): Output<'importPeople'> {
    return this.#change((recorder, actor) => {
      const { people, problems } = previewImport(recorder, Buffer.from(text))
      if (problems.length > 0) return { ok: false, reason: 'has-problems' }
      importPeople(recorder, people, actor)
      return { ok: true, added: people.length }
    })
  }

  acknowledgeAlert({ alertId }: Parsed<'acknowledgeAlert'>): Output<'acknowledgeAlert'> {
    const answer = this.#change((recorder, actor) =>
      acknowledgeAlert(recorder, alertId, actor) ? done : ({ ok: false, reason: 'no-such-alert' } as const),
    )
    this.#changed()
    return answer
  }

  makeOffer({ personId }: Parsed<'makeOffer'>): Output<'makeOffer'> {
    const administrator = this.#administrator()
    if (!administrator) return notAllowed
    if (!administrator.isFresh) return stepUpNeeded
    const person = this.#station.ledger.get('person', personId)
    return person
      ? this.#enrollment.offerTo(person.staff_id, administrator.personId)
      : { ok: false, reason: 'no-such-person' }
  }

  /** In one transaction, by an administrator whose proof is fresh. */
  #change<R>(work: (recorder: Recorder, actor: string) => R): R | typeof notAllowed | typeof stepUpNeeded {
    const administrator = this.#administrator()
    if (!administrator) return notAllowed
    if (!administrator.isFresh) return stepUpNeeded
    return this.#station.ledger.record((recorder) => work(recorder, administrator.personId))
  }
}
