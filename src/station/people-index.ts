// An index of people in memory, to be searched at every letter typed; the log says what has changed since it last looked.
// It decides nothing: whoever is shown is read anew from the store, where every row is authenticated.
import { auditEvent } from '../contracts/event.ts'
import { parseJson } from '../contracts/json.ts'
import { foldText } from '../core/fold.ts'
import { maskOf, type SearchableText, TextSearch } from '../core/text-search.ts'
import type { OpenStation } from './open-station.ts'
import type { Rows } from './schema.ts'

/** `text` is name and staff ID, folded, apart by a line's end. */
export interface IndexedPerson extends SearchableText {
  readonly id: string
  readonly order: string
  readonly status: Rows['person']['status']
  readonly credentials: IndexedCredentials
}
/** How many of each have not ended. */
export interface IndexedCredentials {
  /** Authenticator apps. */
  phones: number
  /** Of either kind. */
  suspendedPhones: number
  /** Phones that scan. */
  bound: number
  sets: number
  pendingSets: number
  pins: number
}
/** Who was found, by their places in the list. */
export interface Found {
  readonly places: Int32Array
  /** What everybody in the list is, by place: an index into `personKinds`. */
  readonly kinds: Uint8Array
  at(place: number): IndexedPerson
}
/** What lists count people by. */
export const personKinds = ['active', 'active-no-phone', 'suspended', 'left'] as const

export const hasNoPhone = ({ phones, bound }: IndexedCredentials): boolean => phones === 0 && bound === 0
type PersonFields = { id: string; staff_id: string; display_name: string; status: Rows['person']['status'] }
type CredentialFields = { person_id: string; kind: string; status: string }

/** Beyond as many events, as after an import, reading everybody anew is quicker. */
const eventsFollowed = 500

export class PeopleIndex {
  readonly #station: OpenStation
  #people: readonly IndexedPerson[] = []
  #search = new TextSearch([])
  #kinds = new Uint8Array()
  #size = -1

  constructor(station: OpenStation) {
    this.#station = station
  }

  /** Everybody whose name or staff ID holds every word of `search`, by name, then staff ID. */
  find(search: string): Found {
    this.#catchUp()
    const people = this.#people
    return { places: this.#search.placesOf(search), kinds: this.#kinds, at: (place) => people[place] as IndexedPerson }
  }

  #catchUp(): void {
    const { size } = this.#station.ledger.frontier()
    const since = this.#size
    if (size === since) return
    this.#size = size
    if (since < 0 || size - since > eventsFollowed) {
      this.#keep(this.#readAll())
      return
    }
    const changed = this.#changedSince(since)
    if (changed.size > 0) this.#keep(this.#withChanged(changed))
  }

  #keep(people: readonly IndexedPerson[]): void {
    this.#people = people
    this.#search = new TextSearch(people)
    this.#kinds = Uint8Array.from(people, kindOf)
  }

  #readAll(): IndexedPerson[] {
    const { db } = this.#station
    const credentials = new Map<string, IndexedCredentials>()
    const all = db.prepare("SELECT person_id, kind, status FROM credential WHERE status != 'ended'")
    for (const row of all.iterate() as Iterable<CredentialFields>) {
      const counted = credentials.get(row.person_id) ?? nothing()
      count(counted, row)
      credentials.set(row.person_id, counted)
    }
    const people = db.prepare('SELECT id, staff_id, display_name, status FROM person').all() as PersonFields[]
    return people.map((row) => indexed(row, credentials.get(row.id) ?? nothing())).sort(byOrder)
  }

  #withChanged(ids: ReadonlySet<string>): IndexedPerson[] {
    const { db } = this.#station
    const person = db.prepare('SELECT id, staff_id, display_name, status FROM person WHERE id = ?')
    const live = db.prepare("SELECT person_id, kind, status FROM credential WHERE person_id = ? AND status != 'ended'")
    const read = [...ids].flatMap((id) => {
      const row = person.get(id) as PersonFields | undefined
      const credentials = nothing()
      for (const credential of live.all(id) as CredentialFields[]) count(credentials, credential)
      return row ? [indexed(row, credentials)] : []
    })
    const people = this.#people.filter(({ id }) => !ids.has(id))
    for (const one of read) people.splice(placeOf(people, one), 0, one)
    return people
  }

  /** Every event names the rows it changed. */
  #changedSince(number: number): Set<string> {
    const { db } = this.#station
    const owner = db.prepare('SELECT person_id FROM credential WHERE id = ?').pluck()
    const people = new Set<string>()
    for (const body of db.prepare('SELECT body FROM event WHERE number > ?').pluck().all(number) as string[])
      for (const row of Object.keys(auditEvent.parse(parseJson(body)).rows ?? {})) {
        const [table, id = ''] = row.split('/')
        const person = table === 'person' ? id : table === 'credential' ? owner.get(id) : undefined
        if (typeof person === 'string') people.add(person)
      }
    return people
  }
}

const nothing = (): IndexedCredentials => ({
  phones: 0,
  suspendedPhones: 0,
  bound: 0,
  sets: 0,
  pendingSets: 0,
  pins: 0,
})

function indexed({ id, staff_id, display_name, status }: PersonFields, credentials: IndexedCredentials): IndexedPerson {
  const name = foldText(display_name)
  const text = `${name}\n${foldText(staff_id)}`
  return { id, text, mask: maskOf(text), order: `${name}\n${staff_id}`, status, credentials }
}

const kindOf = ({ status, credentials }: IndexedPerson): number =>
  personKinds.indexOf(status === 'active' && hasNoPhone(credentials) ? 'active-no-phone' : status)

function count(counted: IndexedCredentials, { kind, status }: CredentialFields): void {
  if (kind === 'totp' && status === 'active') counted.phones++
  else if (kind === 'phone' && status === 'active') counted.bound++
  else if (kind === 'totp' || kind === 'phone') counted.suspendedPhones++
  else if (kind === 'recovery' && status === 'active') counted.sets++
  else if (kind === 'recovery') counted.pendingSets++
  else if (kind === 'pin') counted.pins++
}

const byOrder = (a: IndexedPerson, b: IndexedPerson): number => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0)

/** Where it belongs among people in order. */
function placeOf(people: readonly IndexedPerson[], one: IndexedPerson): number {
  let low = 0
  let high = people.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (byOrder(people[middle] as IndexedPerson, one) < 0) low = middle + 1
    else high = middle
  }
  return low
}
