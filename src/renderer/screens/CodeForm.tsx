// One form for every code that approves something in a session: one's own, or somebody else's with their staff ID.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { CodeField } from '../../ui/CodeField.tsx'
import { Field } from '../../ui/Field.tsx'
import { Said } from '../../ui/Said.tsx'
import type { Line } from '../state/loginWords.ts'

interface CodeFormProps {
  heading?: string
  why: string
  /** Asks for a staff ID too, by this label. */
  staffIdLabel?: string
  label: string
  /** What the line that says what happened is called. */
  what: string
  /** Below the line: what to do without such a code. */
  otherwise?: string
  go: string
  /** Digits after which the code goes by itself, and the fewest that may go by the button. */
  length: number
  least: number
  /** @returns what to say of a refusal; null where the code was taken and the form is over. */
  send: (code: string, staffId: string) => Promise<Line | null>
  onCancel: () => void
}
const quiet: Line = { tone: 'calm', text: '' }

export function CodeForm(props: CodeFormProps) {
  const { heading, why, staffIdLabel, label, what, otherwise, go, length, least, onCancel } = props
  const { t } = useTranslation()
  const [staffId, setStaffId] = useState('')
  const [code, setCode] = useState('')
  const [line, setLine] = useState<Line>(quiet)
  const person = useRef<HTMLInputElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const inFlight = useRef(false)
  useEffect(() => (person.current ?? input.current)?.focus(), [])

  async function send(digits: string): Promise<void> {
    const lacks = digits.length < least || (staffIdLabel !== undefined && staffId.trim() === '')
    if (inFlight.current || lacks) return
    inFlight.current = true
    setLine({ tone: 'busy', text: t('said.checking') })
    const refusal = await props.send(digits, staffId)
    inFlight.current = false
    setCode('')
    if (refusal === null) return
    setLine(refusal)
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
    <form className={heading ? 'panel step-up' : 'step-up'} onSubmit={submit} noValidate>
      {heading && <h3>{heading}</h3>}
      <p>{why}</p>
      {staffIdLabel && <Field label={staffIdLabel} value={staffId} onChange={setStaffId} inputRef={person} />}
      <CodeField label={label} value={code} length={length} onChange={type} inputRef={input} />
      <Said label={what} tone={line.tone} text={line.text} />
      {otherwise && <p>{otherwise}</p>}
      <div className="actions">
        <Button className="button go" type="submit">
          {go}
        </Button>
        <Button className="button" onPress={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
