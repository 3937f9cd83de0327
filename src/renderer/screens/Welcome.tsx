// A phone was bound: the code by which it learns which workstation this is.
import { useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SessionScreen } from '../../contracts/screen.ts'
import { QrImage } from '../../ui/QrImage.tsx'
import { Said } from '../../ui/Said.tsx'
import type { Enrollment } from '../state/useEnrollment.ts'
import { Title } from './Page.tsx'

interface WelcomeProps {
  welcome: NonNullable<SessionScreen['welcome']>
  enrollment: Enrollment
  level: 1 | 2
}

export function Welcome({ welcome, enrollment, level }: WelcomeProps) {
  const { t } = useTranslation()
  const [failed, setFailed] = useState(false)
  const inFlight = useRef(false)

  async function finish(): Promise<void> {
    if (inFlight.current) return
    inFlight.current = true
    const answer = await enrollment.finishWelcome()
    inFlight.current = false
    setFailed(!answer?.ok)
  }
  return (
    <section className="sheet wide offer">
      <div className="offer-qr">
        <QrImage qr={welcome.qr} label={t('scan.welcome.qr')} />
      </div>
      <div className="offer-side">
        <Title level={level}>{t('scan.welcome.heading')}</Title>
        <p>{t('scan.welcome.why', { name: welcome.personName })}</p>
        <p className="hint">{t(welcome.sent ? 'scan.welcome.sent' : 'scan.welcome.skip')}</p>
        <Said label={t('lock.what')} tone="look" text={failed ? t('didNotWork') : ''} />
        <div className="actions">
          <Button className="button go" autoFocus onPress={() => void finish()}>
            {t('scan.welcome.done')}
          </Button>
        </div>
      </div>
    </section>
  )
}
