// A login being typed: what is sent when, and what is said about it. One call at a time, the same digits once.
import type { TFunction } from 'i18next'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LoginAnswer, PhoneAnswerAnswer } from '../../contracts/commands/login.ts'
import type { Output } from '../../contracts/ipc.ts'
import { shortestCode } from '../../ui/CodeField.tsx'
import { ask } from './bridge.ts'
import { checkStaffId } from './check.ts'
import { type Line, lineFor } from './loginWords.ts'
import type { Enrollment } from './useEnrollment.ts'

/** Said anew at each drawing: the language may change while it stands. */
type Saying = (t: TFunction) => Line
export type TypedWay = 'code' | 'recovery' | 'ticket' | 'answer'
/** Digits of a phone's answer. */
export const answerLength = 8
const quiet: Saying = () => ({ tone: 'calm', text: '' })

/** @param onIdNeeded a phone's answer waits for the staff ID; its digits are kept. */
export function useLogin(codeLength: number, enrollment: Enrollment, onIdNeeded: () => void) {
  const { t } = useTranslation()
  const [staffId, setStaffId] = useState('')
  const [code, setCode] = useState('')
  /** A recovery code or a ticket, which look alike. */
  const [long, setLong] = useState('')
  const [answer, setAnswer] = useState('')
  const [saying, setSaying] = useState<Saying>(() => quiet)
  const [pending, setPending] = useState(false)
  const inFlight = useRef(false)
  const lastSent = useRef({ what: '', againAfter: Number.POSITIVE_INFINITY })

  const say = (next: Saying) => setSaying(() => next)

  function clear(way: TypedWay): void {
    if (way === 'code') setCode('')
    else if (way === 'answer') setAnswer('')
    else setLong('')
  }

  function call(
    way: TypedWay,
    who: string,
    value: string,
  ): Promise<Output<'submitTicket'> | LoginAnswer | PhoneAnswerAnswer | null> {
    const input = { staffId: who, code: value }
    switch (way) {
      case 'code':
        return ask('submitCode', input)
      case 'answer':
        return ask('submitAnswer', { staffId: who === '' ? null : who, digits: value })
      case 'recovery':
        return ask('submitRecoveryCode', input)
      case 'ticket':
        // It may lead to an offer, whose secret is held as any other's.
        return enrollment.makeOffer('submitTicket', input)
    }
  }

  /** What is wrong with it before anybody is asked; null where nothing is. */
  function complaint(way: TypedWay, who: string, value: string): Saying | null {
    const look = (text: (t: TFunction) => string): Saying => {
      return (t) => ({ tone: 'look', text: text(t) })
    }
    if (who === '' && way !== 'answer') return look((t) => t('said.staffIdFirst'))
    const wrong = who === '' ? null : checkStaffId(who)
    if (wrong) return look((t) => t(wrong.key, { count: wrong.count }))
    if (way === 'answer') return value.length === answerLength ? null : look((t) => t('scan.shortAnswer'))
    if (way === 'code') return value.length >= shortestCode ? null : look((t) => t('said.short', { count: codeLength }))
    if (value.length === 16) return null
    return look((t) => t(way === 'ticket' ? 'ways.shortTicket' : 'said.shortRecovery'))
  }

  async function send(way: TypedWay, typed: string): Promise<void> {
    const who = staffId.trim()
    const value = typed.replace(/[\s-]/g, '')
    if (inFlight.current || value === '') return
    const wrong = complaint(way, who, value)
    if (wrong) return say(wrong)
    const what = `${way} ${who.toUpperCase()} ${value.toUpperCase()}`
    if (what === lastSent.current.what && Date.now() < lastSent.current.againAfter) {
      // The same attempt: its answer still stands, and the field is free for the next code.
      clear(way)
      return
    }
    lastSent.current = { what, againAfter: Number.POSITIVE_INFINITY }
    const given = await asked(way, () => call(way, who, value))
    if (given?.ok && 'secret' in given) return clear(way)
    lastSent.current.againAfter = notTried(given)
    if (given?.ok === false && given.reason === 'id-needed') {
      // The answer is as good with the ID beside it.
      setCode('')
      setAnswer(value)
      onIdNeeded()
    } else if (given !== null) clear(way)
  }

  /** One call at a time, and what it says. */
  async function asked<A extends LoginAnswer | PhoneAnswerAnswer | Output<'submitTicket'>>(
    way: TypedWay,
    work: () => Promise<A | null>,
  ): Promise<A | null> {
    inFlight.current = true
    setPending(true)
    say((t) => ({ tone: 'busy', text: t('said.checking') }))
    const given = await work()
    inFlight.current = false
    setPending(false)
    if (!given?.ok || 'displayName' in given) say((t) => lineFor(given, way, t))
    return given
  }

  /** What the camera read off a phone. */
  async function show(text: string): Promise<void> {
    if (!inFlight.current) await asked('answer', () => ask('submitShownAnswer', { text }))
  }

  function typeCode(digits: string): void {
    setCode(digits)
    if (digits === code) return
    // Complete by itself only when this keystroke made it so; with nobody named it is a phone's answer.
    const named = staffId.trim() !== ''
    if (named && digits.length === codeLength) void send('code', digits)
    if (!named && digits.length === answerLength) void send('answer', digits)
  }
  function typeAnswer(digits: string): void {
    setAnswer(digits)
    if (digits.length === answerLength && digits !== answer && staffId.trim() !== '') void send('answer', digits)
  }
  function sendTyped(way: TypedWay): Promise<void> {
    if (way === 'answer') return send('answer', answer)
    if (way !== 'code') return send(way, long)
    const isAnswer = staffId.trim() === '' && code.length === answerLength
    return send(isAnswer ? 'answer' : 'code', code)
  }

  return {
    staffId,
    setStaffId,
    code,
    typeCode,
    long,
    setLong,
    answer,
    typeAnswer,
    show,
    clearAll: () => {
      setStaffId('')
      setCode('')
      setLong('')
      setAnswer('')
      say(quiet)
    },
    line: saying(t),
    pending,
    send: sendTyped,
  }
}

/** When the same digits may go again: main did not look at them, because it was not its moment yet. */
function notTried(answer: LoginAnswer | PhoneAnswerAnswer | null): number {
  if (answer === null) return 0
  if (answer.ok) return Number.POSITIVE_INFINITY
  if (answer.reason === 'not-now' || answer.reason === 'id-needed') return 0
  return answer.reason === 'throttled' ? Date.now() + (answer.waitMs ?? 0) : Number.POSITIVE_INFINITY
}
