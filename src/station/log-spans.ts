// What each stretch of the log holds: its times, and its kinds of events. By it a filter passes over stretches unread.

import type { EventFacts } from '../contracts/event-form.ts'
import type { AuditFinding } from './audit-verify.ts'
import type { StationDatabase } from './database.ts'

/** Events of one span. It is written down once it is whole, so that most events cost nothing here. */
export const spanSize = 128

/** Numbered from 0: span n holds the events from n × 128 + 1 on. */
export interface Span {
  readonly span: number
  /** Earliest and latest wall time in it, ms since 1970: a clock that was set back makes neither the first nor the last. */
  readonly low_ms: number
  readonly high_ms: number
  /** Each type with its outcome, as `type/outcome`, parted by commas in their order. */
  readonly kinds: string
}

export const kindOf = (type: string, outcome: string | null | undefined): string => `${type}/${outcome ?? ''}`

/** The statement that writes a span down, out of its events. */
export const closeSpan = `
  INSERT INTO event_span
    SELECT :span, min(at_ms), max(at_ms), group_concat(DISTINCT kind ORDER BY kind) FROM (
      SELECT json_extract(body, '$.atMs') AS at_ms, type || '/' || ifnull(outcome, '') AS kind
      FROM event WHERE number > :span * ${spanSize} AND number <= (:span + 1) * ${spanSize}
    )`

const lie: AuditFinding = { kind: 'row', row: 'event_span' }

/** Follows the events as they are verified, and holds what is written down of each span against them. */
export class SpanCheck {
  readonly #written
  readonly #count
  #span = 0
  #lowMs = Number.POSITIVE_INFINITY
  #highMs = Number.NEGATIVE_INFINITY
  readonly #kinds = new Set<string>()

  constructor(db: StationDatabase) {
    this.#written = db.prepare('SELECT low_ms, high_ms, kinds FROM event_span WHERE span = ?')
    this.#count = db.prepare('SELECT count(*) FROM event_span').pluck()
  }

  /** Whether the span that this event completes is written down as it is. */
  accept({ number, atMs, type, outcome }: EventFacts): AuditFinding | null {
    this.#lowMs = Math.min(this.#lowMs, atMs)
    this.#highMs = Math.max(this.#highMs, atMs)
    this.#kinds.add(kindOf(type, outcome))
    if (number % spanSize !== 0) return null
    const written = this.#written.get(this.#span) as Span | undefined
    const isRight =
      written?.low_ms === this.#lowMs &&
      written.high_ms === this.#highMs &&
      written.kinds === [...this.#kinds].sort().join()
    this.#span++
    this.#lowMs = Number.POSITIVE_INFINITY
    this.#highMs = Number.NEGATIVE_INFINITY
    this.#kinds.clear()
    return isRight ? null : lie
  }

  /** After the last event: no span too many. */
  finish(): AuditFinding | null {
    return this.#count.get() === this.#span ? null : lie
  }
}
