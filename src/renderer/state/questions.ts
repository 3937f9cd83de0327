// What a phone is asked in a session: where the screen's question is found, and what is said of an answer to it.
import type { TFunction } from 'i18next'
import { createContext } from 'react'
import type { Output } from '../../contracts/ipc.ts'
import type { QuestionAbout, QuestionView } from '../../contracts/screen.ts'
import { type Line, lineFor } from './loginWords.ts'

/** null where no phone is asked anything. */
export const Question = createContext<QuestionView | null>(null)

export type QuestionAnswer = Output<'answerQuestion'>

/** null where it was taken. */
export function lineForQuestion(answer: QuestionAnswer | null, about: QuestionAbout, t: TFunction): Line | null {
  if (answer === null) return lineFor(null, 'answer', t)
  if (answer.ok) return null
  switch (answer.reason) {
    case 'not-allowed':
      return { tone: 'look', text: t(`scan.ask.notAllowed.${about}`) }
    case 'not-approved':
      return { tone: 'stop', text: t('scan.ask.notApproved') }
    case 'no-such-person':
    case 'staff-id-taken':
    case 'no-phone-page':
      return lineFor(null, 'answer', t)
    default:
      return lineFor({ ...answer, reason: answer.reason }, 'answer', t)
  }
}
