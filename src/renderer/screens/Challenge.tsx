// The code to scan with the time it has left, or the button that wakes it.
import { Camera, ScanQrCode, Sun } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ScreenState } from '../../contracts/screen.ts'
import { codeColour } from '../../core/brand.ts'
import { BrandFrame } from '../../ui/BrandFrame.tsx'
import { useBrandView } from '../../ui/brand.ts'
import { QrImage } from '../../ui/QrImage.tsx'
import { Ring } from '../../ui/Ring.tsx'
import { secondsUntil, useNow, useReducedMotion } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'

type ChallengeView = Extract<ScreenState, { kind: 'locked' }>['challenge']

export function NewCodeIn({ from, until }: { from: number; until: number }) {
  const { t } = useTranslation()
  const now = useNow()
  const still = useReducedMotion()
  // Steps of five seconds, so that the number is calm; beside the ring only a screen reader gets it.
  const every = Math.round((until - from) / 1000)
  const seconds = Math.ceil(secondsUntil(until, now) / 5) * 5
  const number = t('lock.seconds', { count: seconds })
  return (
    <p className="left">
      {!still && <Ring part={(until - now) / Math.max(1, until - from)} />}
      <span aria-hidden="true">{still ? t('lock.newCodeIn') : t('lock.newCodeEvery', { count: every })}</span>
      <span role="timer" aria-label={t('lock.newCodeIn')} className={still ? '' : 'unseen'}>
        {number}
      </span>
    </p>
  )
}

interface ChallengeProps {
  challenge: ChallengeView
  /** A phone's answer takes the staff ID as well. */
  idNeeded: boolean
  /** Large and black on white, for screens that are dim or dirty. */
  bright: boolean
  onBright: (bright: boolean) => void
  /** Where there is a camera. */
  onCamera: (() => void) | undefined
}

export function Challenge({ challenge, idNeeded, bright, onBright, onCamera }: ChallengeProps) {
  const { t } = useTranslation()
  const brand = useBrandView()
  const scanHint = idNeeded ? t('scan.hintId') : t(onCamera ? 'scan.hintCamera' : 'scan.hint')
  if (challenge.state === 'resting')
    return (
      <section className="scan">
        <Button className="wake" onPress={() => void ask('wakeChallenge', {})}>
          <ScanQrCode aria-hidden="true" />
          {t('lock.touch')}
        </Button>
        <p className="left">{t('lock.resting')}</p>
      </section>
    )
  return (
    <section className="scan">
      <BrandFrame brand={brand}>
        <QrImage
          qr={challenge.qr}
          label={t('lock.qr')}
          dark={brand && !bright ? codeColour(brand.colours.code) : '#000000'}
        />
      </BrandFrame>
      <h2>{t('lock.scan')}</h2>
      <div className="scan-tools">
        <NewCodeIn from={challenge.issuedAtMs} until={challenge.renewsAtMs} />
        <Button className="button" onPress={() => onBright(!bright)}>
          <Sun aria-hidden="true" />
          {t(bright ? 'brand.normal' : 'brand.brighter')}
        </Button>
        {onCamera && challenge.scanningReady && (
          <Button className="button" onPress={onCamera}>
            <Camera aria-hidden="true" />
            {t('scan.show')}
          </Button>
        )}
      </div>
      <p className="hint">{challenge.scanningReady ? scanHint : t('lock.scanNotReady')}</p>
    </section>
  )
}
