// The answer: digits to type with the time they are good for, or a code for the station's camera; and what a no says.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { challengeRule } from '../../core/challenge.ts'
import type { Decision } from '../../core/phone-answer.ts'
import { QrImage } from '../../ui/QrImage.tsx'
import { type Answer, shownAnswer } from '../answer.ts'
import { sendAnswer } from '../hub.ts'
import type { Binding } from '../keys/store.ts'
import { symbolOf } from '../symbol.ts'
import { Digits } from './Digits.tsx'
import { Frame } from './Frame.tsx'
import { nameOf } from './Home.tsx'

interface AnsweredProps {
  answer: Answer
  decision: Decision
  binding: Binding
  scannedAtMs: number
  onNotMine: () => void
  onScan: () => void
  onDone: () => void
}

export function Answered({ answer, decision, binding, scannedAtMs, onNotMine, onScan, onDone }: AnsweredProps) {
  const { t } = useTranslation()
  const [shows, setShows] = useState(false)
  const left = useLeft(scannedAtMs)
  const { digits, signed } = answer
  const sent = useSent(binding, signed)
  const done = (
    <button type="button" className={decision === 'approved' ? 'no' : 'yes'} onClick={onDone}>
      {t('answer.done')}
    </button>
  )
  const code = signed && <QrImage qr={symbolOf(shownAnswer(signed))} label={t('answer.code')} />

  if (digits === null) {
    const words = decision === 'denied' ? 'denied' : 'notMine'
    return (
      <Frame head={t('name')} actions={done}>
        <h1>{t(`no.${words}`)}</h1>
        {sent === 'sent' && (
          <p className="said" role="status">
            {t('no.sent')}
          </p>
        )}
        {words === 'notMine' && <p>{t('no.notMineNext')}</p>}
        {left > 0 && code && sent !== 'sent' && (
          <>
            <p>{t(`no.${words}Code`)}</p>
            {code}
          </>
        )}
      </Frame>
    )
  }
  if (left === 0)
    return (
      <Frame
        head={t('name')}
        actions={
          <>
            <button type="button" className="yes" onClick={onScan}>
              {t('ask.again')}
            </button>
            {done}
          </>
        }
      >
        <h1 role="alert">{t('answer.over')}</h1>
      </Frame>
    )
  return (
    <Frame
      head={t(shows ? 'answer.hold' : sent === 'sent' ? 'name' : 'answer.type')}
      actions={
        <>
          {signed && (
            <button type="button" className="no" onClick={() => setShows(!shows)}>
              {t(shows ? 'answer.typed' : 'answer.shown')}
            </button>
          )}
          {done}
          <button type="button" className="quiet" onClick={onNotMine}>
            {t('ask.notMine')}
          </button>
        </>
      }
    >
      <h1 className="where" dir="auto">
        {nameOf(binding, t('home.unnamed'))}
      </h1>
      {sent !== 'none' && (
        <p className="at" role="status">
          {t(`answer.${sent}`)}
        </p>
      )}
      {shows && code ? code : <Digits digits={digits} label={t('answer.digits')} />}
      <progress className="bar" max={lives} value={left} aria-hidden="true" />
      <p className="at">{t('answer.left', { count: left })}</p>
    </Frame>
  )
}

/** Each signed answer goes to the workstation's hub by itself, where there is one; what is on the screen works in any case. */
function useSent(binding: Binding, signed: Uint8Array | null): 'none' | 'sending' | 'sent' | 'notSent' {
  const [sent, setSent] = useState<'none' | 'sending' | 'sent' | 'notSent'>('none')
  useEffect(() => {
    if (!signed || !binding.organisation) return
    let current = true
    setSent('sending')
    sendAnswer(binding, signed).then(
      (took) => current && setSent(took ? 'sent' : 'notSent'),
      () => current && setSent('notSent'),
    )
    return () => {
      current = false
    }
  }, [binding, signed])
  return sent
}

const lives = challengeRule.livesMs / 1000

/** In steps of five seconds, so that the number is calm: when the code was made only the station knows. */
const leftSince = (scannedAtMs: number): number =>
  Math.max(0, Math.ceil((lives - (performance.now() - scannedAtMs) / 1000) / 5) * 5)

function useLeft(scannedAtMs: number): number {
  const [left, setLeft] = useState(() => leftSince(scannedAtMs))
  useEffect(() => {
    const timer = setInterval(() => setLeft(leftSince(scannedAtMs)), 1000)
    return () => clearInterval(timer)
  }, [scannedAtMs])
  return left
}
