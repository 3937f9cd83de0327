// Each use of an emergency code with its review, or the way to review it; those that wait come first.
import { CircleCheck, Siren } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { EmergencyStatus, EmergencyUse } from '../../contracts/commands/emergency.ts'
import { clockTime, dayAndTime, useNow } from '../../ui/time.ts'
import { EmergencyReview } from './EmergencyReview.tsx'

interface EmergencyUsesProps {
  status: EmergencyStatus
  onReview: (useId: string) => (finding: string) => Promise<void>
}

export function EmergencyUses({ status: { uses, total }, onReview }: EmergencyUsesProps) {
  const { t } = useTranslation()
  const now = useNow()
  const when = ({ openedAtMs, endedAtMs }: EmergencyUse) => {
    const from = dayAndTime(openedAtMs, now)
    return endedAtMs === null
      ? t('emergency.stillOpen', { from })
      : t('emergency.from', { from, to: clockTime(endedAtMs) })
  }
  return (
    <section className="panel screen-only">
      <h3>{t('emergency.uses')}</h3>
      {uses.length === 0 && <p>{t('emergency.noUses')}</p>}
      <ul aria-label={t('emergency.uses')} hidden={uses.length === 0}>
        {uses.map((use) => (
          <li className="row emergency-use" key={use.id}>
            {use.review ? (
              <CircleCheck aria-hidden="true" data-tone="in" />
            ) : (
              <Siren aria-hidden="true" data-tone="stop" />
            )}
            <span>
              {use.reason}
              <small>
                {t('emergency.usedBy', { name: use.name })} · {when(use)}
              </small>
              {use.review && (
                <small>
                  {t('emergency.reviewed', {
                    name: use.review.by,
                    date: dayAndTime(use.review.atMs, now),
                    finding: use.review.finding,
                  })}
                </small>
              )}
            </span>
            {!use.review && <EmergencyReview onConfirm={onReview(use.id)} />}
          </li>
        ))}
      </ul>
      {total > uses.length && <p>{t('emergency.more', { count: total - uses.length })}</p>}
    </section>
  )
}
