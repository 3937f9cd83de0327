// What the log says of an offer: when it was made, shown, tried and ended, by whom and why.
import { type AuditEvent, auditEvent } from '../contracts/event.ts'
import { parseJson } from '../contracts/json.ts'
import { leafHash } from '../core/tree.ts'
import { eventMac } from './event-writer.ts'
import { DamageError, sameBytes } from './keys.ts'
import { nameTeller } from './named-people.ts'
import type { OpenStation } from './open-station.ts'
import { sha256 } from './primitives.ts'

interface StoredEvent {
  readonly number: number
  readonly body: string
  readonly leaf: Buffer
  readonly mac: Buffer
}

/** In order. Throws DamageError where one is not as the station wrote it. */
export function eventsOfOffer({ db, keys }: OpenStation, offer: string): AuditEvent[] {
  const rows = db
    .prepare('SELECT number, body, leaf, mac FROM event WHERE offer = ? ORDER BY number')
    .all(offer) as StoredEvent[]
  return rows.map(({ number, body, leaf, mac }) => {
    const isOurs = sameBytes(eventMac(keys, number, leaf), mac) && sameBytes(leafHash(Buffer.from(body), sha256), leaf)
    if (!isOurs) throw new DamageError('log-changed', `event/${number}`)
    return auditEvent.parse(parseJson(body))
  })
}

/** One step in an offer's life. People are staff IDs, tokens their names; null where nobody did it. */
export interface OfferStep {
  readonly atMs: number
  readonly what: 'made' | 'shown' | 'renewed' | 'tried' | 'confirmed' | 'ended'
  readonly by: string | null
  readonly second: string | null
  readonly reason: string | null
  readonly why: string | null
}

const kinds: Readonly<Record<string, OfferStep['what']>> = {
  'offer-made': 'made',
  'offer-shown': 'shown',
  'offer-renewed': 'renewed',
  'offer-tried': 'tried',
  'offer-confirmed': 'confirmed',
  'offer-ended': 'ended',
}

/** An offer that did not wait was on the screen from the moment it was made: that is a step of its own here. */
export function storyOf(station: OpenStation, offer: string): OfferStep[] {
  const tell = nameTeller(station.ledger)
  const staffIdOf = (id: string | undefined) => {
    const named = tell(id)
    return named?.token ? named.displayName : (named?.staffId ?? null)
  }
  return eventsOfOffer(station, offer).flatMap((event): OfferStep[] => {
    const what = kinds[event.type]
    if (!what) return []
    const step: OfferStep = {
      atMs: event.atMs,
      what,
      by: staffIdOf(event.actor),
      second: staffIdOf(event.second),
      reason: event.reason ?? null,
      why: typeof event.details?.why === 'string' ? event.details.why : null,
    }
    return what === 'made' && event.details?.waits !== true
      ? [step, { ...step, what: 'shown', reason: null, second: null }]
      : [step]
  })
}
