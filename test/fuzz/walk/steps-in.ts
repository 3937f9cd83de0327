// Steps of people who want to get in: by every way there is, right and wrong.
import fc from 'fast-check'
import { isAccepted, signIn, typeCode, typePin, typeRecoveryCode, typeTicket } from './attempts.ts'
import { comes, goOn, lock } from './coming.ts'
import { setOf } from './model.ts'
import {
  ableAdministrators,
  any,
  minute,
  offset,
  phonesEver,
  pick,
  pickLate,
  pins,
  setsEver,
  step,
  typed,
  typist,
  works,
} from './steps.ts'

export const administratorComes = step(
  'an administrator comes',
  any,
  (who) => (model, station) => comes(model, station, pick(ableAdministrators(model), who)),
)
export const finishes = step(
  'the PIN, or codes to store',
  fc.record({ wrong: fc.nat(5), pin: any }),
  ({ wrong, pin }) =>
    (model, station) =>
      wrong === 0 && model.pending ? typePin(model, station, '640281') : goOn(model, station, pick(pins, pin) ?? ''),
)
export const signsIn = step('a code', typist, (chosen) => async (model, station) => {
  const code = typed(model, chosen)
  if (code) await signIn(model, station, code.staffId, code.phone, code.offset)
})
export const failsAgainAndAgain = step(
  'wrong codes for a long time',
  fc.record({ who: any, times: fc.integer({ min: 1, max: 24 }) }),
  ({ who, times }) =>
    async (model, station) => {
      const person = pick(model.people, who)
      const phone = person && phonesEver(person)[0]
      if (!phone) return
      await lock(model, station)
      for (let time = 0; time < times; time++) {
        station.pass(model, 31 * 60_000)
        await signIn(model, station, person.staffId, phone, 9)
      }
    },
)
export const recoveryCode = step(
  'a recovery code',
  fc.record({ who: any, set: any, at: fc.nat(9), stranger: fc.nat(9) }),
  ({ who, set, at, stranger }) =>
    async (model, station) => {
      const person = pick(model.people, who)
      const owner = stranger === 0 ? pick(model.people, who + 1) : person
      const codes = owner && pickLate(setsEver(owner), set)
      if (person && codes?.kind === 'recovery') await typeRecoveryCode(model, station, person.staffId, codes, at)
    },
)
export const ticket = step(
  'a ticket',
  fc.record({ at: any, stranger: fc.nat(9), locks: fc.boolean(), late: fc.nat(3) }),
  ({ at, stranger, locks, late }) =>
    async (model, station) => {
      const all = model.people.flatMap((person) => person.tickets.map((each) => ({ person, each })))
      const found = pickLate(all, at)
      if (!found) return
      if (locks) await lock(model, station)
      if (late === 0) station.pass(model, 13 * 60 * minute)
      const who = stranger === 0 ? pick(model.people, at) : found.person
      if (who) await typeTicket(model, station, who.staffId, found.each)
    },
)
export const stepsUp = step(
  'a step-up',
  fc.record({ phone: any, offset, waits: fc.boolean() }),
  ({ phone, offset: at, waits }) =>
    async (model, station) => {
      if (waits) station.pass(model, 30_000)
      const { session } = model
      const held = session && pickLate(phonesEver(session.person), phone)
      if (!held) return
      const { staffId } = session.person
      const answer = await typeCode(
        model,
        station,
        { staffId, phone: held, offset: at },
        {
          allowed: () => true,
          send: async (code) => station.handlers.stepUp({ code }),
        },
      )
      if (!isAccepted(answer)) return
      session.provedAt = station.now()
      session.byPhone = true
    },
)

/** Anybody, in the ordinary way. */
export const somebodyComes = step('somebody comes', any, (who) => (model, station) => {
  const able = model.people.filter((each) => each.status === 'active' && works(each))
  return comes(model, station, pick(able, who), who % 3 === 0)
})
export const codesGone = step(
  'a recovery code that works',
  fc.record({ who: any, at: any }),
  ({ who, at }) =>
    async (model, station) => {
      const person = pick(
        model.people.filter((each) => setOf(each)?.status === 'active'),
        who,
      )
      const set = person && setOf(person)
      if (!set) return
      await lock(model, station)
      await typeRecoveryCode(model, station, person.staffId, set, at)
    },
)
