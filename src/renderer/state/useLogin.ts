// A login being typed: what is sent when, and what is said about it. One call at a time, the same digits once.
import type { TFunction } from 'i18next'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LoginAnswer } from '../../contracts/commands/login.ts'
import type { Output } from '../../contracts/ipc.ts'
import { shortestCode } from '../../ui/CodeField.tsx'
import { ask } from './bridge.ts'
import { checkStaffId } from './check.ts'
import { type Line, lineFor } from './loginWords.ts'
import type { Enrollment } from './useEnrollment.ts'

/** Said anew at each drawing: the language may change while it stands. */
type Saying = (t: TFunction) => Line
export type TypedWay = 'code' | 'recovery' | 'ticket'
const quiet: Saying = () => ({ tone: 'calm', text: '' })

export function useLogin(codeLength: number, enrollment: Enrollment) {
  const { t } = useTranslation()
  const [staffId, setStaffId] = useState('')
  const [code, setCode] = useState('')
  /** A recovery code or a ticket, which look alike. */
  const [long, setLong] = useState('')
  const [saying, setSaying] = useState<Saying>(() => quiet)
  const [pending, setPending] = useState(false)
  const inFlight = useRef(false)
  const lastSent = useRef({ what: '', againAfter: Number.POSITIVE_INFINITY })

  const say = (next: Saying) => setSaying(() => next)

  function clear(way: TypedWay): void {
    if (way === 'code') setCode('')
    else setLong('')
  }

  function call(way: TypedWay, who: string, value: string): Promise<Output<'submitTicket'> | LoginAnswer | null> {
    const input = { staffId: who, code: value }
    switch (way) {
      case 'code':
        return ask('submitCode', input)
      case 'recovery':
        return ask('submitRecoveryCode', input)
      case 'ticket':
        // It may lead to an offer, whose secret is held as any other's.
        return enrollment.makeOffer('submitTicket', input)
    }
  }

  async function send(way: TypedWay, typed: string): Promise<void> {
    const who = staffId.trim()
    const value = typed.replace(/[\s-]/g, '')
    if (inFlight.current || value === '') return
    if (who === '') return say((t) => ({ tone: 'look', text: t('said.staffIdFirst') }))
    const wrong = checkStaffId(who)
    if (wrong) return say((t) => ({ tone: 'look', text: t(wrong.key, { count: wrong.count }) }))
    if (way === 'code' && value.length < shortestCode)
      return say((t) => ({ tone: 'look', text: t('said.short', { count: codeLength }) }))
    if (way !== 'code' && value.length !== 16)
      return say((t) => ({ tone: 'look', text: t(way === 'ticket' ? 'ways.shortTicket' : 'said.shortRecovery') }))
    const what = `${way} ${who.toUpperCase()} ${value.toUpperCase()}`
    if (what === lastSent.current.what && Date.now() < lastSent.current.againAfter) {
      // The same attempt: its answer still stands, and the field is free for the next code.
      clear(way)
      return
    }
    lastSent.current = { what, againAfter: Number.POSITIVE_INFINITY }
    inFlight.current = true
    setPending(true)
    say((t) => ({ tone: 'busy', text: t('said.checking') }))
    const answer = await call(way, who, value)
    inFlight.current = false
    setPending(false)
    if (answer?.ok && 'secret' in answer) return clear(way)
    lastSent.current.againAfter = notTried(answer)
    say((t) => lineFor(answer, way, t))
    if (answer !== null) clear(way)
  }

  function typeCode(digits: string): void {
    setCode(digits)
    // Complete by itself only when this keystroke made it so.
    if (digits.length === codeLength && digits !== code && staffId.trim() !== '') void send('code', digits)
  }

  return {
    staffId,
    setStaffId,
    code,
    typeCode,
    long,
    setLong,
    clearAll: () => {
      setStaffId('')
      setCode('')
      setLong('')
      say(quiet)
    },
    line: saying(t),
    pending,
    send: (way: TypedWay) => send(way, way === 'code' ? code : long),
  }
}

/** When the same digits may go again: main did not look at them, because it was not its moment yet. */
function notTried(answer: LoginAnswer | null): number {
  if (answer === null) return 0
  if (answer.ok) return Number.POSITIVE_INFINITY
  if (answer.reason === 'not-now') return 0
  return answer.reason === 'throttled' ? Date.now() + (answer.waitMs ?? 0) : Number.POSITIVE_INFINITY
}
