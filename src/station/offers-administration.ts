// Offers, as somebody who is signed in looks at them, shows, renews and withdraws them.
import type { offerCommands } from '../contracts/commands/offers.ts'
import type { Handlers } from '../contracts/ipc.ts'
import { mayActOn } from '../core/permissions.ts'
import type { Actor, Administration } from './administration.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { renewWaitingOffer, withdrawOffer } from './offer-changes.ts'
import { listOffers } from './offers-list.ts'
import { rolesOf } from './people.ts'

const notAllowed = { ok: false, reason: 'not-allowed' } as const
const gone = { ok: false, reason: 'no-such-offer' } as const

/**
 * Whose phone somebody may enroll. Whoever holds the first code of an offer holds the second factor from then on, so a
 * supervisor enrolls staff and nobody above; their own phone takes the one from before (`moveToNewPhone`), or somebody else.
 */
export const mayEnroll = (actor: Actor, person: Row<'person'>): boolean =>
  mayActOn(actor.roles, rolesOf(person)) && (person.id !== actor.personId || actor.roles.includes('administrator'))

export function offerHandlers(administration: Administration): Pick<Handlers, keyof typeof offerCommands> {
  const { station, enrollment } = administration
  const personOf = (source: Ledger | Recorder, offerId: string) => {
    const offer = source.get('offer', offerId)
    return offer && source.get('person', offer.person_id)
  }
  return {
    listOffers: () =>
      administration.read('see-credentials', () => ({ ok: true, ...listOffers(station, administration.nowMs()) })),
    showOffer: ({ offerId }) =>
      administration.act('enroll', (actor) => {
        const person = personOf(station.ledger, offerId)
        if (!person) return gone
        return mayEnroll(actor, person) ? enrollment.showWaiting(offerId, actor.personId) : notAllowed
      }),
    renewWaitingOffer: ({ offerId }) =>
      administration.change('enroll', (recorder, actor, who) => {
        const person = personOf(recorder, offerId)
        if (!person) return gone
        if (!mayEnroll(who, person)) return notAllowed
        return renewWaitingOffer(recorder, offerId, actor, administration.nowMs())
      }),
    withdrawOffer: ({ offerId, reason }) =>
      administration.change('enroll', (recorder, actor, who) => {
        const person = personOf(recorder, offerId)
        if (!person) return gone
        return mayActOn(who.roles, rolesOf(person)) ? withdrawOffer(recorder, offerId, { actor, reason }) : notAllowed
      }),
  }
}
