// Which workstation asks, and one deliberate approval; then its answer.
import { Fingerprint, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Decision } from '../../core/phone-answer.ts'
import { deviceName } from '../address.ts'
import { type Answer, answerChallenge } from '../answer.ts'
import type { Binding } from '../keys/store.ts'
import { currentPlace } from '../place.ts'
import { Answered } from './Answered.tsx'
import { Frame } from './Frame.tsx'
import { nameOf } from './Home.tsx'

interface AskProps {
  binding: Binding
  /** The 29 bytes of the login QR code. */
  challenge: Uint8Array
  /** By the page's own clock, which no wrong clock of the phone's moves. */
  scannedAtMs: number
  onDone: () => void
}

export function Ask({ binding, challenge, scannedAtMs, onDone }: AskProps) {
  const { t } = useTranslation()
  const [state, setState] = useState<'asking' | 'working' | 'refused' | 'failed'>('asking')
  const [answered, setAnswered] = useState<{ readonly answer: Answer; readonly decision: Decision } | null>(null)

  async function decide(decision: Decision, verify: boolean): Promise<void> {
    setState('working')
    try {
      const place = binding.signingKey ? await currentPlace() : null
      const wish = { decision, verify, device: deviceName(), place }
      setAnswered({ decision, answer: await answerChallenge(binding, challenge, wish) })
    } catch {
      setState(verify && binding.passkey ? 'refused' : 'failed')
    }
  }

  if (answered) return <Answered {...answered} binding={binding} scannedAtMs={scannedAtMs} onDone={onDone} />
  const busy = state === 'working'
  const words = { asking: '', working: t('ask.working'), refused: t('ask.refused'), failed: t('problem.failed') }
  const { passkey, personName, location } = binding
  return (
    <Frame
      head={t('name')}
      actions={
        <>
          <p className="said" role="status">
            {words[state]}
          </p>
          <button type="button" className="yes" disabled={busy} onClick={() => void decide('approved', true)}>
            {t('ask.yes')}
          </button>
          {state === 'refused' && (
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
      <p className="ask">{t('ask.question')}</p>
      <h1 className="where">{nameOf(binding, t('home.unnamed'))}</h1>
      <p className="at">{location}</p>
      <div className="me">
        <span className="face" aria-hidden="true">
          {passkey ? <Fingerprint /> : <Smartphone />}
        </span>
        <span>
          <b>{personName}</b>
          <small>{t(passkey ? 'ask.verified' : 'ask.bound')}</small>
        </span>
      </div>
    </Frame>
  )
}
