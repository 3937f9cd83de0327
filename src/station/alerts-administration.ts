// Alerts, as somebody who is signed in acknowledges them.
import type { alertCommands } from '../contracts/commands/alerts.ts'
import type { Handlers } from '../contracts/ipc.ts'
import type { Administration } from './administration.ts'
import { acknowledgeAlert, needsReview } from './alerts.ts'

export function alertHandlers(administration: Administration): Pick<Handlers, keyof typeof alertCommands> {
  return {
    acknowledgeAlert: ({ alertId }) =>
      administration.change('acknowledge-alerts', (recorder, actor) => {
        if (needsReview(recorder.get('alert', alertId)?.kind ?? '')) return { ok: false, reason: 'needs-review' }
        return acknowledgeAlert(recorder, alertId, actor) ? { ok: true } : { ok: false, reason: 'no-such-alert' }
      }),
  }
}
