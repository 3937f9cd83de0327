// A phone that scans is being bound: its first code, then its part by camera or by hand, then the digits that confirm it.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Said } from '../../ui/Said.tsx'
import { useHasCamera } from '../../ui/scanner/useHasCamera.ts'
import { useNow } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import { useUntouched } from '../state/useUntouched.ts'
import { hiddenAfterMs, type OfferProps } from './Offer.tsx'
import { OfferCard } from './OfferCard.tsx'
import { OfferCode } from './OfferCode.tsx'
import { CancelOffer, OfferOver } from './OfferOver.tsx'
import { Title } from './Page.tsx'
import { PhonePart } from './PhonePart.tsx'

export function PhoneOffer({ offer, enrollment, level }: OfferProps) {
  const { t } = useTranslation()
  const now = useNow()
  const changes = useChanges()
  const hasCamera = useHasCamera()
  const [busy, setBusy] = useState(false)
  const [hidden, show] = useUntouched(hiddenAfterMs)
  const over = offer.ended || offer.expiresAtMs <= now
  const title = <Title level={level}>{t('scan.bindFor', { name: offer.personName })}</Title>

  function renew(): void {
    show()
    void changes.change(
      () => enrollment.makeOffer('renewBinding', {}),
      () => {},
    )
  }
  async function confirm(digits: string): Promise<string | null> {
    setBusy(true)
    const answer = await ask('confirmBinding', { digits })
    setBusy(false)
    if (answer?.ok) return null
    return answer ? t(`scan.confirm.${answer.reason}`) : t('didNotWork')
  }
  if (over || enrollment.binding === null)
    return (
      <OfferOver
        {...{ title, offer, over, changes }}
        busy={enrollment.busy}
        next={t('scan.endedNext')}
        onRenew={renew}
      />
    )

  const steps = t('scan.steps', { returnObjects: true }) as string[]
  return (
    <section className="sheet wide offer">
      <OfferCard
        qr={enrollment.binding}
        label={t('scan.qr')}
        hidden={hidden}
        onShow={show}
        expiresAtMs={offer.expiresAtMs}
      />
      <div className="offer-side">
        {title}
        {offer.part === null ? (
          <>
            <ol aria-label={t('offer.stepsLabel')}>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <PhonePart key={offer.id} hasCamera={hasCamera} cancel={<CancelOffer />} />
          </>
        ) : (
          <>
            <Said label={t('lock.what')} tone="in" text={t(`scan.partCame.${offer.part}`)} />
            <OfferCode key={offer.id} digits={8} busy={busy} send={confirm} cancel={<CancelOffer />} />
          </>
        )}
      </div>
    </section>
  )
}
