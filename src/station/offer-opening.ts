// How an offer comes to the screen: made there and then, or made before and shown now. Each in one transaction.
import type { Role } from '../contracts/roles.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { type OfferPlan, type OpenedOffer, showOffer } from './offers.ts'
import type { OpenStation } from './open-station.ts'
import { personByStaffId } from './people.ts'

export interface OfferTimes {
  readonly roles: readonly Role[]
  readonly nowMs: number
  readonly offerMs: number
  readonly expiresAtMs: number
}
export interface OpenOffer<Made = OpenedOffer> extends OfferTimes {
  readonly person: Row<'person'>
  readonly offer: Made
}
type TimesFor = (person: Row<'person'>) => OfferTimes

/** null where nobody active has this staff ID. @param make either kind of offer. */
export function offerNow<Made>(
  ledger: Ledger,
  timesFor: TimesFor,
  staffId: string,
  make: (recorder: Recorder, person: Row<'person'>, expiresAtMs: number) => Made,
): OpenOffer<Made> | null {
  // Read within the transaction: another process may have suspended them just now.
  return ledger.record((recorder) => {
    const person = personByStaffId(recorder, staffId)
    if (person?.status !== 'active') return null
    const times = timesFor(person)
    return { person, ...times, offer: make(recorder, person, times.expiresAtMs) }
  })
}

/** null where it does not wait, or no longer. */
export function showNow(
  { ledger, keys }: OpenStation,
  timesFor: TimesFor,
  offerId: string,
  actor: string,
): (OpenOffer & { readonly plan: OfferPlan }) | null {
  return ledger.record((recorder) => {
    const waiting = recorder.get('offer', offerId)
    const person = waiting && recorder.get('person', waiting.person_id)
    if (waiting?.status !== 'waiting' || person?.status !== 'active') return null
    const times = timesFor(person)
    if (times.nowMs >= waiting.expires_at_ms) return null
    const plan: OfferPlan = {
      purpose: waiting.purpose === 'add' ? 'add' : 'replace',
      reason: waiting.reason ?? undefined,
    }
    return { person, plan, ...times, offer: showOffer(recorder, keys, waiting, person, times.expiresAtMs, actor) }
  })
}
