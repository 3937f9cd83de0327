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
}
const tones = { active: 'in', pending: 'look', suspended: 'stop', ended: 'calm' } as const

export function CredentialList({ credentials, whose, may }: CredentialListProps) {
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
              {t(`administration.credentialStatus.${one.status}`)}, {dayAndTime(one.madeAtMs, now)}
              {one.codesLeft !== null && `, ${t('people.recoveryLeft', { count: one.codesLeft })}`}
            </small>
          </span>
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
