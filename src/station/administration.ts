// What an administrator who is signed in may do with people; everybody else is refused.
import type { Output, Parsed } from '../contracts/ipc.ts'
import type { Enrollment } from './enrollment.ts'
import type { Row } from './ledger.ts'
import type { OpenStation } from './open-station.ts'
import { addPerson, listPeople } from './people.ts'

const notAllowed = { ok: false, reason: 'not-allowed' } as const

export class Administration {
  readonly #station: OpenStation
  readonly #enrollment: Enrollment
  readonly #administrator: () => Row<'person'> | null

  /** @param administrator the one who is signed in now, read anew at each call. */
  constructor(station: OpenStation, enrollment: Enrollment, administrator: () => Row<'person'> | null) {
    this.#station = station
    this.#enrollment = enrollment
    this.#administrator = administrator
  }

  listPeople({ search, page }: Parsed<'listPeople'>): Output<'listPeople'> {
    if (!this.#administrator()) return notAllowed
    const { db, ledger, keys } = this.#station
    return { ok: true, ...listPeople(db, ledger, keys, search, page) }
  }

  addPerson(person: Parsed<'addPerson'>): Output<'addPerson'> {
    const actor = this.#administrator()
    if (!actor) return notAllowed
    const id = this.#station.ledger.record((recorder) => addPerson(recorder, person, actor.id))
    return id === null ? { ok: false, reason: 'staff-id-taken' } : { ok: true, personId: id }
  }

  makeOffer({ personId }: Parsed<'makeOffer'>): Output<'makeOffer'> {
    const actor = this.#administrator()
    if (!actor) return notAllowed
    const person = this.#station.ledger.get('person', personId)
    return person ? this.#enrollment.offerTo(person.staff_id, actor.id) : { ok: false, reason: 'no-such-person' }
  }
}
