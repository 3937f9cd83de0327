// An offer whose code is no longer on the screen: why, and the way to a new one.
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfferView } from '../../contracts/screen.ts'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import type { Changes } from '../state/useChanges.ts'
import { StepUp } from './StepUp.tsx'

export function CancelOffer() {
  const { t } = useTranslation()
  return (
    <Button className="button" onPress={() => void ask('abandonOffer', {})}>
      {t('cancel')}
    </Button>
  )
}

interface OfferOverProps {
  title: ReactNode
  offer: OfferView
  over: boolean
  busy: boolean
  changes: Changes
  /** What comes next, in words. */
  next: string
  onRenew: () => void
}

export function OfferOver({ title, offer, over, busy, changes, next, onRenew }: OfferOverProps) {
  const { t } = useTranslation()
  return (
    <section className="sheet">
      {title}
      {busy ? (
        <p className="waiting">{t('offer.preparing')}</p>
      ) : (
        <>
          {changes.waiting && <StepUp changes={changes} />}
          <p className="next">
            {t(
              offer.withdrawn
                ? 'enrollment.withdrawn'
                : offer.secondPart
                  ? 'scan.secondEnded'
                  : over
                    ? 'offer.ended'
                    : 'offer.noSecret',
            )}
          </p>
          <p>{offer.renewable ? next : t('ways.ticketOfferEnded')}</p>
        </>
      )}
      <Said label={t('lock.what')} tone="look" text={changes.said} />
      <div className="actions">
        {offer.renewable && (
          <Button className="button go" isDisabled={busy} onPress={onRenew}>
            {t('offer.renew')}
          </Button>
        )}
        <CancelOffer />
      </div>
    </section>
  )
}
