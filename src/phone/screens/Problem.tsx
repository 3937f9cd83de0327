// What went wrong, in words, and what to do about it; in red where it looks like a trap.
import { OctagonX, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { WelcomeFault } from '../binding.ts'
import { Frame } from './Frame.tsx'

export type ProblemKind =
  | 'not-ours'
  | 'other-page'
  | 'unknown-station'
  | 'removed-station'
  | 'no-binding'
  | 'no-offer'
  | 'no-vouch'
  | 'framed'
  | 'failed'
  | WelcomeFault
const traps: readonly ProblemKind[] = ['unknown-station', 'removed-station', 'other-page', 'other-station']
const withNext = ['unknown-station', 'removed-station', 'no-binding'] as const

const hasNext = (problem: ProblemKind): problem is (typeof withNext)[number] =>
  (withNext as readonly ProblemKind[]).includes(problem)

interface ProblemProps {
  problem: ProblemKind
  onBack?: () => void
  onCard?: () => void
}

export function Problem({ problem, onBack, onCard }: ProblemProps) {
  const { t } = useTranslation()
  const isTrap = traps.includes(problem)
  return (
    <Frame
      head={t('name')}
      {...(isTrap ? { tone: 'stop' as const } : {})}
      actions={
        <>
          {onBack && (
            <button type="button" className={isTrap ? 'no' : 'yes'} onClick={onBack}>
              {t('problem.back')}
            </button>
          )}
          {isTrap && onCard && (
            <button type="button" className="quiet" onClick={onCard}>
              {t('home.card')}
            </button>
          )}
        </>
      }
    >
      <div className="problem" role="alert">
        {isTrap ? <OctagonX aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
        <h1>{t(`problem.${problem}`)}</h1>
        {hasNext(problem) && <p>{t(`problem.${problem}Next`)}</p>}
      </div>
    </Frame>
  )
}
