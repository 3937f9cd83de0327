// Somebody's own way to a new phone: a code of the one they have now, then the offer for the new one.
import { type FormEvent, useContext, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { CodeField } from '../../ui/CodeField.tsx'
import { Said } from '../../ui/Said.tsx'
import { CodeLength } from '../state/codeLength.ts'
import { type Line, lineFor } from '../state/loginWords.ts'
import type { Enrollment } from '../state/useEnrollment.ts'

const quiet: Line = { tone: 'calm', text: '' }

export function MovePhone({ enrollment, onCancel }: { enrollment: Enrollment; onCancel: () => void }) {
  const { t } = useTranslation()
  const length = useContext(CodeLength)
  const [code, setCode] = useState('')
  const [line, setLine] = useState<Line>(quiet)
  const input = useRef<HTMLInputElement>(null)
  const inFlight = useRef(false)
  useEffect(() => input.current?.focus(), [])

  async function send(digits: string): Promise<void> {
    if (inFlight.current || digits.length < length) return
    inFlight.current = true
    setLine({ tone: 'busy', text: t('said.checking') })
    const answer = await enrollment.makeOffer('moveToNewPhone', { code: digits })
    inFlight.current = false
    // The offer takes the place of this form.
    if (answer?.ok) return
    setCode('')
    setLine(lineFor(asLogin(answer), 'code', t))
    input.current?.focus()
  }
  function type(digits: string): void {
    setCode(digits)
    if (digits.length === length && digits !== code) void send(digits)
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    void send(code)
  }

  return (
    <form onSubmit={submit} noValidate>
      <p>{t('enrollment.move.why')}</p>
      <CodeField label={t('enrollment.move.code')} value={code} length={length} onChange={type} inputRef={input} />
      <Said label={t('enrollment.move.what')} tone={line.tone} text={line.text} />
      <p>{t('enrollment.move.lost')}</p>
      <div className="actions">
        <Button className="button go" type="submit">
          {t('enrollment.move.go')}
        </Button>
        <Button className="button" onPress={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
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
  'suspended',
] as const

/** What a login could say too has its words there. */
function asLogin(answer: Refused | null) {
  const reason = known.find((each) => each === answer?.reason)
  return answer && reason ? { ...answer, reason } : null
}
