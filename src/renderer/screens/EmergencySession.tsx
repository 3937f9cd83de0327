// An open emergency session: loud all the time, with the time it has left and the way to lock it; nothing else.
import { Lock, Siren } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { EmergencyScreen } from '../../contracts/screen.ts'
import { ThemeButton } from '../../ui/Mark.tsx'
import { Ring } from '../../ui/Ring.tsx'
import { clockTime, minutesAndSeconds, secondsUntil, useNow } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'

export function EmergencySession({ screen }: { screen: EmergencyScreen }) {
  const { t } = useTranslation()
  const now = useNow()
  const { limitAtMs, name, sinceMs, station } = screen
  return (
    <div className="page emergency">
      <header className="emergency-bar">
        <p className="emergency-banner" role="alert">
          <Siren aria-hidden="true" />
          {t('emergency.banner')}
        </p>
        <p className="left">
          <Ring part={(limitAtMs - now) / Math.max(1, limitAtMs - sinceMs)} />
          <span aria-hidden="true">{t('session.locksIn')}</span>
          <span role="timer" aria-label={t('session.locksIn')}>
            {minutesAndSeconds(secondsUntil(limitAtMs, now))}
          </span>
        </p>
        <ThemeButton />
        <Button className="button lock" onPress={() => void ask('lockNow', {})}>
          <Lock aria-hidden="true" />
          {t('session.lock')}
        </Button>
      </header>
      <main className="centre">
        <section className="sheet">
          <h1 className="title">{t('emergency.openNow')}</h1>
          <p className="next">{t('emergency.openNext')}</p>
          <p>{t('emergency.openedBy', { time: clockTime(sinceMs), name })}</p>
          <p>{t(`emergency.record.${screen.record}`)}</p>
        </section>
      </main>
      <footer className="foot">
        <span>{station.name}</span>
        <span>{station.location}</span>
        <span className="version">{t('lock.version', { version: screen.version })}</span>
      </footer>
    </div>
  )
}
