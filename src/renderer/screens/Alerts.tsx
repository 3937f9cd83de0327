// Alerts in Administration: what is open until somebody acknowledges it, and what was acknowledged, by whom.
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { useAlerts } from '../state/useAlerts.ts'
import { useChanges } from '../state/useChanges.ts'
import { AlertItem } from './AlertItem.tsx'
import type { AreaProps } from './areas.ts'
import { StepUp } from './StepUp.tsx'

export function Alerts({ screen }: AreaProps) {
  const { t } = useTranslation()
  const open = useAlerts(true, screen.alertCount)
  const past = useAlerts(false, screen.alertCount)
  const changes = useChanges()
  const acknowledge = (alertId: string) => (note: string) =>
    changes.change(
      () => ask('acknowledgeAlert', { alertId, note }),
      () => {},
    )
  const failed = open.failed || past.failed ? t('alerts.failed') : ''
  return (
    <div className="people log">
      <a className="back" href="#workspace">
        {t('people.workspace')}
      </a>
      <div className="people-head">
        <h2 className="title">{t('administration.area.alerts')}</h2>
      </div>
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('lock.what')} tone="look" text={failed || changes.said} />
      <section className="panel">
        <h3>{t('alerts.open')}</h3>
        {open.alerts?.length === 0 && <p>{t('session.noAlerts')}</p>}
        <ul aria-label={t('alerts.open')} hidden={!open.alerts?.length}>
          {open.alerts?.map((alert) => (
            <AlertItem key={alert.id} alert={alert} onAcknowledge={acknowledge(alert.id)} />
          ))}
        </ul>
        <More onMore={open.more} />
      </section>
      <section className="panel">
        <h3>{t('alerts.past')}</h3>
        {past.alerts?.length === 0 && <p>{t('alerts.noPast')}</p>}
        <ul aria-label={t('alerts.past')} hidden={!past.alerts?.length}>
          {past.alerts?.map((alert) => (
            <AlertItem key={alert.id} alert={alert} />
          ))}
        </ul>
        <More onMore={past.more} />
      </section>
    </div>
  )
}

function More({ onMore }: { onMore: (() => void) | null }) {
  const { t } = useTranslation()
  if (!onMore) return null
  return (
    <Button className="button" onPress={onMore}>
      {t('alerts.more')}
    </Button>
  )
}
