// What a person sees first in a session: their sign-ins, the log, and for administrators the alerts.
import { Bell, CircleCheck, ScrollText, TriangleAlert } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SessionScreen } from '../../contracts/screen.ts'
import { alertWords } from '../../ui/messages/kinds.ts'
import { Said } from '../../ui/Said.tsx'
import { dayAndTime, grouped, useNow } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { HubLine } from './HubLine.tsx'
import { NewPhone } from './NewPhone.tsx'
import { OwnWays } from './OwnWays.tsx'
import { SignIns } from './SignIns.tsx'
import { StepUp } from './StepUp.tsx'

export function Workspace({ screen, enrollment }: { screen: SessionScreen; enrollment: Enrollment }) {
  const { t } = useTranslation()
  const now = useNow()
  const changes = useChanges()
  const { alerts, log, recoveryCodesLeft } = screen
  return (
    <div className="workspace">
      <section>
        <h2>{t('session.workspace')}</h2>
        {screen.newPhone !== null && <NewPhone screen={screen} how={screen.newPhone} enrollment={enrollment} />}
        {recoveryCodesLeft <= 3 && (
          <p className="notice" data-tone="look">
            <TriangleAlert aria-hidden="true" />
            {t('session.few', { count: recoveryCodesLeft })}
          </p>
        )}
        <div className="panel open">
          <CircleCheck aria-hidden="true" className="big" />
          <p className="lead">{t('session.open')}</p>
          <p>{t('session.openNext')}</p>
        </div>
        {screen.person.may.includes('acknowledge-alerts') && (
          <div className="panel">
            <h3>
              <Bell aria-hidden="true" />
              {t('session.alerts')}
            </h3>
            {alerts.length === 0 && <p>{t('session.noAlerts')}</p>}
            {screen.alertCount > 0 && (
              <a className="link" href="#alerts">
                {t('alerts.openCount', { count: screen.alertCount, shown: grouped(screen.alertCount) })}
              </a>
            )}
            {changes.waiting && <StepUp changes={changes} />}
            <Said label={t('lock.what')} tone="look" text={changes.said} />
            <ul aria-label={t('session.alerts')} hidden={alerts.length === 0}>
              {alerts.map((alert) => (
                <li className="row" key={alert.id}>
                  <TriangleAlert aria-hidden="true" data-tone="look" />
                  <span>{alertWords(alert.kind, t)}</span>
                  <small>{dayAndTime(alert.atMs, now)}</small>
                  {alert.kind === 'break-glass' ? (
                    <a className="button" href="#emergency">
                      {t('emergency.review')}
                    </a>
                  ) : (
                    <Button
                      className="button"
                      onPress={() =>
                        void changes.change(
                          () => ask('acknowledgeAlert', { alertId: alert.id }),
                          () => {},
                        )
                      }
                    >
                      {t('administration.acknowledge')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </div>
        )}
        <OwnWays screen={screen} enrollment={enrollment} />
      </section>
      <aside aria-label={t('session.log')}>
        <SignIns signIns={screen.lastSignIns} now={now} />
        <div className="panel">
          <h3>
            <ScrollText aria-hidden="true" />
            {t('session.log')}
          </h3>
          <p className="row">
            <CircleCheck aria-hidden="true" data-tone={log.state === 'complete' ? 'in' : 'busy'} />
            <span>{t(log.state === 'complete' ? 'session.logComplete' : 'session.logChecking')}</span>
            <small>{t('session.entries', { count: log.events, shown: grouped(log.events) })}</small>
          </p>
          <HubLine hub={screen.hub} />
        </div>
      </aside>
    </div>
  )
}
