// Binding this phone: the question first, then its part.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BindingOffer } from '../../core/binding.ts'
import { answerOffer } from '../binding.ts'
import { canHavePasskey } from '../keys/passkey.ts'
import type { Binding, Pending } from '../keys/store.ts'
import { Frame } from './Frame.tsx'
import { nameOf } from './Home.tsx'
import { Part } from './Part.tsx'
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

/** Where a page that is not installed loses what it keeps. Only these browsers say whether they are the installed one. */
const inBrowserOfIphone = (): boolean => (navigator as { standalone?: boolean }).standalone === false
