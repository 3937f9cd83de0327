// status: which station this is, and how it does.
import { openAlerts } from '../station/alerts.ts'
import { openReviews } from '../station/emergency-uses.ts'
import { stationNumber } from '../station/signing.ts'
import type { CliParts } from './compose.ts'
import { withFolder } from './open-folder.ts'
import type { Answer } from './output.ts'

export function status(parts: CliParts): Promise<Answer> {
  return withFolder(parts, ({ db, ledger, station, anchor }) => {
    const count = (sql: string) => db.prepare(sql).pluck().get() as number
    const facts = {
      name: station.name,
      location: station.location,
      number: stationNumber(station.signing_public),
      people: count('SELECT count(*) FROM person'),
      events: ledger.frontier().size,
      checkpointEvents: anchor?.frontier.size ?? 0,
      signedIn: count('SELECT count(*) FROM session WHERE ended_at_ms IS NULL') > 0,
      openAlerts: openAlerts(ledger).length,
      openReviews: openReviews(db),
    }
    return {
      found: false,
      lines: [
        `${facts.name}, ${facts.location} (station ${facts.number})`,
        `${facts.people} people, ${facts.events} events, ${facts.checkpointEvents} of them in the keychain's checkpoint`,
        `${facts.signedIn ? 'Somebody is signed in' : 'Locked'}; ${facts.openAlerts} open alerts, ${facts.openReviews} emergency accesses to review`,
      ],
      json: { ok: true, ...facts },
    }
  })
}
