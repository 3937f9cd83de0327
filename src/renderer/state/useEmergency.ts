// An emergency access being typed: what is missing, what is sent, what is said about it. Main has the last word.
import type { TFunction } from 'i18next'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EmergencyAnswer } from '../../contracts/commands/emergency.ts'
import { emergencyCodeLength } from '../../core/emergency-code.ts'
import { ask } from './bridge.ts'
import { type Line, waitWords } from './loginWords.ts'

type Part = 'code' | 'name' | 'reason'
const parts: readonly Part[] = ['code', 'name', 'reason']
const shortestReason = 10
const quiet: Line = { tone: 'calm', text: '' }

const isThere: Record<Part, (text: string) => boolean> = {
  code: (text) => text.replace(/[\s-]/g, '').length === emergencyCodeLength,
  name: (text) => text.trim() !== '',
  reason: (text) => text.trim().length >= shortestReason,
}

export function useEmergency() {
  const { t } = useTranslation()
  const [typed, setTyped] = useState({ code: '', name: '', reason: '' })
  const [missing, setMissing] = useState<readonly Part[]>([])
  const [line, setLine] = useState<Line>(quiet)
  const [pending, setPending] = useState(false)
  const inFlight = useRef(false)

  /** Opens, or answers with the field to look at first. */
  async function send(): Promise<Part | null> {
    if (inFlight.current) return null
    const lacking = parts.filter((part) => !isThere[part](typed[part]))
    setMissing(lacking)
    setLine(quiet)
    if (lacking[0]) return lacking[0]
    inFlight.current = true
    setPending(true)
    setLine({ tone: 'busy', text: t('said.checking') })
    const answer = await ask('openEmergency', typed)
    inFlight.current = false
    setPending(false)
    setLine(lineFor(answer, t))
    return answer?.ok ? null : 'code'
  }

  return {
    typed,
    type: (part: Part, value: string) =>
      setTyped((before) => ({ ...before, [part]: part === 'code' ? value.toUpperCase() : value })),
    missing,
    line,
    pending,
    send,
  }
}

function lineFor(answer: EmergencyAnswer | null, t: TFunction): Line {
  if (answer === null) return { tone: 'look', text: t('didNotWork') }
  if (answer.ok) return quiet
  if (answer.reason === 'throttled') return { tone: 'stop', text: waitWords(answer.waitMs, t) }
  const stops = answer.reason === 'not-allowed' || answer.reason === 'not-recorded'
  return { tone: stops ? 'stop' : 'look', text: t(`emergency.said.${answer.reason}`) }
}
