// A PIN being chosen, typed twice: what is wrong with it is said before and after it is sent.
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contracts/ipc.ts'
import { type Line, lineFor } from './loginWords.ts'

export interface TwicePin {
  readonly pin: string
  readonly again: string
}
type Answer = Output<'setNewPin'> | Output<'changeOwnPin'>
const quiet: Line = { tone: 'calm', text: '' }
const digitsOf = (typed: string): string => typed.replace(/\D/g, '').slice(0, 12)

/** @param send resolves to what main says; null where the call failed. */
export function useNewPin(send: (twice: TwicePin) => Promise<Answer | null>) {
  const { t } = useTranslation()
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [line, setLine] = useState<Line>(quiet)
  const [pending, setPending] = useState(false)
  const inFlight = useRef(false)

  function wordsFor(answer: Answer | null): Line {
    if (answer === null) return lineFor(null, 'pin', t)
    if (answer.ok) return quiet
    switch (answer.reason) {
      case 'wrong-length':
      case 'common':
      case 'repeated':
      case 'sequence':
      case 'date':
      case 'staff-id':
      case 'not-same':
        return { tone: 'look', text: t(`ways.problem.${answer.reason}`) }
      case 'not-allowed':
      case 'second-needed':
        return { tone: 'look', text: t('notNow') }
      case 'step-up-needed':
        return quiet
      default:
        return lineFor({ ...answer, reason: answer.reason }, 'pin', t)
    }
  }

  async function submit(): Promise<void> {
    if (inFlight.current) return
    if (pin !== again) return setLine({ tone: 'look', text: t('ways.problem.not-same') })
    inFlight.current = true
    setPending(true)
    setLine({ tone: 'busy', text: t('said.checking') })
    const answer = await send({ pin, again })
    inFlight.current = false
    setPending(false)
    setLine(wordsFor(answer))
    if (answer === null || answer.ok) return
    // Typed anew as a whole: nobody sees which digit of the two went wrong.
    if (answer.reason !== 'step-up-needed') {
      setPin('')
      setAgain('')
    }
  }

  return {
    pin,
    again,
    setPin: (typed: string) => setPin(digitsOf(typed)),
    setAgain: (typed: string) => setAgain(digitsOf(typed)),
    line,
    pending,
    submit,
  }
}
export type NewPinState = ReturnType<typeof useNewPin>
