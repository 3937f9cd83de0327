// Offers as Administration and the command line list them: never a secret.
import type { OfferRow } from '../contracts/commands/offers.ts'
import { DamageError } from './keys.ts'
import type { Row } from './ledger.ts'
import { nameTeller } from './named-people.ts'
import { eventsOfOffer } from './offer-audit.ts'
import type { OpenStation } from './open-station.ts'
import { timeOfId } from './primitives.ts'

const liveShown = 100
const endedShown = 20

/** One whose time is over has ended, even before that is on record. */
export function listOffers(station: OpenStation, nowMs: number): { live: OfferRow[]; ended: OfferRow[] } {
  const { ledger } = station
  const live = ledger
    .find('offer', `status IN ('waiting', 'open') AND expires_at_ms > ? ORDER BY id DESC LIMIT ${liveShown}`, nowMs)
    .map((offer) => offerRow(station, offer))
  const ended = ledger
    .find('offer', `status IN ('confirmed', 'ended') ORDER BY id DESC LIMIT ${endedShown}`)
    .map((offer) => offerRow(station, offer))
  return { live, ended }
}

/** A page of all there ever were, newest first; of one person where `person` is given. */
export function pageOfOffers(station: OpenStation, person: string | null, page: number, size: number): OfferRow[] {
  const order = `ORDER BY id DESC LIMIT ${size} OFFSET ?`
  const { ledger } = station
  const offers =
    person === null
      ? ledger.find('offer', `1 ${order}`, page * size)
      : ledger.find('offer', `person_id = ? ${order}`, person, page * size)
  return offers.map((offer) => offerRow(station, offer))
}

export function offerRow(station: OpenStation, offer: Row<'offer'>): OfferRow {
  const { ledger } = station
  const tell = nameTeller(ledger)
  const nameOf = (id: string | null | undefined) => tell(id ?? undefined)?.displayName ?? null
  const person = ledger.get('person', offer.person_id)
  if (!person) throw new DamageError('data-edited', `person/${offer.person_id}`)
  const last = offer.status === 'ended' || offer.status === 'confirmed' ? lastEvent(station, offer.id) : null
  return {
    id: offer.id,
    personId: person.id,
    personName: person.display_name,
    staffId: person.staff_id,
    status: offer.status,
    purpose: offer.purpose ?? 'first',
    madeAtMs: timeOfId(offer.id),
    madeBy: nameOf(offer.made_by),
    reason: offer.reason,
    expiresAtMs: offer.expires_at_ms,
    end: last && {
      atMs: last.atMs,
      reason: offer.status === 'confirmed' ? 'confirmed' : (last.reason ?? 'ended'),
      by: nameOf(last.actor),
      why: typeof last.details?.why === 'string' ? last.details.why : null,
    },
  }
}

const lastEvent = (station: OpenStation, offer: string) =>
  eventsOfOffer(station, offer).findLast(({ type }) => type === 'offer-ended' || type === 'offer-confirmed') ?? null
