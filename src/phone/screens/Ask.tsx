// Which workstation asks and what for, and one deliberate approval; then its answer.
import { Fingerprint, Smartphone } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChallengePurpose } from '../../core/challenge.ts'
import type { Decision, PhonePlace } from '../../core/phone-answer.ts'
import { deviceName } from '../address.ts'
import { type Answer, answerChallenge } from '../answer.ts'
import { looksOld } from '../clock.ts'
import { prepareToSend } from '../hub.ts'
import type { Binding } from '../keys/store.ts'
import { currentPlace } from '../place.ts'
import { Answered } from './Answered.tsx'
import { Frame } from './Frame.tsx'
import { nameOf, placeOf } from './Home.tsx'
import { useArmed } from './useArmed.ts'

/** What the answer would do, in words: whoever holds somebody else's code up sees that it is another question. */
const questions = {
  unlock: 'ask.question',
  'step-up': 'ask.stepUp',
  second: 'ask.second',
  move: 'ask.move',
} as const

interface AskProps {
  binding: Binding
  /** The workstation's agreement key, where the phone was not bound there. */
  away: Uint8Array | null
  /** Its 29 bytes, whose first says the purpose. */
  challenge: Uint8Array
  purpose: ChallengePurpose
  /** By the page's own clock, which no wrong clock of the phone's moves. */
  scannedAtMs: number
  onScan: () => void
  onDone: () => void
}

export function Ask({ binding, away, challenge, purpose, scannedAtMs, onScan, onDone }: AskProps) {
  const { t } = useTranslation()
  const [state, setState] = useState<'asking' | 'working' | 'refused' | 'failed'>('asking')
  const [answered, setAnswered] = useState<{ readonly answer: Answer; readonly decision: Decision } | null>(null)

  const armed = useArmed()
  const [old] = useState(() => looksOld(challenge, Date.now()))
  // Looked up while the person reads: a passkey is only asked soon after a press.
  const place = useRef<Promise<PhonePlace | null>>(Promise.resolve(null))
  useEffect(() => {
    if (binding.keys.signing) place.current = currentPlace()
    prepareToSend(binding)
  }, [binding])

  async function decide(decision: Decision, verify: boolean): Promise<void> {
    setState('working')
    try {
      const wish = { decision, verify, device: deviceName(), place: await place.current }
      setAnswered({ decision, answer: await answerChallenge(binding, challenge, wish, away) })
    } catch {
      // No is no, even where nobody could sign it.
      if (decision !== 'approved') setAnswered({ decision, answer: { digits: null, signed: null, verified: false } })
      else setState(binding.passkey && (verify || binding.keys.sealed) ? 'refused' : 'failed')
    }
  }

  if (answered)
    return (
      <Answered
        {...answered}
        binding={binding}
        scannedAtMs={scannedAtMs}
        onNotMine={() => void decide('not-mine', false)}
        onScan={onScan}
        onDone={onDone}
      />
    )
  const busy = state === 'working'
  const words = { asking: '', working: t('ask.working'), refused: t('ask.refused'), failed: t('problem.failed') }
  const { passkey, personName } = binding
  return (
    <Frame
      head={t('name')}
      actions={
        <>
          <p className="said" role="status">
            {words[state]}
          </p>
          <button type="button" className="yes" disabled={busy || !armed} onClick={() => void decide('approved', true)}>
            {t(purpose === 'unlock' ? 'ask.yes' : 'ask.approve')}
          </button>
          {state === 'refused' && !binding.keys.sealed && (
            <button type="button" className="no" onClick={() => void decide('approved', false)}>
              {t('ask.without')}
            </button>
          )}
          <button type="button" className="no" disabled={busy} onClick={() => void decide('denied', false)}>
            {t('ask.no')}
          </button>
          <button type="button" className="quiet" disabled={busy} onClick={() => void decide('not-mine', false)}>
            {t('ask.notMine')}
          </button>
        </>
      }
    >
      <p className="ask">{t(questions[purpose])}</p>
      <h1 className="where" dir="auto">
        {nameOf(binding, t('home.unnamed'))}
      </h1>
      <p className="at" dir="auto">
        {placeOf(binding, t)}
      </p>
      {old && <p className="look">{t('ask.old')}</p>}
      <div className="me">
        <span className="face" aria-hidden="true">
          {passkey ? <Fingerprint /> : <Smartphone />}
        </span>
        <span>
          <b dir="auto">{personName}</b>
          <small>{t(passkey ? 'ask.verified' : 'ask.bound')}</small>
        </span>
      </div>
    </Frame>
  )
}
