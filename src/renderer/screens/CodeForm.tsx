// One form for everything that approves something in a session: a code, or a phone's answer, of one's own or of somebody else.
import { type FormEvent, useContext, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { QuestionAbout } from '../../contracts/screen.ts'
import { CodeField } from '../../ui/CodeField.tsx'
import { Field } from '../../ui/Field.tsx'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import type { Line } from '../state/loginWords.ts'
import { lineForQuestion, Question, type QuestionAnswer } from '../state/questions.ts'
import { answerLength } from '../state/useLogin.ts'
import { AskPhone } from './AskPhone.tsx'

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
  /** What a bound phone is asked instead. */
  about: QuestionAbout
  /** @returns what to say of a refusal; null where the code was taken and the form is over. */
  send: (code: string, staffId: string) => Promise<Line | null>
  /** Hands over what a phone answered; plainly, where nothing comes of it that has to be kept. */
  answer?: (by: PhoneAnswer) => Promise<QuestionAnswer | null>
  /** A phone's answer was taken. */
  onAnswered: () => Promise<void> | void
  onCancel: () => void
}
export type PhoneAnswer =
  | { readonly staffId: string | null; readonly digits: string }
  /** As the camera read it. */
  | { readonly text: string }

const quiet: Line = { tone: 'calm', text: '' }
const plainly = (by: PhoneAnswer): Promise<QuestionAnswer | null> =>
  'text' in by ? ask('showAnswerToQuestion', by) : ask('answerQuestion', by)

export function CodeForm(props: CodeFormProps) {
  const { heading, why, staffIdLabel, label, what, otherwise, go, length, least, about, onCancel } = props
  const { t } = useTranslation()
  const asked = useContext(Question)
  const question = asked?.about === about ? asked : null
  const takesCode = question?.takesCode ?? true
  const [staffId, setStaffId] = useState('')
  const [code, setCode] = useState('')
  const [digits, setDigits] = useState('')
  const [looking, setLooking] = useState(false)
  const [line, setLine] = useState<Line>(quiet)
  const person = useRef<HTMLInputElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const phone = useRef<HTMLInputElement>(null)
  const inFlight = useRef(false)
  useEffect(() => (person.current ?? input.current)?.focus(), [])
  useEffect(() => {
    void ask('showQuestion', { about })
    return () => void ask('hideQuestion', {})
  }, [about])
  useEffect(() => {
    // What was the first field is not there where only a phone counts.
    if (!takesCode && !person.current) phone.current?.focus()
  }, [takesCode])

  async function handOver(work: () => Promise<Line | null>): Promise<boolean> {
    if (inFlight.current) return false
    inFlight.current = true
    setLine({ tone: 'busy', text: t('said.checking') })
    const refusal = await work()
    inFlight.current = false
    setCode('')
    setDigits('')
    if (refusal) setLine(refusal)
    return refusal !== null
  }
  async function send(typed: string): Promise<void> {
    const lacks = typed.length < least || (staffIdLabel !== undefined && staffId.trim() === '')
    if (!lacks && (await handOver(() => props.send(typed, staffId)))) input.current?.focus()
  }
  const answer = (by: PhoneAnswer) =>
    handOver(async () => {
      const given = await (props.answer ?? plainly)(by)
      const refusal = lineForQuestion(given, about, t)
      if (!refusal) await props.onAnswered()
      return refusal
    })
  async function sendDigits(typed: string): Promise<void> {
    const who = staffIdLabel === undefined ? null : staffId.trim()
    if (typed.length < answerLength || who === '') return
    if (await answer({ staffId: who, digits: typed })) phone.current?.focus()
  }
  function type(next: string): void {
    setCode(next)
    if (next.length === length && next !== code) void send(next)
  }
  function typeDigits(next: string): void {
    setDigits(next)
    if (next.length === answerLength && next !== digits) void sendDigits(next)
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    void (digits === '' ? send(code) : sendDigits(digits))
  }

  return (
    <form className={heading ? 'panel step-up' : 'step-up'} onSubmit={submit} noValidate>
      {heading && <h3>{heading}</h3>}
      <p>{why}</p>
      {staffIdLabel && <Field label={staffIdLabel} value={staffId} onChange={setStaffId} inputRef={person} />}
      {takesCode && <CodeField label={label} value={code} length={length} onChange={type} inputRef={input} />}
      {question && (
        <AskPhone
          question={question}
          digits={digits}
          onDigits={typeDigits}
          inputRef={phone}
          looking={looking}
          onLook={setLooking}
          onRead={(text) => void answer({ text })}
        />
      )}
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
