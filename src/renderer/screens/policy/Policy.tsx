// The policy in force, in words, and the ways to change it and to look at earlier ones.
import { useTranslation } from 'react-i18next'
import { usePolicy } from '../../state/usePolicy.ts'
import type { AreaProps } from '../areas.ts'
import { PolicyWords } from './PolicyWords.tsx'

export function Policy({ screen }: AreaProps) {
  const { t } = useTranslation()
  const { policy, failed } = usePolicy()
  if (failed) return <p className="empty">{t('policy.failed')}</p>
  if (!policy) return <p className="waiting">{t('policy.loading')}</p>
  return (
    <div className="people policy">
      <a className="back" href="#workspace">
        {t('people.workspace')}
      </a>
      <div className="people-head">
        <h2 className="title">{t('policy.heading')}</h2>
        <p>{t('policy.inForce', { version: policy.version })}</p>
        <a className="button" href="#policy-history">
          {t('policy.history')}
        </a>
        {screen.person.may.includes('change-policy') && (
          <a className="button go" href="#policy-edit">
            {t('policy.edit')}
          </a>
        )}
      </div>
      <PolicyWords document={policy.document} />
    </div>
  )
}
