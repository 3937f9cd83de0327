// Emergency access in Administration: whether policy allows it, the codes that are left, new ones, and the uses to review.
import { Siren } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { EmergencyStatus, NewEmergencyCodes } from '../../contracts/commands/emergency.ts'
import { Said } from '../../ui/Said.tsx'
import { wholeDate } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import type { AreaProps } from './areas.ts'
import { EmergencySheet } from './EmergencySheet.tsx'
import { EmergencyUses } from './EmergencyUses.tsx'
import { StepUp } from './StepUp.tsx'

export function Emergency({ screen }: AreaProps) {
  const { t } = useTranslation()
  const [status, setStatus] = useState<EmergencyStatus | null>(null)
  const [failed, setFailed] = useState(false)
  const [made, setMade] = useState<NewEmergencyCodes | null>(null)
  const changes = useChanges()

  const read = useCallback(async () => {
    const answer = await ask('readEmergency', { page: 0 })
    setFailed(!answer?.ok)
    if (answer?.ok) setStatus(answer)
  }, [])
  useEffect(() => void read(), [read])

  const make = () => changes.change(() => ask('makeEmergencyCodes', {}), setMade)
  const finish = () =>
    changes.change(
      () => ask('acknowledgeEmergencyCodes', {}),
      () => {
        setMade(null)
        void read()
      },
    )
  const review = (useId: string) => (finding: string) =>
    changes.change(() => ask('reviewEmergency', { useId, finding }), read)

  if (failed) return <p className="empty">{t('people.failed')}</p>
  if (!status) return <p className="waiting">{t('people.loading')}</p>
  const { allowed, codes, sessionMs } = status
  const mayMake = screen.person.may.includes('make-emergency-codes')
  return (
    <div className="people emergency-area">
      <a className="back" href="#workspace">
        {t('people.workspace')}
      </a>
      <h2 className="title">{t('emergency.heading')}</h2>
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('lock.what')} tone="look" text={changes.said} />
      {made ? (
        <EmergencySheet made={made} onFinish={() => void finish()} />
      ) : (
        <section className="panel">
          <h3>
            <Siren aria-hidden="true" />
            {t('emergency.codes')}
          </h3>
          <p>{t('emergency.codesWhat')}</p>
          <p className="notice" data-tone={allowed ? 'in' : 'look'}>
            {allowed ? t('emergency.allowed', { count: Math.round(sessionMs / 60_000) }) : t('emergency.forbidden')}
          </p>
          <p className="next">
            {codes
              ? t('emergency.left', { count: codes.left, made: codes.made, date: wholeDate(codes.madeAtMs) })
              : t('emergency.none')}
          </p>
          {mayMake && (
            <div className="actions">
              <Button className="button go" onPress={() => void make()}>
                {t('emergency.make')}
              </Button>
            </div>
          )}
          {mayMake && codes && <p>{t('emergency.makeEnds')}</p>}
        </section>
      )}
      <EmergencyUses status={status} onReview={review} />
    </div>
  )
}
