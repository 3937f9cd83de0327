// Offers after they were made: given more time, withdrawn, and ended when their time is over.

import { nobodyKeeps } from './keepers.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { endOffer, type OfferPlan, phonesOf, plainOffer } from './offers.ts'
import { boundPhonesOf } from './phone-credentials.ts'

/** How long an offer may wait to be shown. */
export const offersWaitMs = 24 * 60 * 60_000

const gone = { ok: false, reason: 'no-such-offer' } as const
export type OfferChange = { readonly ok: true } | typeof gone

export function withdrawOffer(
  recorder: Recorder,
  id: string,
  { actor, reason }: { readonly actor: string; readonly reason: string },
): OfferChange {
  const offer = liveOffer(recorder, id)
  if (!offer) return gone
  endOffer(recorder, offer, 'withdrawn', actor, reason)
  return { ok: true }
}

/** One that waits has its whole time again. */
export function renewWaitingOffer(recorder: Recorder, id: string, actor: string, nowMs: number): OfferChange {
  const offer = liveOffer(recorder, id)
  if (offer?.status !== 'waiting') return gone
  const { id: _, event_number: __, ...content } = offer
  recorder.put('offer', id, { ...content, expires_at_ms: nowMs + offersWaitMs })
  recorder.event({ type: 'offer-renewed', person: offer.person_id, offer: id, actor })
  return { ok: true }
}

export type PlanProblem = 'reason-needed' | 'phones-full' | 'last-administrator'

/**
 * What an offer for somebody with these phones has to say.
 * @param allowed phones that policy gives them.
 */
export function planFor(
  source: Ledger | Recorder,
  person: string,
  allowed: number,
  wish: { readonly adds: boolean; readonly reason?: string | undefined },
): { readonly plan: OfferPlan } | { readonly problem: PlanProblem } {
  const phones = phonesOf(source, person).length
  if (phones === 0) return { plan: { ...plainOffer, reason: wish.reason } }
  if (wish.adds)
    return phones < allowed ? { plan: { purpose: 'add', reason: wish.reason } } : { problem: 'phones-full' }
  // Whoever had the phone from before did not show it: why it ends is said, and stays in the log.
  if (wish.reason === undefined) return { problem: 'reason-needed' }
  // It ends those that scan as well, and policy may want one.
  const scanning = boundPhonesOf(source, person).map(({ id }) => id)
  if (nobodyKeeps(source, { credentials: scanning }) && !nobodyKeeps(source, {}))
    return { problem: 'last-administrator' }
  return { plan: { purpose: 'replace', reason: wish.reason } }
}

/** Those that waited in vain. */
export function endOverdueOffers(ledger: Ledger, nowMs: number): void {
  if (overdue(ledger, nowMs).length === 0) return
  ledger.record((recorder) => {
    for (const offer of overdue(recorder, nowMs)) endOffer(recorder, offer, 'expired')
  })
}

const overdue = (source: Ledger | Recorder, nowMs: number): Row<'offer'>[] =>
  source.find('offer', "status = 'waiting' AND expires_at_ms <= ?", nowMs)

function liveOffer(recorder: Recorder, id: string): Row<'offer'> | null {
  const offer = recorder.get('offer', id)
  return offer?.status === 'waiting' || offer?.status === 'open' ? offer : null
}
