// What a step of a walk is, and whom or what it may be about.
import fc from 'fast-check'
import { type Model, type Person, type Phone, phonesOf } from './model.ts'
import type { WalkedStation } from './station.ts'

export type Act = (model: Model, station: WalkedStation) => Promise<unknown>
export type Step = fc.AsyncCommand<Model, WalkedStation>
export const pins = ['528163', '903714', '471905'] as const

class WalkStep implements Step {
  readonly #name: string
  readonly #chosen: unknown
  readonly #act: Act
  constructor(name: string, chosen: unknown, act: Act) {
    this.#name = name
    this.#chosen = chosen
    this.#act = act
  }
  check = () => true
  run = (model: Model, station: WalkedStation) =>
    station.step(this.#name, model, async () => void (await this.#act(model, station)))
  toString = () => `${this.#name} ${JSON.stringify(this.#chosen)}`
}

/** One kind of step, for every choice that fast-check makes for it. */
export const step = <T>(name: string, choices: fc.Arbitrary<T>, act: (chosen: T) => Act): fc.Arbitrary<Step> =>
  choices.map((chosen) => new WalkStep(name, chosen, act(chosen)))

export const minute = 60_000
export const any = fc.nat(999)
export const offset = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 2 }) },
)
export const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(list.length, 1)]
/** Of the whole walk so far, ended ones too: the newest come up most. */
export const pickLate = <T>(list: readonly T[], at: number): T | undefined =>
  at % 3 === 0 ? pick(list, at) : list[list.length - 1 - (at % Math.min(list.length, 3))]

export const phonesEver = (person: Person): Phone[] =>
  person.credentials.filter((each): each is Phone => each.kind === 'totp')
export const setsEver = (person: Person) => person.credentials.filter((each) => each.kind === 'recovery')
export const works = (person: Person): Phone | undefined => phonesOf(person).find(({ status }) => status === 'active')
export const ableAdministrators = ({ people }: { readonly people: readonly Person[] }): Person[] =>
  people.filter((person) => person.isAdministrator && person.status === 'active' && works(person))

/** Whose staff ID is typed, and whose phone is in the hand: mostly the same person. */
export const typist = fc.record({ who: any, phone: any, offset, stranger: fc.nat(19) })
export function typed(
  { people }: Model,
  { who, phone, offset: at, stranger }: { who: number; phone: number; offset: number; stranger: number },
) {
  const person = pick(people, who)
  const owner = stranger === 1 ? pick(people, who + 1) : person
  const held = owner && pickLate(phonesEver(owner), phone)
  const staffId = stranger === 2 ? 'NOBODY' : person?.staffId
  return held && staffId ? { staffId, phone: held, offset: at } : null
}
