// What emergency.db is told of the station and its policy while the station is well, for when it is not.
import { type EmergencyFacts, emergencyFacts } from '../contracts/emergency.ts'
import { parseJson } from '../contracts/json.ts'
import { type EmergencyRule, emergencyAt, emergencyWeek } from '../core/emergency-week.ts'
import { stationFacts } from './desk-screen.ts'
import type { EmergencyDatabase } from './emergency-file.ts'
import type { OpenStation } from './open-station.ts'
import { readPolicy } from './policy.ts'
import { readStation } from './signing.ts'

/** null before the station has said anything. */
export function readFacts(db: EmergencyDatabase): EmergencyFacts | null {
  const text = db.prepare('SELECT facts FROM record WHERE id = 1').pluck().get() as string
  const parsed = emergencyFacts.safeParse(parseJson(text))
  return parsed.success ? parsed.data : null
}

export function writeFacts(db: EmergencyDatabase, facts: EmergencyFacts): void {
  db.prepare('UPDATE record SET facts = ? WHERE id = 1').run(JSON.stringify(facts))
}

/** As the station's own rows say now. */
export function currentFacts(station: OpenStation): EmergencyFacts {
  const group = readStation(station.ledger)?.station_group ?? null
  return { ...stationFacts(station), week: emergencyWeek(readPolicy(station.ledger), group) }
}

/** Changes with each change of the policy and of the station's row: tells cheaply whether there is anything new to say. */
export function factsVersion({ ledger }: OpenStation): string {
  const number = (table: 'policy' | 'station', id: string) => ledger.get(table, id)?.event_number ?? 0
  return `${number('policy', 'current')} ${number('station', 'this')}`
}

/** By the station's own time zone. */
export function ruleNow(facts: EmergencyFacts, nowMs: number): EmergencyRule {
  const here = new Date(nowMs)
  return emergencyAt(facts.week, here.getDay(), here.getHours() * 60 + here.getMinutes())
}
