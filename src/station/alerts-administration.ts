// Alerts, as somebody who is signed in lists and acknowledges them.
import type { alertCommands } from '../contracts/commands/alerts.ts'
import type { Handlers } from '../contracts/ipc.ts'
import type { Administration } from './administration.ts'
import { acknowledgeAlert, listAlerts } from './alerts.ts'

export function alertHandlers(administration: Administration): Pick<Handlers, keyof typeof alertCommands> {
  return {
    listAlerts: ({ open, after }) =>
      administration.read('acknowledge-alerts', () => ({
        ok: true,
        ...listAlerts(administration.station, open, after),
      })),
    acknowledgeAlert: ({ alertId, note }) =>
      administration.change('acknowledge-alerts', (recorder, actor) => {
        const answer = acknowledgeAlert(recorder, alertId, actor, note)
        return answer === 'acknowledged' ? { ok: true } : { ok: false, reason: answer }
      }),
  }
}
