// One person: what they are called and may do, what they prove who they are by, and the ways to end it.
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contracts/ipc.ts'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import { Access } from './Access.tsx'
import type { AreaProps } from './areas.ts'
import { BindPhone } from './BindPhone.tsx'
import { CredentialList } from './CredentialList.tsx'
import { EditPerson } from './EditPerson.tsx'
import { EnrollPhone } from './EnrollPhone.tsx'
import { StepUp } from './StepUp.tsx'
import { Tickets } from './Tickets.tsx'

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
  const reinstate = (credentialId: string) => (reason: string) =>
    changes.change(() => ask('reinstateCredential', { credentialId, reason }), read)
  const letIn = (credentialId: string) => (reason: string) =>
    changes.change(() => ask('letInPhone', { credentialId, reason }), read)
  const enroll = (wish: { adds?: boolean; reason?: string } = {}) =>
    changes.change(() => enrollment.makeOffer('makeOffer', { personId, ...wish }), read)

  const bind = (wish: { reason?: string } = {}) =>
    changes.change(() => enrollment.makeOffer('bindPhone', { personId, ...wish }), read)

  if (missing) return <p className="empty">{t('administration.refused.no-such-person')}</p>
  if (!found) return <p className="waiting">{t('people.loading')}</p>
  const { person, credentials, may } = found
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
      {may.change ? (
        <EditPerson key={`${person.staffId} ${person.roles.join()}`} person={person} changes={changes} onSaved={read} />
      ) : (
        <p>{person.roles.map((role) => t(`people.roleName.${role}`)).join(', ')}</p>
      )}
      <section className="panel">
        <h3>{t('administration.credentials')}</h3>
        <CredentialList
          credentials={credentials}
          may={may.revoke ? { revoke, reinstate } : null}
          letIn={may.enroll ? letIn : null}
        />
        {(may.enroll || may.bind) && <p>{t('scan.which')}</p>}
        {may.enroll && <EnrollPhone person={person} mayAdd={may.addPhone} busy={enrollment.busy} onEnroll={enroll} />}
        {may.bind && <BindPhone person={person} busy={enrollment.busy} onBind={bind} />}
      </section>
      {screen.person.may.includes('issue-tickets') && person.status === 'active' && (
        <Tickets personId={personId} personName={person.displayName} />
      )}
      {may.change && <Access person={person} setStatus={setStatus} />}
    </div>
  )
}
