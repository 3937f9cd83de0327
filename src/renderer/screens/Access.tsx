// The ways to end what a person may do here, and to let them back in.
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../contracts/commands/people.ts'
import { WithReason } from './WithReason.tsx'

interface AccessProps {
  person: PersonRow
  setStatus: (status: PersonRow['status']) => (reason: string) => Promise<void>
}

export function Access({ person, setStatus }: AccessProps) {
  const { t } = useTranslation()
  return (
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
  )
}
