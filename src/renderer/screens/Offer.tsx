// An enrollment under way: the code to scan, the key to type instead, and the field for what the phone shows.
import { EyeOff } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfferView } from '../../contracts/screen.ts'
import { Field } from '../../ui/Field.tsx'
import { QrImage } from '../../ui/QrImage.tsx'
import { Said } from '../../ui/Said.tsx'
import { minutesAndSeconds, secondsUntil, useNow } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { useUntouched } from '../state/useUntouched.ts'
import { OfferCode } from './OfferCode.tsx'
import { Title } from './Page.tsx'
import { StepUp } from './StepUp.tsx'

/** A code that stands on a screen with nobody near it is there for everybody. */
const hiddenAfterMs = 60_000

interface OfferProps {
  offer: OfferView
  enrollment: Enrollment
  level: 1 | 2
}

export function Offer({ offer, enrollment, level }: OfferProps) {
  const { t } = useTranslation()
  const now = useNow()
  const changes = useChanges()
  const { secret, busy } = enrollment
  const [hidden, show] = useUntouched(hiddenAfterMs)
  const over = offer.ended || offer.expiresAtMs <= now
  const cancel = (
    <Button className="button" onPress={() => void ask('abandonOffer', {})}>
      {t('cancel')}
    </Button>
  )
  const title = <Title level={level}>{t('offer.heading', { name: offer.personName })}</Title>

  function renew(): void {
    // What hid for want of a touch is wanted again.
    show()
    void changes.change(
      () => enrollment.makeOffer('renewOffer', {}),
      () => {},
    )
  }
  if (over || secret === null)
    return (
      <section className="sheet">
        {title}
        {busy ? (
          <p className="waiting">{t('offer.preparing')}</p>
        ) : (
          <>
            {changes.waiting && <StepUp changes={changes} />}
            <p className="next">
              {t(offer.withdrawn ? 'enrollment.withdrawn' : over ? 'offer.ended' : 'offer.noSecret')}
            </p>
            <p>{t(offer.renewable ? 'offer.endedNext' : 'ways.ticketOfferEnded')}</p>
          </>
        )}
        <Said label={t('lock.what')} tone="look" text={changes.said} />
        <div className="actions">
          {offer.renewable && (
            <Button className="button go" isDisabled={busy} onPress={renew}>
              {t('offer.renew')}
            </Button>
          )}
          {cancel}
        </div>
      </section>
    )

  const steps = t('offer.steps', { returnObjects: true }) as string[]
  return (
    <section className="sheet wide offer">
      <div className="offer-qr">
        {hidden ? (
          <Button className="wake" onPress={show}>
            <EyeOff aria-hidden="true" />
            {t('enrollment.show')}
          </Button>
        ) : (
          <QrImage qr={secret.qr} label={t('offer.qr')} />
        )}
        <p className="left">
          {t('offer.timeLeft')}{' '}
          <span role="timer" aria-label={t('offer.timeLeft')}>
            {minutesAndSeconds(secondsUntil(offer.expiresAtMs, now))}
          </span>
        </p>
      </div>
      <div className="offer-side">
        {title}
        <ol aria-label={t('offer.stepsLabel')}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        {hidden ? (
          <p>{t('enrollment.hidden')}</p>
        ) : (
          <Field
            className="key-field"
            label={t('offer.setupKey')}
            value={(secret.setupKey.match(/.{1,4}/g) ?? []).join(' ')}
            help={t('offer.setupKeyHelp')}
            readOnly
          />
        )}
        <OfferCode key={offer.id} enrollment={enrollment} digits={offer.digits} cancel={cancel} />
      </div>
    </section>
  )
}
