// Somebody's own way to a new phone: a code of the one they have now, then the offer for the new one.
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeLength } from '../state/codeLength.ts'
import { type Line, lineFor } from '../state/loginWords.ts'
import type { Enrollment } from '../state/useEnrollment.ts'
import { CodeForm } from './CodeForm.tsx'

export function MovePhone({ enrollment, onCancel }: { enrollment: Enrollment; onCancel: () => void }) {
  const { t } = useTranslation()
  const length = useContext(CodeLength)

  async function send(code: string): Promise<Line | null> {
    const answer = await enrollment.makeOffer('moveToNewPhone', { code })
    // The offer takes the place of this form.
    return answer?.ok ? null : lineFor(asLogin(answer), 'code', t)
  }
  return (
    <CodeForm
      why={t('enrollment.move.why')}
      label={t('enrollment.move.code')}
      what={t('enrollment.move.what')}
      otherwise={t('enrollment.move.lost')}
      go={t('enrollment.move.go')}
      length={length}
      least={length}
      about="move"
      send={send}
      // The offer takes the place of this form.
      answer={enrollment.answerForOffer}
      onAnswered={() => {}}
      onCancel={onCancel}
    />
  )
}

type Refused = Extract<Awaited<ReturnType<Enrollment['makeOffer']>>, { ok: false }>
const known = [
  'not-now',
  'wrong-code',
  'already-used',
  'throttled',
  'clock-wrong',
  'clock-closed',
  'phone-needed',
  'stale',
  'suspended',
] as const

/** What a login could say too has its words there. */
function asLogin(answer: Refused | null) {
  const reason = known.find((each) => each === answer?.reason)
  return answer && reason ? { ...answer, reason } : null
}
