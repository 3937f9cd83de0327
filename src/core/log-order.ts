// What makes an event the next one of a log: its number, its station, and the leaf that it points back at.
import type { EventFacts } from '../contracts/event-form.ts'

export type EventProblem =
  | 'unreadable'
  | 'out of order'
  | 'of another station'
  | 'changed'
  | 'does not follow the one before'

/** @param previous leaf hash of the event before, base64; undefined before the first. @param station null: any. */
export interface NextEvent {
  readonly number: number
  readonly station: string | null
  readonly previous: string | undefined
}

/** @param event null where it can't be read. 'changed' is said of the event before: this one no longer points at it. */
export function orderProblem(event: EventFacts | null, next: NextEvent): EventProblem | null {
  if (!event) return 'unreadable'
  if (event.number !== next.number) return 'out of order'
  if (next.station !== null && event.station !== next.station) return 'of another station'
  return event.previous === next.previous ? null : 'changed'
}
