// The editor of the policy: its fields, then what they would change, before anything is applied.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PolicyDocument } from '../../../contracts/policy.ts'
import { type Draft, documentOf, draftOf, type Wrong } from '../../state/policyDraft.ts'
import { type PolicyInForce, usePolicy } from '../../state/usePolicy.ts'
import { PolicyForm } from './PolicyForm.tsx'
import { ReviewPolicy } from './ReviewPolicy.tsx'

export function EditPolicy() {
  const { t } = useTranslation()
  const { policy, failed } = usePolicy()
  if (failed) return <p className="empty">{t('policy.failed')}</p>
  if (!policy) return <p className="waiting">{t('policy.loading')}</p>
  return <Editor inForce={policy} />
}

function Editor({ inForce }: { inForce: PolicyInForce }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>(() => draftOf(inForce.document))
  const [wrong, setWrong] = useState<Wrong>({})
  const [reviewed, setReviewed] = useState<PolicyDocument | null>(null)

  function review(): void {
    const read = documentOf(draft, inForce.document)
    setWrong('wrong' in read ? read.wrong : {})
    if ('document' in read) setReviewed(read.document)
  }

  return (
    <div className="people policy">
      <a className="back" href="#policy">
        {t('policy.heading')}
      </a>
      <div className="people-head">
        <h2 className="title">{t(reviewed ? 'policy.changes' : 'policy.edit')}</h2>
        <p>{t('policy.inForce', { version: inForce.version })}</p>
      </div>
      {reviewed ? (
        <ReviewPolicy inForce={inForce} document={reviewed} onBack={() => setReviewed(null)} />
      ) : (
        <PolicyForm draft={draft} group={inForce.group} wrong={wrong} onChange={setDraft} onReview={review} />
      )}
    </div>
  )
}
