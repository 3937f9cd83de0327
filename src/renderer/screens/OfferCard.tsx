// The code of an offer with the time it has left; hidden where nobody has touched the screen for a while.
import { EyeOff } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { QrSymbol } from '../../contracts/screen.ts'
import { QrImage } from '../../ui/QrImage.tsx'
import { minutesAndSeconds, secondsUntil, useNow } from '../../ui/time.ts'

interface OfferCardProps {
  qr: QrSymbol
  label: string
  hidden: boolean
  onShow: () => void
  expiresAtMs: number
}

export function OfferCard({ qr, label, hidden, onShow, expiresAtMs }: OfferCardProps) {
  const { t } = useTranslation()
  const now = useNow()
  return (
    <div className="offer-qr">
      {hidden ? (
        <Button className="wake" onPress={onShow}>
          <EyeOff aria-hidden="true" />
          {t('enrollment.show')}
        </Button>
      ) : (
        <QrImage qr={qr} label={label} />
      )}
      <p className="left">
        {t('offer.timeLeft')}{' '}
        <span role="timer" aria-label={t('offer.timeLeft')}>
          {minutesAndSeconds(secondsUntil(expiresAtMs, now))}
        </span>
      </p>
    </div>
  )
}
