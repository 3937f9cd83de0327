// Turns an answer to a login into the line under the code.
import type { TFunction } from 'i18next'
import type { LoginAnswer, PhoneAnswerAnswer } from '../../contracts/commands/login.ts'
import type { Tone } from '../../ui/Said.tsx'

export interface Line {
  tone: Tone
  text: string
}
export type Way = 'code' | 'pin' | 'recovery' | 'ticket' | 'answer'

export function waitWords(waitMs: number | undefined, t: TFunction): string {
  const seconds = Math.max(1, Math.ceil((waitMs ?? 1000) / 1000))
  return seconds < 60
    ? t('said.throttledSeconds', { count: seconds })
    : t('said.throttledMinutes', { count: Math.ceil(seconds / 60) })
}

export function lineFor(answer: LoginAnswer | PhoneAnswerAnswer | null, way: Way, t: TFunction): Line {
  if (answer === null) return { tone: 'look', text: t('didNotWork') }
  if (answer.ok) return { tone: 'in', text: t('said.ok', { name: answer.displayName }) }
  switch (answer.reason) {
    case 'throttled':
      return { tone: 'stop', text: waitWords(answer.waitMs, t) }
    case 'wrong-code':
      return { tone: 'look', text: wrongWords(way, t) }
    case 'clock-wrong':
    case 'stale':
    case 'clock-closed':
    case 'suspended':
    case 'people-unconfirmed':
    case 'phone-needed':
      return { tone: 'stop', text: t(`said.${answer.reason}`) }
    case 'pin-needed':
    case 'new-pin-needed':
      return { tone: 'calm', text: t(`ways.${answer.reason}`) }
    case 'already-used':
      return { tone: 'look', text: t(way === 'answer' ? 'scan.said.already-used' : 'said.already-used') }
    case 'not-now':
      return { tone: 'look', text: t('said.not-now') }
    case 'phone-closed':
    case 'not-approved':
      return { tone: 'stop', text: t(`scan.said.${answer.reason}`) }
    case 'challenge-over':
    case 'wrong-or-over':
    case 'id-needed':
    case 'form-refused':
    case 'verification-needed':
    case 'location-needed':
    case 'not-an-answer':
    case 'other-station':
    case 'bad-answer':
      return { tone: 'look', text: t(`scan.said.${answer.reason}`) }
  }
}

function wrongWords(way: Way, t: TFunction): string {
  switch (way) {
    case 'code':
      return t('said.wrong-code')
    case 'recovery':
      return t('said.wrong-recovery')
    case 'pin':
      return t('ways.wrongPin')
    case 'ticket':
      return t('ways.wrongTicket')
    case 'answer':
      return t('scan.said.wrong-code')
  }
}
