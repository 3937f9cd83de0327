// Finds the newest events that a filter lets through, in a log of any size: by index for people, by spans for all else.
import type { StationDatabase } from './database.ts'
import { kindOf, type Span, spanSize } from './log-spans.ts'

export type Outcome = 'accepted' | 'refused'

export interface LogFilter {
  /** Ids of people: events about one of them or, with `byThem`, done by one of them. null: anybody. */
  readonly people: readonly string[] | null
  readonly byThem: boolean
  readonly types: ((type: string) => boolean) | null
  readonly outcome: Outcome | null
  /** Wall time, ms since 1970: from the first on, and before the second. */
  readonly fromMs: number | null
  readonly toMs: number | null
}
export const everything: LogFilter = {
  people: null,
  byThem: true,
  types: null,
  outcome: null,
  fromMs: null,
  toMs: null,
}

/** Numbers of at most `limit` events before the event `before`, newest first. */
export function findEvents(db: StationDatabase, filter: LogFilter, before: number, limit: number): number[] {
  const found = new Newest(limit)
  const { people, types, outcome, fromMs, toMs } = filter
  const isTimed = fromMs !== null || toMs !== null
  if (people) for (const range of rangesOf(db, filter, before)) findByPeople(db, filter, people, range, found)
  else if (types || outcome || isTimed) findBySpans(db, filter, before, found)
  else {
    const newest = db.prepare('SELECT number FROM event WHERE number < ? ORDER BY number DESC LIMIT ?').pluck()
    for (const number of newest.all(before, limit) as number[]) found.add(number)
  }
  return found.numbers
}

interface Range {
  readonly first: number
  readonly last: number
}

/** Where events of these times can be: what no whole span holds yet, and from the first to the last span that may. */
function rangesOf(db: StationDatabase, { fromMs, toMs }: LogFilter, before: number): Range[] {
  if (fromMs === null && toMs === null) return [{ first: 1, last: before - 1 }]
  const tail = tailOf(db)
  const { low, high } = db
    .prepare('SELECT min(span) AS low, max(span) AS high FROM event_span WHERE high_ms >= ? AND low_ms < ?')
    .get(fromMs ?? 0, toMs ?? Number.MAX_SAFE_INTEGER) as { low: number | null; high: number | null }
  const ranges = [{ first: tail + 1, last: before - 1 }]
  if (low !== null && high !== null)
    ranges.push({ first: low * spanSize + 1, last: Math.min((high + 1) * spanSize, before - 1) })
  return ranges
}

/** Events in whole spans. */
const tailOf = (db: StationDatabase): number =>
  (db.prepare('SELECT count(*) FROM event_span').pluck().get() as number) * spanSize

/** By two indexes whose entries are sorted by person, type, outcome and number: each such stretch gives its newest. */
function findByPeople(
  db: StationDatabase,
  filter: LogFilter,
  people: readonly string[],
  { first, last }: Range,
  found: Newest,
): void {
  const columns = filter.byThem ? (['person', 'actor'] as const) : (['person'] as const)
  const outcomes = filter.outcome === null ? [null, 'accepted', 'refused'] : [filter.outcome]
  for (const column of columns) {
    const index = `event INDEXED BY event_${column}`
    const nextType = db.prepare(`SELECT min(type) FROM ${index} WHERE ${column} = ? AND type > ?`).pluck()
    const newest = db
      .prepare(
        `SELECT number FROM ${index} WHERE ${column} = ? AND type = ? AND outcome IS ? AND number BETWEEN ? AND ?
         ORDER BY number DESC`,
      )
      .pluck()
    for (const person of people)
      for (let type = nextType.get(person, '') as string | null; type; type = nextType.get(person, type) as string) {
        if (filter.types && !filter.types(type)) continue
        for (const outcome of outcomes)
          for (const number of newest.iterate(person, type, outcome, first, last) as Iterable<number>) {
            if (!found.wants(number)) break
            if (isInTime(db, filter, number)) found.add(number)
          }
      }
  }
}

function isInTime(db: StationDatabase, { fromMs, toMs }: LogFilter, number: number): boolean {
  if (fromMs === null && toMs === null) return true
  const atMs = db.prepare("SELECT json_extract(body, '$.atMs') FROM event WHERE number = ?").pluck().get(number)
  return Number(atMs) >= (fromMs ?? 0) && Number(atMs) < (toMs ?? Number.POSITIVE_INFINITY)
}

function findBySpans(db: StationDatabase, filter: LogFilter, before: number, found: Newest): void {
  const fromMs = filter.fromMs ?? 0
  const toMs = filter.toMs ?? Number.MAX_SAFE_INTEGER
  const bodies = db.prepare('SELECT number, body FROM event WHERE number BETWEEN ? AND ? ORDER BY number DESC').raw()
  const read = ({ first, last }: Range): void => {
    for (const [number, body] of bodies.iterate(first, last) as Iterable<[number, string]>) {
      if (!found.wants(number)) return
      // The type is the last member of the canonical form, so most events need no more than this look.
      const type = body.slice(body.lastIndexOf('"', body.length - 3) + 1, -2)
      if (filter.types && !filter.types(type)) continue
      const event = JSON.parse(body) as { atMs: number; outcome?: Outcome }
      if (filter.outcome && event.outcome !== filter.outcome) continue
      if (event.atMs >= fromMs && event.atMs < toMs) found.add(number)
    }
  }
  const tail = tailOf(db)
  read({ first: tail + 1, last: before - 1 })
  const spans = db
    .prepare(
      `SELECT span, kinds FROM event_span WHERE span * ${spanSize} < ? AND high_ms >= ? AND low_ms < ?
       ORDER BY span DESC`,
    )
    .iterate(before - 1, fromMs, toMs) as Iterable<Pick<Span, 'span' | 'kinds'>>
  // Few sets of kinds, in many spans.
  const known = new Map<string, boolean>()
  for (const { span, kinds } of spans) {
    const first = span * spanSize + 1
    if (!found.wants(first + spanSize - 1)) return
    const holds = known.get(kinds) ?? kinds.split(',').some((kind) => isWanted(filter, kind))
    known.set(kinds, holds)
    if (holds) read({ first, last: Math.min(first + spanSize - 1, before - 1) })
  }
}

function isWanted({ types, outcome }: LogFilter, kind: string): boolean {
  const [type = '', its = ''] = kind.split('/')
  return (types?.(type) ?? true) && (outcome === null || kindOf(type, its) === kindOf(type, outcome))
}

/** The greatest of the numbers it was given, each once. */
class Newest {
  readonly #limit: number
  readonly #kept = new Set<number>()
  #least = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  wants(number: number): boolean {
    return this.#kept.size < this.#limit || number > this.#least
  }

  add(number: number): void {
    if (this.#kept.has(number)) return
    this.#kept.add(number)
    if (this.#kept.size > this.#limit) this.#kept.delete(Math.min(...this.#kept))
    if (this.#kept.size === this.#limit) this.#least = Math.min(...this.#kept)
  }

  get numbers(): number[] {
    return [...this.#kept].sort((a, b) => b - a)
  }
}
