// After a recovery code or a ticket: says that the phone did not sign its owner in, and leads to a new one.
import { Smartphone } from 'lucide-react'
import { useContext, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contracts/ipc.ts'
import type { SessionScreen } from '../../contracts/screen.ts'
import { shortestCode } from '../../ui/CodeField.tsx'
import { Said } from '../../ui/Said.tsx'
import { CodeLength } from '../state/codeLength.ts'
import { type Line, lineFor } from '../state/loginWords.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { CodeForm } from './CodeForm.tsx'

interface NewPhoneProps {
  screen: SessionScreen
  how: NonNullable<SessionScreen['newPhone']>
  enrollment: Enrollment
}
const quiet: Line = { tone: 'calm', text: '' }

export function NewPhone({ screen, how, enrollment }: NewPhoneProps) {
  const { t } = useTranslation()
  const [approving, setApproving] = useState(false)
  const [line, setLine] = useState<Line>(quiet)
  const length = useContext(CodeLength)

  function wordsFor(answer: Output<'enrollOwnPhone'> | null): Line {
    if (answer === null || answer.ok) return answer === null ? lineFor(null, 'code', t) : quiet
    switch (answer.reason) {
      case 'not-allowed':
        return { tone: 'look', text: t('ways.mayNotApprove') }
      case 'step-up-needed':
        return { tone: 'look', text: t('ways.approvalNeeded') }
      case 'staff-id-taken':
      case 'no-such-person':
      case 'second-needed':
        return lineFor(null, 'code', t)
      default:
        return lineFor({ ...answer, reason: answer.reason }, 'code', t)
    }
  }
  async function enrollAlone(): Promise<void> {
    setLine({ tone: 'busy', text: t('said.checking') })
    const answer = await enrollment.makeOffer('enrollOwnPhone', { approval: null })
    // A proof that is too old by now: somebody else's takes its place, since their own phone is not there.
    if (answer?.ok === false && answer.reason === 'step-up-needed') setApproving(true)
    setLine(wordsFor(answer))
  }
  async function enrollApproved(code: string, staffId: string): Promise<Line | null> {
    const answer = await enrollment.makeOffer('enrollOwnPhone', { approval: { staffId, code } })
    return answer?.ok ? null : wordsFor(answer)
  }

  return (
    <section className="panel notice-panel" aria-labelledby="new-phone">
      <h3 id="new-phone">
        <Smartphone aria-hidden="true" />
        {t('ways.noPhone')}
      </h3>
      <p>{t(screen.method === 'ticket' ? 'ways.noPhoneTicket' : 'ways.noPhoneRecovery')}</p>
      {line.text !== '' && <Said label={t('ways.noPhone')} tone={line.tone} text={line.text} />}
      {approving ? (
        <CodeForm
          why={t('ways.approvalWhy')}
          staffIdLabel={t('ways.approverId')}
          label={t('ways.approverCode')}
          what={t('lock.what')}
          go={t('ways.approve')}
          length={length}
          least={shortestCode}
          about="approval"
          send={enrollApproved}
          answer={enrollment.answerForOffer}
          // The offer takes the place of this form.
          onAnswered={() => {}}
          onCancel={() => setApproving(false)}
        />
      ) : (
        <div className="actions">
          <Button
            className="button go"
            isDisabled={enrollment.busy}
            onPress={() => (how === 'alone' ? void enrollAlone() : setApproving(true))}
          >
            {t('ways.enrollNow')}
          </Button>
        </div>
      )}
    </section>
  )
}
