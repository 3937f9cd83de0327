// An enrollment under way: the code to scan, the key to type instead, and the field for what the phone shows.
import { useTranslation } from 'react-i18next'
import type { OfferView } from '../../contracts/screen.ts'
import { Field } from '../../ui/Field.tsx'
import { useNow } from '../../ui/time.ts'
import { useChanges } from '../state/useChanges.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { useUntouched } from '../state/useUntouched.ts'
import { OfferCard } from './OfferCard.tsx'
import { OfferCode } from './OfferCode.tsx'
import { CancelOffer, OfferOver } from './OfferOver.tsx'
import { Title } from './Page.tsx'
import { PhoneOffer } from './PhoneOffer.tsx'

/** A code that stands on a screen with nobody near it is there for everybody. */
export const hiddenAfterMs = 60_000

export interface OfferProps {
  offer: OfferView
  enrollment: Enrollment
  level: 1 | 2
}

/** For an authenticator app, or for a phone that scans. */
export function Offer(props: OfferProps) {
  return props.offer.kind === 'phone' ? <PhoneOffer {...props} /> : <AppOffer {...props} />
}

function AppOffer({ offer, enrollment, level }: OfferProps) {
  const { t } = useTranslation()
  const now = useNow()
  const changes = useChanges()
  const { secret, busy } = enrollment
  const [hidden, show] = useUntouched(hiddenAfterMs)
  const over = offer.ended || offer.expiresAtMs <= now
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
    return <OfferOver {...{ title, offer, over, busy, changes }} next={t('offer.endedNext')} onRenew={renew} />

  const steps = t('offer.steps', { returnObjects: true }) as string[]
  return (
    <section className="sheet wide offer">
      <OfferCard qr={secret.qr} label={t('offer.qr')} hidden={hidden} onShow={show} expiresAtMs={offer.expiresAtMs} />
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
        <OfferCode
          key={offer.id}
          digits={offer.digits}
          busy={enrollment.busy}
          send={async (code) => {
            const answer = await enrollment.confirm(code)
            if (answer?.ok) return null
            return answer ? t(`offer.${answer.reason}`) : t('didNotWork')
          }}
          cancel={<CancelOffer />}
        />
      </div>
    </section>
  )
}
