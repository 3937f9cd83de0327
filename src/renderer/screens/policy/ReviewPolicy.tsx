// A policy before it is applied: what it changes, what is wrong with it, what would happen to whom; then the reason, and go.
import { OctagonX, TriangleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PolicyDocument } from '../../../contracts/policy.ts'
import type { PolicyProblem, PolicyReport, PolicyWarning } from '../../../contracts/policy-findings.ts'
import { policyChanges } from '../../../core/policy-changes.ts'
import { Said } from '../../../ui/Said.tsx'
import { ask } from '../../state/bridge.ts'
import { changeWords } from '../../state/policyWords.ts'
import { useChanges } from '../../state/useChanges.ts'
import type { PolicyInForce } from '../../state/usePolicy.ts'
import { StepUp } from '../StepUp.tsx'
import { WithReason } from '../WithReason.tsx'
import { TryPolicy } from './TryPolicy.tsx'

interface ReviewPolicyProps {
  inForce: PolicyInForce
  document: PolicyDocument
  onBack: () => void
}

export function ReviewPolicy({ inForce, document, onBack }: ReviewPolicyProps) {
  const { t } = useTranslation()
  const [report, setReport] = useState<PolicyReport | null>(null)
  const [failed, setFailed] = useState(false)
  const changes = useChanges()
  const differences = policyChanges(inForce.document, document)
  useEffect(() => {
    void ask('checkPolicy', { document }).then((answer) => {
      setFailed(!answer?.ok)
      if (answer?.ok) setReport({ problems: answer.problems, warnings: answer.warnings })
    })
  }, [document])

  const apply = (reason: string) =>
    changes.change(
      () => ask('changePolicy', { document, after: inForce.version, reason }),
      () => {
        window.location.hash = '#policy'
      },
    )
  const ready = differences.length > 0 && report !== null && report.problems.length === 0
  return (
    <>
      <section className="panel">
        {differences.length === 0 && <p className="next">{t('policy.noChanges')}</p>}
        <ul className="differences" aria-label={t('policy.changes')} hidden={differences.length === 0}>
          {differences.map((difference) => {
            const { what, was, becomes } = changeWords(difference, t)
            return (
              <li key={what}>
                <b>{what}</b>
                <del>{t('policy.was', { value: was })}</del>
                <ins>{t('policy.becomes', { value: becomes })}</ins>
              </li>
            )
          })}
        </ul>
      </section>
      {failed && <p className="empty">{t('didNotWork')}</p>}
      {report && <Findings name={t('policy.problems')} tone="stop" findings={report.problems} />}
      {report && <Findings name={t('policy.warnings')} tone="look" findings={report.warnings} />}
      <TryPolicy document={document} group={inForce.group} />
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('lock.what')} tone="look" text={changes.said} />
      <div className="actions">
        {ready && <WithReason name={t('policy.apply')} ends={t('policy.applyMeans')} go onConfirm={apply} />}
        <Button className="button" onPress={onBack}>
          {t('policy.backToEdit')}
        </Button>
        <a className="button" href="#policy">
          {t('policy.discard')}
        </a>
      </div>
    </>
  )
}

interface FindingsProps {
  name: string
  tone: 'stop' | 'look'
  findings: readonly (PolicyProblem | PolicyWarning)[]
}

function Findings({ name, tone, findings }: FindingsProps) {
  const { t } = useTranslation()
  const Icon = tone === 'stop' ? OctagonX : TriangleAlert
  if (findings.length === 0) return null
  return (
    <section className="panel findings" data-tone={tone}>
      <h3>
        <Icon aria-hidden="true" />
        {name}
      </h3>
      <ul aria-label={name}>
        {findings.map(({ code, rule, other, action }) => (
          <li key={`${code} ${rule} ${other} ${action}`}>
            {rule !== undefined && <b>{t('policy.about.rule', { name: rule })}</b>}
            {action !== undefined && <b>{t(`policy.actionName.${action}`)}</b>}
            <span>{t(`policy.finding.${code}`)}</span>
            {other !== undefined && <small>{t('policy.about.because', { name: other })}</small>}
          </li>
        ))}
      </ul>
    </section>
  )
}
