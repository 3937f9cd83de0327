// The old phone has scanned the new one: whether that is its owner's, and that the other workstations are told.
import { Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PhonePart } from '../../core/binding.ts'
import type { Binding } from '../keys/store.ts'
import { vouchFor } from '../vouch.ts'
import { Frame } from './Frame.tsx'
import { useArmed } from './useArmed.ts'

interface VouchProps {
  part: PhonePart
  bindings: readonly Binding[]
  onDone: () => void
}

export function Vouch({ part, bindings, onDone }: VouchProps) {
  const { t } = useTranslation()
  const armed = useArmed()
  const [state, setState] = useState<'asking' | 'working' | 'refused' | 'told' | 'notTold'>('asking')

  async function vouch(): Promise<void> {
    setState('working')
    try {
      setState((await vouchFor(bindings, part)) ? 'told' : 'notTold')
    } catch {
      // The owner was asked, and was not seen.
      setState('refused')
    }
  }

  const isOver = state === 'told' || state === 'notTold'
  return (
    <Frame
      key={isOver ? 'over' : 'asking'}
      head={t('name')}
      actions={
        isOver ? (
          <button type="button" className="yes" onClick={onDone}>
            {t('answer.done')}
          </button>
        ) : (
          <>
            <p className="said" role="status">
              {state === 'working' ? t('ask.working') : state === 'refused' ? t('ask.refused') : ''}
            </p>
            <button type="button" className="yes" disabled={!armed || state === 'working'} onClick={() => void vouch()}>
              {t('vouch.yes')}
            </button>
            <button type="button" className="no" disabled={state === 'working'} onClick={onDone}>
              {t('ask.no')}
            </button>
          </>
        )
      }
    >
      {isOver ? (
        <div className="problem" role="status">
          <Smartphone aria-hidden="true" />
          <h1>{t(`vouch.${state}`)}</h1>
          <p>{t(`vouch.${state}Next`)}</p>
        </div>
      ) : (
        <>
          <h1>{t('vouch.ask')}</h1>
          <p>{t('vouch.why')}</p>
          <p className="look">{t('vouch.look')}</p>
        </>
      )}
    </Frame>
  )
}
