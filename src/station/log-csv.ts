// The log as a table for people: one line an event, the people in it by name, times in UTC (ISO 8601).
import { auditEvent } from '../contracts/event.ts'
import { parseJson } from '../contracts/json.ts'
import { csvLine } from '../core/csv.ts'
import { nameTeller } from './named-people.ts'
import type { OpenStation } from './open-station.ts'

const header = [
  'number',
  'time',
  'type',
  'outcome',
  'reason',
  'method',
  'staff_id',
  'name',
  'by_staff_id',
  'by_name',
  'credential',
  'offer',
  'session',
  'location',
  'app_version',
  'details',
  'event_id',
] as const

/** What is taken out of a log. */
export interface LogPart {
  /** Number of the last event. */
  readonly size: number
  /** Numbers of the events before the first. */
  readonly after: number
  /** Only events of this wall time or later, ms since 1970. */
  readonly sinceMs: number
}

/** The header, then a line for each event, oldest first. */
export function* csvLines({ db, ledger }: Pick<OpenStation, 'db' | 'ledger'>, part: LogPart): Generator<string> {
  // A mark of UTF-8, without which spreadsheets read names in another encoding.
  yield `\ufeff${csvLine(header)}`
  const tell = nameTeller(ledger)
  const page = db.prepare('SELECT body FROM event WHERE number > ? AND number <= ? ORDER BY number LIMIT 100').pluck()
  for (let after = part.after; after < part.size; ) {
    const bodies = page.all(after, part.size) as string[]
    for (const body of bodies) {
      const event = auditEvent.parse(parseJson(body))
      after = event.number
      if (event.atMs < part.sinceMs) continue
      const [person, actor] = [tell(event.person), tell(event.actor)]
      yield csvLine([
        event.number,
        new Date(event.atMs).toISOString(),
        event.type,
        event.outcome ?? '',
        event.reason ?? '',
        event.method ?? '',
        person?.staffId ?? '',
        person?.displayName ?? '',
        actor?.staffId ?? '',
        actor?.token ? `token ${actor.displayName}` : (actor?.displayName ?? ''),
        event.credential ?? '',
        event.offer ?? '',
        event.session ?? '',
        event.location ?? '',
        event.appVersion,
        event.details ? JSON.stringify(event.details) : '',
        event.id,
      ])
    }
    if (bodies.length === 0) return
  }
}
