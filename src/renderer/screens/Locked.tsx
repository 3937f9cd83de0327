// The lock screen: two ways in side by side, the QR code and the code typed by hand.
import { TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScreenState } from '../../contracts/screen.ts'
import { TopBar } from '../../ui/Mark.tsx'
import { useHasCamera } from '../../ui/scanner/useHasCamera.ts'
import { grouped } from '../../ui/time.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { Challenge } from './Challenge.tsx'
import { HubLine } from './HubLine.tsx'
import { TypeIn } from './TypeIn.tsx'

type LockedScreen = Extract<ScreenState, { kind: 'locked' }>

interface LockedProps {
  screen: LockedScreen
  enrollment: Enrollment
  /** Where emergency access is offered. */
  onEmergency: (() => void) | undefined
}

export function Locked({ screen, enrollment, onEmergency }: LockedProps) {
  const { t } = useTranslation()
  const { log, station } = screen
  const [bright, setBright] = useState(false)
  const [looking, setLooking] = useState(false)
  const waitsForPin = screen.pin !== null
  useEffect(() => {
    if (waitsForPin) setLooking(false)
  }, [waitsForPin])
  const onCamera = useHasCamera() && !waitsForPin ? () => setLooking(true) : undefined
  const logWords = t(log.state === 'complete' ? 'lock.logComplete' : 'lock.logChecking', {
    count: log.events,
    shown: grouped(log.events),
  })
  return (
    <div className={`page locked ${bright ? 'bright' : ''}`}>
      <TopBar />
      <main className="ways">
        <Challenge
          challenge={screen.challenge}
          idNeeded={screen.answers.idNeeded}
          bright={bright}
          onBright={setBright}
          onCamera={onCamera}
        />
        <section className="type">
          <div className="where">
            <h1>{station.name}</h1>
            <p>{station.location}</p>
            {screen.unconfirmed && (
              <p className="notice" data-tone="look">
                <TriangleAlert aria-hidden="true" />
                {t('workstation.restored')}
              </p>
            )}
          </div>
          <TypeIn
            screen={screen}
            enrollment={enrollment}
            camera={{ looking, open: onCamera, close: () => setLooking(false) }}
            onEmergency={onEmergency}
          />
        </section>
      </main>
      <footer className="foot">
        <span>
          <i className="dot" data-tone="in" />
          {t('lock.ready')}
        </span>
        <span>
          <i className="dot" data-tone={log.state === 'complete' ? 'in' : 'busy'} />
          {logWords}
        </span>
        <HubLine hub={screen.hub} />
        <span className="version">{t('lock.version', { version: screen.version })}</span>
      </footer>
    </div>
  )
}
