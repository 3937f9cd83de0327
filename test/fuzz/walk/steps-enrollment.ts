// Steps of enrollments: offers made, shown, confirmed, moved, given up.
import fc from 'fast-check'
import { changeAtDesk, newOffer, showWaiting } from './changes.ts'
import { administratorIsThere, enroll } from './coming.ts'
import { confirm, moveToNewPhone } from './enrollment.ts'
import { phonesOf } from './model.ts'
import { any, offset, phonesEver, pick, pickLate, step } from './steps.ts'

export const enrolls = step(
  'somebody gets a phone',
  fc.record({ who: any, stops: fc.nat(9) }),
  ({ who, stops }) =>
    async (model, station) => {
      await administratorIsThere(model, station, who)
      const person = pick(
        model.people.filter((each) => each.status === 'active' && phonesOf(each).length === 0),
        who,
      )
      if (person) await enroll(model, station, person, stops > 0)
    },
)
export const confirms = step(
  'the code of an offer',
  fc.record({ at: any, offset }),
  ({ at, offset: steps }) =>
    async (model, station) => {
      const { stage } = model
      const old = pickLate(
        model.offers.filter(({ setupKey }) => setupKey !== ''),
        at,
      )
      const offer = stage?.kind === 'offer' && at % 8 !== 0 ? stage.offer : old
      if (offer) await confirm(model, station, offer, steps)
    },
)
export const newOffers = step(
  'an offer',
  fc.record({ who: any, adds: fc.boolean() }),
  ({ who, adds }) =>
    async (model, station) => {
      const without = model.people.filter((person) => person.status === 'active' && phonesOf(person).length === 0)
      const person = pick(who % 2 === 0 && without.length > 0 ? without : model.people, who)
      if (person) await changeAtDesk(model, station, newOffer(person, adds))
    },
)
export const waiting = step('an offer that waits is shown', any, (at) => async (model, station) => {
  const offer = pickLate(model.offers, at)
  if (offer) await showWaiting(model, station, offer)
})
export const moves = step(
  'the phone from before approves',
  fc.record({ phone: any, offset }),
  ({ phone, offset: at }) =>
    async (model, station) => {
      station.pass(model, 30_000)
      const held = model.session && pickLate(phonesEver(model.session.person), phone)
      if (held) await moveToNewPhone(model, station, held, at)
    },
)
export const abandons = step('an offer is given up', fc.constant(null), () => async (model, station) => {
  await station.handlers.abandonOffer({})
  if (model.stage?.kind === 'offer') model.leaveStage()
})
