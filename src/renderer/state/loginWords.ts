// Turns an answer to a login into the line under the code.
import type { TFunction } from 'i18next'
import type { LoginAnswer } from '../../contracts/commands/login.ts'
import type { Tone } from '../../ui/Said.tsx'

export interface Line {
  tone: Tone
  text: string
}
export type Way = 'code' | 'recovery'

export function lineFor(answer: LoginAnswer | null, way: Way, t: TFunction): Line {
  if (answer === null) return { tone: 'look', text: t('didNotWork') }
  if (answer.ok) return { tone: 'in', text: t('said.ok', { name: answer.displayName }) }
  switch (answer.reason) {
    case 'throttled': {
      const seconds = Math.max(1, Math.ceil((answer.waitMs ?? 1000) / 1000))
      const text =
        seconds < 60
          ? t('said.throttledSeconds', { count: seconds })
          : t('said.throttledMinutes', { count: Math.ceil(seconds / 60) })
      return { tone: 'stop', text }
    }
    case 'wrong-code':
      return { tone: 'look', text: t(way === 'code' ? 'said.wrong-code' : 'said.wrong-recovery') }
    case 'clock-wrong':
    case 'clock-closed':
    case 'suspended':
    case 'people-unconfirmed':
      return { tone: 'stop', text: t(`said.${answer.reason}`) }
    case 'already-used':
    case 'not-now':
      return { tone: 'look', text: t(`said.${answer.reason}`) }
  }
}
