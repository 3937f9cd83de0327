// An open emergency session: who, since when, until when, by both clocks.
import type { EmergencyFacts } from '../contracts/emergency.ts'
import type { EmergencyScreen } from '../contracts/screen.ts'
import { beginSession, type Moment, type SessionTimes, sessionEnd } from '../core/session.ts'

export interface EmergencySession {
  /** Number of the entry that opened it. */
  readonly entry: number
  readonly name: string
  readonly facts: EmergencyFacts
  readonly times: SessionTimes
}

/** It has one limit, and no activity moves it: an emergency is short. */
export const beginEmergency = (now: Moment, limitMs: number): SessionTimes =>
  beginSession(now, { sessionMs: limitMs, idleMs: limitMs })

export const isOver = (session: EmergencySession, now: Moment): boolean => sessionEnd(session.times, now) !== null

export function emergencyScreen(
  { name, facts, times }: EmergencySession,
  record: EmergencyScreen['record'],
  version: string,
): EmergencyScreen {
  return {
    kind: 'emergency',
    station: { name: facts.name, location: facts.location, number: facts.number },
    name,
    sinceMs: times.since.nowMs,
    limitAtMs: times.limitAt.nowMs,
    record,
    version,
  }
}
