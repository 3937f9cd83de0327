// Steps of phones that scan: one is bound, and whatever was ever bound answers.
import fc from 'fast-check'
import { answer, bind } from './bound.ts'
import { administratorIsThere } from './coming.ts'
import type { Bound, Model } from './model.ts'
import { any, pick, pickLate, step } from './steps.ts'

const boundEver = ({ people }: Model) =>
  people.flatMap((owner) =>
    owner.credentials.filter((each): each is Bound => each.kind === 'phone').map((by) => ({ owner, by })),
  )

export const binds = step(
  'a phone is bound',
  fc.record({
    ...{ who: any, form: fc.constantFrom('keys' as const, 'typed' as const), replaces: fc.nat(3) },
    ...{ photographed: fc.nat(7), able: fc.nat(9) },
  }),
  ({ who, form, replaces, photographed, able }) =>
    async (model, station) => {
      if (able > 0) await administratorIsThere(model, station, who)
      const person = pick(model.people, who)
      if (person)
        await bind(model, station, person, { form, replaces: replaces === 0, photographed: photographed === 0 })
    },
)
export const answers = step(
  'a phone answers',
  fc.record({
    ...{ at: any, how: fc.constantFrom('typed' as const, 'shown' as const), stranger: fc.nat(9) },
    ...{ denies: fc.nat(5), late: fc.nat(9), again: fc.nat(4), restarts: fc.nat(2) },
  }),
  ({ at, how, stranger, denies, late, again, restarts }) =>
    async (model, station) => {
      const found = pickLate(boundEver(model), at)
      if (!found) return
      const { owner, by } = found
      const staffId =
        stranger === 0 ? (pick(model.people, at)?.staffId ?? '') : stranger === 1 ? 'NOBODY' : owner.staffId
      const decision = denies === 0 ? ('denied' as const) : denies === 1 ? ('not-mine' as const) : ('approved' as const)
      const answering = { by, staffId, how, decision, late: late === 0, again: again === 0, restarts: restarts === 0 }
      await answer(model, station, owner, answering)
    },
)
