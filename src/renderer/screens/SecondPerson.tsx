// Asks a second person for their staff ID and code, where policy wants two for what somebody is about to change.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { CodeField } from '../../ui/CodeField.tsx'
import { Field } from '../../ui/Field.tsx'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { type Line, lineFor } from '../state/loginWords.ts'
import type { Changes } from '../state/useChanges.ts'

const length = 6
const quiet: Line = { tone: 'calm', text: '' }

export function SecondPerson({ changes }: { changes: Changes }) {
  const { t } = useTranslation()
  const [staffId, setStaffId] = useState('')
  const [code, setCode] = useState('')
  const [line, setLine] = useState<Line>(quiet)
  const first = useRef<HTMLInputElement>(null)
  const inFlight = useRef(false)
  useEffect(() => first.current?.focus(), [])

  async function send(digits: string): Promise<void> {
    if (inFlight.current || digits.length < length || staffId.trim() === '') return
    inFlight.current = true
    setLine({ tone: 'busy', text: t('said.checking') })
    const answer = await ask('approveAsSecond', { staffId, code: digits })
    inFlight.current = false
    setCode('')
    if (answer?.ok) return changes.goOn()
    if (answer?.reason === 'not-allowed') setLine({ tone: 'look', text: t('enrollment.second.notAllowed') })
    else setLine(lineFor(answer, 'code', t))
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
    <form className="panel step-up" onSubmit={submit} noValidate>
      <h3>{t('enrollment.second.heading')}</h3>
      <p>{t('enrollment.second.why')}</p>
      <Field label={t('enrollment.second.staffId')} value={staffId} onChange={setStaffId} inputRef={first} />
      <CodeField label={t('enrollment.second.code')} value={code} length={length} onChange={type} />
      <Said label={t('lock.what')} tone={line.tone} text={line.text} />
      <div className="actions">
        <Button className="button go" type="submit">
          {t('enrollment.second.go')}
        </Button>
        <Button className="button" onPress={changes.giveUp}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
