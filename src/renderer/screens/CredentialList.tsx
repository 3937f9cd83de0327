// What a person proves who they are by, newest first, each with the way to end it.
import { useTranslation } from 'react-i18next'
import type { CredentialRow } from '../../contracts/commands/people.ts'
import { dayAndTime, useNow } from '../../ui/time.ts'
import { WithReason } from './WithReason.tsx'

interface CredentialListProps {
  credentials: readonly CredentialRow[]
  /** Where several lists are on one screen: whose this is. */
  whose?: string
  /** null for somebody who may only look. */
  may: {
    readonly revoke: (credentialId: string) => (reason: string) => Promise<void>
    readonly reinstate: (credentialId: string) => (reason: string) => Promise<void>
  } | null
  /** A phone of the hub's that waits; null for somebody who may not, or where it isn't done. */
  letIn?: ((credentialId: string) => (reason: string) => Promise<void>) | null
}
const tones = { active: 'in', pending: 'look', suspended: 'stop', ended: 'calm' } as const

export function CredentialList({ credentials, whose, may, letIn = null }: CredentialListProps) {
  const { t } = useTranslation()
  const now = useNow()
  if (credentials.length === 0) return <p>{t('administration.noCredentials')}</p>
  return (
    <ul aria-label={[t('administration.credentials'), whose].filter(Boolean).join(', ')}>
      {credentials.map((one) => (
        <li className="row" key={one.id}>
          <i className="dot" data-tone={tones[one.status]} />
          <span>
            {t(`administration.kind.${one.kind}`)}
            <small>
              {t(waits(one) ? 'administration.phoneWaits' : `administration.credentialStatus.${one.status}`)},{' '}
              {dayAndTime(one.madeAtMs, now)}
              {one.codesLeft !== null && `, ${t('people.recoveryLeft', { count: one.codesLeft })}`}
            </small>
            {waits(one) && <small>{t('administration.phoneWaitsWhy')}</small>}
          </span>
          {letIn && waits(one) && (
            <WithReason
              name={t('administration.letInPhone')}
              ends={t('administration.letInPhoneMeans')}
              onConfirm={letIn(one.id)}
            />
          )}
          {may && one.status === 'suspended' && (
            <WithReason
              name={t('administration.reinstateCredential')}
              ends={t('administration.reinstateCredentialMeans')}
              onConfirm={may.reinstate(one.id)}
            />
          )}
          {may && one.status !== 'ended' && (
            <WithReason
              name={t('administration.revoke')}
              ends={t(`administration.revokeEnds.${one.kind}`)}
              onConfirm={may.revoke(one.id)}
            />
          )}
        </li>
      ))}
    </ul>
  )
}

/** One that the hub names, of somebody whose phone was bound here: of nothing else 'pending' means that. */
const waits = ({ kind, status }: CredentialRow): boolean => kind === 'phone' && status === 'pending'
