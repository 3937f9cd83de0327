// The bar of a session: who, since when, the time to the lock, and the warning before it.
import { Lock, TriangleAlert } from 'lucide-react'
import { useId } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SessionScreen } from '../../contracts/screen.ts'
import { ThemeButton } from '../../ui/Mark.tsx'
import { Ring } from '../../ui/Ring.tsx'
import { clockTime, grouped, minutesAndSeconds, secondsUntil, useNow } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import type { View } from '../state/useView.ts'
import { type Area, addressOf, isIn } from './areas.ts'

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .filter((_, place, all) => place === 0 || place === all.length - 1)
    .join('')
    .toUpperCase()

export function SessionBar({ screen }: { screen: SessionScreen }) {
  const { t } = useTranslation()
  const now = useNow()
  const { person, warningMs } = screen
  const locksAt = Math.min(screen.idleLocksAtMs, screen.limitAtMs)
  const idleFirst = screen.idleLocksAtMs <= screen.limitAtMs
  const warn = idleFirst && screen.idleLocksAtMs - now <= warningMs
  return (
    <header className="bar">
      <span className="face" aria-hidden="true">
        {initials(person.displayName)}
      </span>
      <div className="who">
        <h1>{t('session.heading', { name: person.displayName })}</h1>
        <p>{t(`session.since.${screen.method}`, { time: clockTime(screen.sinceMs) })}</p>
      </div>
      {warn && (
        <div className="warning">
          <p role="alert">
            <TriangleAlert aria-hidden="true" />
            {t('session.warning')}
          </p>
          <Button className="button" onPress={() => void ask('reportActivity', {})}>
            {t('session.stay')}
          </Button>
        </div>
      )}
      <p className="left" data-tone={warn ? 'look' : 'in'}>
        {/* A full ring is five minutes or more: further away nobody needs to see it move. */}
        <Ring part={(locksAt - now) / 300_000} />
        <span aria-hidden="true">{t('session.locksIn')}</span>
        <span role="timer" aria-label={t('session.locksIn')}>
          {minutesAndSeconds(secondsUntil(locksAt, now))}
        </span>
      </p>
      <ThemeButton />
      <Button className="button go lock" onPress={() => void ask('lockNow', {})}>
        <Lock aria-hidden="true" />
        {t('session.lock')}
      </Button>
    </header>
  )
}

interface AdministrationNavProps {
  areas: readonly Area[]
  view: View
  openAlerts: number
}

export function AdministrationNav({ areas, view, openAlerts }: AdministrationNavProps) {
  const { t } = useTranslation()
  const counted = useId()
  return (
    <nav aria-label={t('people.administration')}>
      <b aria-hidden="true">{t('people.administration')}</b>
      {areas.map((area) => (
        <a
          key={area.name}
          href={addressOf(area)}
          aria-current={isIn(area, view) ? 'page' : undefined}
          aria-describedby={area.name === 'alerts' && openAlerts > 0 ? counted : undefined}
        >
          <area.icon aria-hidden="true" />
          {t(`administration.area.${area.name}`)}
          {area.name === 'alerts' && openAlerts > 0 && (
            <span className="count" aria-hidden="true">
              {grouped(openAlerts)}
            </span>
          )}
        </a>
      ))}
      {/* Beside the link, so that the link is still called by its name alone. */}
      {openAlerts > 0 && (
        <span className="unseen" id={counted}>
          {t('alerts.openCount', { count: openAlerts, shown: grouped(openAlerts) })}
        </span>
      )}
    </nav>
  )
}
