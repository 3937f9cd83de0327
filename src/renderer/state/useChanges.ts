// A change in Administration: where main wants a fresh code first, the change waits for it and then goes again.
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Answer {
  readonly ok: boolean
  readonly reason?: string
}
/** Refusals that have words of their own. */
const known = [
  'not-allowed',
  'no-such-person',
  'staff-id-taken',
  'last-administrator',
  'locks-out-administrators',
  'has-left',
  'of-hub',
  'no-such-credential',
  'no-such-alert',
  'has-newer',
  'busy',
  'needs-review',
  'not-now',
  'codes-gone',
  'not-recorded',
  'no-such-use',
  'has-problems',
  'person-inactive',
  'not-for-them',
  'by-policy',
  'no-such-ticket',
  'no-such-token',
  'not-written',
  'no-such-offer',
  'reason-needed',
  'phones-full',
  'policy-problems',
  'policy-moved-on',
  'nothing-changed',
  'bad-logo',
  'no-phone-page',
  'low-contrast',
  'not-a-link',
  'joined-before',
  'unreachable',
  'join-refused',
  'already-joined',
  'bad-answer',
] as const

/** @param quiet refusals that need no words: somebody changed their mind. */
export function useChanges(quiet: readonly string[] = []) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [waiting, setWaiting] = useState<'fresh-code' | 'second' | false>(false)
  const again = useRef<(() => Promise<void>) | null>(null)

  /** Calls `done` with an answer that is good; anything else is said. */
  async function change<R extends Answer>(
    call: () => Promise<R | null>,
    done: (answer: Extract<R, { ok: true }>) => void,
  ): Promise<void> {
    setReason('')
    const answer = await call()
    if (answer?.ok) {
      setWaiting(false)
      again.current = null
      return done(answer as Extract<R, { ok: true }>)
    }
    if (answer?.reason === 'step-up-needed' || answer?.reason === 'second-needed') {
      again.current = () => change(call, done)
      return setWaiting(answer.reason === 'second-needed' ? 'second' : 'fresh-code')
    }
    setWaiting(false)
    setReason(answer && quiet.includes(answer.reason ?? '') ? '' : (answer?.reason ?? 'unknown'))
  }

  const word = known.find((one) => one === reason)
  return {
    change,
    said: reason === '' ? '' : word ? t(`administration.refused.${word}`) : t('didNotWork'),
    waiting,
    goOn: async () => {
      await again.current?.()
    },
    giveUp: () => {
      again.current = null
      setWaiting(false)
    },
  }
}
export type Changes = ReturnType<typeof useChanges>
