// Enrollments that wait to be shown, and those that ended lately, each with who and why.
import { useCallback, useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfferRow } from '../../contracts/commands/offers.ts'
import type { Output } from '../../contracts/ipc.ts'
import { dayAndTime, useNow } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import type { Changes } from '../state/useChanges.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { WithReason } from './WithReason.tsx'

type Lists = Extract<Output<'listOffers'>, { ok: true }>
interface OffersProps {
  mayEnroll: boolean
  changes: Changes
  enrollment: Enrollment
}
const readsEveryMs = 5000

export function Offers({ mayEnroll, changes, enrollment }: OffersProps) {
  const { t } = useTranslation()
  const [lists, setLists] = useState<Lists | null>(null)
  const read = useCallback(async () => {
    const answer = await ask('listOffers', {})
    if (answer?.ok) setLists(answer)
  }, [])
  // Offers come from the command line too.
  useEffect(() => {
    void read()
    const timer = setInterval(() => void read(), readsEveryMs)
    return () => clearInterval(timer)
  }, [read])

  const show = (offerId: string) =>
    changes.change(
      () => enrollment.makeOffer('showOffer', { offerId }),
      () => {},
    )
  const renew = (offerId: string) => changes.change(() => ask('renewWaitingOffer', { offerId }), read)
  const withdraw = (offerId: string) => (reason: string) =>
    changes.change(() => ask('withdrawOffer', { offerId, reason }), read)

  return (
    <section className="panel">
      <h3>{t('enrollment.offers.heading')}</h3>
      {lists?.live.length === 0 && <p>{t('enrollment.offers.none')}</p>}
      <ul aria-label={t('enrollment.offers.heading')} hidden={!lists || lists.live.length === 0}>
        {lists?.live.map((offer) => (
          <li className="row" key={offer.id}>
            <i className="dot" data-tone="look" />
            <OfferFacts offer={offer} />
            {mayEnroll && (
              <>
                <Button className="button go" isDisabled={enrollment.busy} onPress={() => void show(offer.id)}>
                  {t('enrollment.offers.show')}
                </Button>
                <Button className="button" onPress={() => void renew(offer.id)}>
                  {t('enrollment.offers.renew')}
                </Button>
                <WithReason
                  name={t('enrollment.offers.withdraw')}
                  ends={t('enrollment.offers.withdrawEnds')}
                  onConfirm={withdraw(offer.id)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {lists && lists.ended.length > 0 && (
        <details>
          <summary>{t('enrollment.offers.ended')}</summary>
          <ul aria-label={t('enrollment.offers.ended')}>
            {lists.ended.map((offer) => (
              <li className="row" key={offer.id}>
                <i className="dot" data-tone={offer.status === 'confirmed' ? 'in' : 'calm'} />
                <OfferFacts offer={offer} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

const endWords = [
  'confirmed',
  'expired',
  'abandoned',
  'replaced',
  'too-many-tries',
  'second-part',
  'station-stopped',
  'withdrawn',
] as const

function OfferFacts({ offer }: { offer: OfferRow }) {
  const { t } = useTranslation()
  const now = useNow()
  const made = offer.madeBy === null ? [] : [t('enrollment.offers.madeBy', { name: offer.madeBy })]
  const until = t('enrollment.offers.until', { time: dayAndTime(offer.expiresAtMs, now) })
  const { end } = offer
  const word = endWords.find((each) => each === end?.reason) ?? 'other'
  const ended = end
    ? [
        `${t(`enrollment.offers.end.${word}`)}, ${dayAndTime(end.atMs, now)}`,
        ...(end.by === null ? [] : [t('enrollment.offers.madeBy', { name: end.by })]),
        ...(end.why === null ? [] : [end.why]),
      ]
    : [until]
  const why = offer.reason === null ? [] : [offer.reason]
  return (
    <span>
      <a className="to-person" href={`#person/${offer.personId}`}>
        {offer.personName}
      </a>{' '}
      {offer.staffId}
      <small>{[t(`enrollment.offers.purpose.${offer.purpose}`), ...made, ...why].join(' · ')}</small>
      <small>{ended.join(' · ')}</small>
    </span>
  )
}
