// After a recovery code or a ticket: says that the phone did not sign its owner in, and leads to a new one.
import { Smartphone } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contracts/ipc.ts'
import type { SessionScreen } from '../../contracts/screen.ts'
import { CodeField } from '../../ui/CodeField.tsx'
import { Field } from '../../ui/Field.tsx'
import { Said } from '../../ui/Said.tsx'
import { type Line, lineFor } from '../state/loginWords.ts'
import type { Enrollment } from '../state/useEnrollment.ts'

interface NewPhoneProps {
  screen: SessionScreen
  how: NonNullable<SessionScreen['newPhone']>
  enrollment: Enrollment
}
const quiet: Line = { tone: 'calm', text: '' }

export function NewPhone({ screen, how, enrollment }: NewPhoneProps) {
  const { t } = useTranslation()
  const [approving, setApproving] = useState(false)
  const [staffId, setStaffId] = useState('')
  const [code, setCode] = useState('')
  const [line, setLine] = useState<Line>(quiet)
  const input = useRef<HTMLInputElement>(null)

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
  async function enroll(approval: { staffId: string; code: string } | null): Promise<void> {
    setLine({ tone: 'busy', text: t('said.checking') })
    const answer = await enrollment.makeOffer('enrollOwnPhone', { approval })
    setCode('')
    // A proof that is too old by now: somebody else's takes its place, since their own phone is not there.
    if (answer?.ok === false && answer.reason === 'step-up-needed') setApproving(true)
    setLine(wordsFor(answer))
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (staffId.trim() === '' || code.length < 6) input.current?.focus()
    else void enroll({ staffId, code })
  }

  return (
    <section className="panel notice-panel" aria-labelledby="new-phone">
      <h3 id="new-phone">
        <Smartphone aria-hidden="true" />
        {t('ways.noPhone')}
      </h3>
      <p>{t(screen.method === 'ticket' ? 'ways.noPhoneTicket' : 'ways.noPhoneRecovery')}</p>
      {!approving && line.text !== '' && <Said label={t('ways.noPhone')} tone={line.tone} text={line.text} />}
      {approving ? (
        <form onSubmit={submit} noValidate className="approval">
          <p>{t('ways.approvalWhy')}</p>
          <div className="pair">
            <Field label={t('ways.approverId')} value={staffId} onChange={setStaffId} maxLength={32} inputRef={input} />
            <CodeField label={t('ways.approverCode')} value={code} length={6} onChange={setCode} />
          </div>
          <Said label={t('ways.noPhone')} tone={line.tone} text={line.text} />
          <div className="actions">
            <Button className="button go" type="submit">
              {t('ways.approve')}
            </Button>
            <Button className="button" onPress={() => setApproving(false)}>
              {t('cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <div className="actions">
          <Button
            className="button go"
            isDisabled={enrollment.busy}
            onPress={() => (how === 'alone' ? void enroll(null) : setApproving(true))}
          >
            {t('ways.enrollNow')}
          </Button>
        </div>
      )}
    </section>
  )
}
