// Binding this phone: the question first, then its part for the workstation, the digits, and the way to the last code.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BindingOffer } from '../../core/binding.ts'
import { shownText } from '../../core/binding.ts'
import { QrImage } from '../../ui/QrImage.tsx'
import { answerOffer, chooseWay, confirmationDigits, goWithoutWelcome, typedPart } from '../binding.ts'
import { canHavePasskey } from '../keys/passkey.ts'
import type { Binding, Pending, Way } from '../keys/store.ts'
import { symbolOf } from '../symbol.ts'
import { Digits } from './Digits.tsx'
import { Frame } from './Frame.tsx'
import { nameOf } from './Home.tsx'
import { useArmed } from './useArmed.ts'

interface BindProps {
  offer: BindingOffer
  /** What this phone has with the same workstation so far. */
  replaces: Binding | null
  onNext: (pending: Pending) => void
  onBound: (binding: Binding) => void
  onBack: () => void
}

export function Bind({ offer, replaces, onNext, onBound, onBack }: BindProps) {
  const { t } = useTranslation()
  const [pending, setPending] = useState<Pending | null>(null)
  const [can, setCan] = useState(false)
  const armed = useArmed()
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

  if (pending) return <Part first={pending} canSkip={!replaces} onNext={onNext} onBound={onBound} />
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
            disabled={!armed || state === 'working'}
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
      {replaces && <p className="look">{t('bind.replaces', { name: nameOf(replaces, t('home.unnamed')) })}</p>}
      {inBrowserOfIphone() && <p className="look">{t('bind.iphone')}</p>}
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

interface PartProps extends Pick<BindProps, 'onNext' | 'onBound'> {
  first: Pending
  /** Not where a binding would be replaced: only the workstation itself can do that, by its welcome. */
  canSkip: boolean
}

function Part({ first, canSkip, onNext, onBound }: PartProps) {
  const { t } = useTranslation()
  const [pending, setPending] = useState(first)
  const [digits, setDigits] = useState('')
  const [failed, setFailed] = useState(false)
  const { way } = pending
  const choose = (next: Way) => {
    setDigits('')
    void chooseWay(pending, next).then(setPending, () => setFailed(true))
  }
  useEffect(() => {
    let current = true
    confirmationDigits(pending).then(
      (made) => current && setDigits(made),
      () => current && setFailed(true),
    )
    return () => {
      current = false
    }
  }, [pending])
  const shown = way === 'shown'
  return (
    <Frame
      head={t('bind.heading')}
      leads
      actions={
        <>
          <p className="hint">{t('bind.nextHint')}</p>
          <button type="button" className="yes" onClick={() => onNext(pending)}>
            {t('bind.next')}
          </button>
          {!shown && canSkip && (
            <button
              type="button"
              className="quiet"
              onClick={() => void goWithoutWelcome(pending).then(onBound, () => setFailed(true))}
            >
              {t('bind.skip')}
            </button>
          )}
          <button type="button" className="quiet" onClick={() => choose(shown ? 'typed' : 'shown')}>
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

/** Where a page that is not installed loses what it keeps. Only these browsers say whether they are the installed one. */
const inBrowserOfIphone = (): boolean => (navigator as { standalone?: boolean }).standalone === false
