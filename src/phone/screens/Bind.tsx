// Binding this phone: the question first, then its part for the workstation, the digits, and the way to the last code.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BindingOffer } from '../../core/binding.ts'
import { shownText } from '../../core/binding.ts'
import { QrImage } from '../../ui/QrImage.tsx'
import { answerOffer, confirmationDigits, goWithoutWelcome, typedPart, type Way } from '../binding.ts'
import { canHavePasskey } from '../keys/passkey.ts'
import type { Binding, Pending } from '../keys/store.ts'
import { symbolOf } from '../symbol.ts'
import { Digits } from './Digits.tsx'
import { Frame } from './Frame.tsx'

interface BindProps {
  offer: BindingOffer
  onNext: (pending: Pending, way: Way) => void
  onBound: (binding: Binding) => void
  onBack: () => void
}

export function Bind({ offer, onNext, onBound, onBack }: BindProps) {
  const { t } = useTranslation()
  const [pending, setPending] = useState<Pending | null>(null)
  const [can, setCan] = useState(false)
  const [protects, setProtects] = useState(true)
  const [state, setState] = useState<'asking' | 'working' | 'refused' | 'failed'>('asking')
  useEffect(() => void canHavePasskey().then(setCan, () => setCan(false)), [])

  async function begin(withPasskey: boolean): Promise<void> {
    setState('working')
    try {
      setPending(await answerOffer(offer, withPasskey))
    } catch {
      setState(withPasskey ? 'refused' : 'failed')
    }
  }

  if (pending) return <Part pending={pending} onNext={onNext} onBound={onBound} />
  const words = {
    asking: '',
    working: t('bind.working'),
    refused: t('bind.passkeyRefused'),
    failed: t('problem.failed'),
  }
  return (
    <Frame
      head={t('name')}
      actions={
        <>
          <button
            type="button"
            className="yes"
            disabled={state === 'working'}
            onClick={() => void begin(can && protects)}
          >
            {t('bind.go')}
          </button>
          {state === 'refused' && (
            <button type="button" className="no" onClick={() => void begin(false)}>
              {t('bind.without')}
            </button>
          )}
          <button type="button" className="no" onClick={onBack}>
            {t('problem.back')}
          </button>
        </>
      }
    >
      <h1>{t('bind.ask')}</h1>
      <p>{t('bind.why')}</p>
      {can && (
        <label className="check">
          <input type="checkbox" checked={protects} onChange={({ target }) => setProtects(target.checked)} />
          <span>{t('bind.withPasskey')}</span>
        </label>
      )}
      <p className="said" role="status">
        {words[state]}
      </p>
    </Frame>
  )
}

function Part({ pending, onNext, onBound }: Pick<BindProps, 'onNext' | 'onBound'> & { pending: Pending }) {
  const { t } = useTranslation()
  const [way, setWay] = useState<Way>('shown')
  const [digits, setDigits] = useState('')
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    let current = true
    setDigits('')
    confirmationDigits(pending, way).then(
      (made) => current && setDigits(made),
      () => current && setFailed(true),
    )
    return () => {
      current = false
    }
  }, [pending, way])
  const shown = way === 'shown'
  return (
    <Frame
      head={t('bind.heading')}
      actions={
        <>
          <p className="hint">{t('bind.nextHint')}</p>
          <button type="button" className="yes" onClick={() => onNext(pending, way)}>
            {t('bind.next')}
          </button>
          {!shown && (
            <button
              type="button"
              className="quiet"
              onClick={() => void goWithoutWelcome(pending).then(onBound, () => setFailed(true))}
            >
              {t('bind.skip')}
            </button>
          )}
          <button type="button" className="quiet" onClick={() => setWay(shown ? 'typed' : 'shown')}>
            {t(shown ? 'bind.typedInstead' : 'bind.shownInstead')}
          </button>
        </>
      }
    >
      {failed && (
        <p className="said" role="alert">
          {t('problem.failed')}
        </p>
      )}
      <ol className="steps">
        <li>
          <p>{t(shown ? 'bind.shown' : 'bind.typed')}</p>
          {shown ? (
            <QrImage qr={symbolOf(shownText('P', pending.part))} label={t('bind.part')} />
          ) : (
            <output className="letters" aria-label={t('bind.part')}>
              {typedPart(pending)}
            </output>
          )}
        </li>
        <li>
          <p>{t('bind.digits')}</p>
          {digits !== '' && <Digits digits={digits} label={t('answer.digits')} />}
        </li>
      </ol>
    </Frame>
  )
}
