// One person: what they are called and may do, what they prove who they are by, and the ways to end it.
import { useCallback, useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contracts/ipc.ts'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import type { AreaProps } from './areas.ts'
import { CredentialList } from './CredentialList.tsx'
import { EditPerson } from './EditPerson.tsx'
import { StepUp } from './StepUp.tsx'
import { Tickets } from './Tickets.tsx'
import { WithReason } from './WithReason.tsx'

type Found = Extract<Output<'readPerson'>, { ok: true }>
type Status = Found['person']['status']

export function PersonDetails({ argument: personId, enrollment, screen }: AreaProps) {
  const { t } = useTranslation()
  const [found, setFound] = useState<Found | null>(null)
  const [missing, setMissing] = useState(false)
  const changes = useChanges()

  const read = useCallback(async () => {
    const answer = await ask('readPerson', { personId })
    setMissing(!answer?.ok)
    if (answer?.ok) setFound(answer)
  }, [personId])
  useEffect(() => void read(), [read])

  const setStatus = (status: Status) => (reason: string) =>
    changes.change(() => ask('changePersonStatus', { personId, status, reason }), read)
  const revoke = (credentialId: string) => (reason: string) =>
    changes.change(() => ask('revokeCredential', { credentialId, reason }), read)
  const reinstateCredential = (credentialId: string) => (reason: string) =>
    changes.change(() => ask('reinstateCredential', { credentialId, reason }), read)
  const enroll = () => changes.change(() => enrollment.makeOffer('makeOffer', { personId }), read)

  if (missing) return <p className="empty">{t('administration.refused.no-such-person')}</p>
  if (!found) return <p className="waiting">{t('people.loading')}</p>
  const { person, credentials } = found
  return (
    <div className="people person">
      <a className="back" href="#people">
        {t('people.heading')}
      </a>
      <div className="people-head">
        <h2 className="title">{person.displayName}</h2>
        <p>
          {person.staffId} · {t(`people.statusName.${person.status}`)}
        </p>
      </div>
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('lock.what')} tone="look" text={changes.said} />
      <EditPerson key={`${person.staffId} ${person.roles.join()}`} person={person} changes={changes} onSaved={read} />
      <section className="panel">
        <h3>{t('administration.credentials')}</h3>
        <CredentialList credentials={credentials} onRevoke={revoke} onReinstate={reinstateCredential} />
        {person.status === 'active' && (
          <div className="actions">
            <Button className="button go" isDisabled={enrollment.busy} onPress={() => void enroll()}>
              {t(person.enrolled ? 'administration.enrollAgain' : 'people.enroll')}
            </Button>
          </div>
        )}
      </section>
      {screen.person.may.includes('issue-tickets') && person.status === 'active' && (
        <Tickets personId={personId} personName={person.displayName} />
      )}
      <section className="panel">
        <h3>{t('administration.access')}</h3>
        {person.status === 'active' ? (
          <WithReason
            name={t('administration.suspend')}
            ends={t('administration.suspendEnds', { name: person.displayName })}
            onConfirm={setStatus('suspended')}
          />
        ) : (
          <WithReason
            name={t('administration.reinstate')}
            ends={t('administration.reinstateMeans', { name: person.displayName })}
            onConfirm={setStatus('active')}
          />
        )}
        {person.status !== 'left' && (
          <WithReason
            name={t('administration.leave')}
            ends={t('administration.leaveEnds', { name: person.displayName })}
            onConfirm={setStatus('left')}
          />
        )}
      </section>
    </div>
  )
}
