// This phone's part for the workstation, the digits that confirm it, and the way to the last code. Where the hub carries both, only the digits.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shownText } from '../../core/binding.ts'
import { QrImage } from '../../ui/QrImage.tsx'
import { chooseWay, confirmationDigits, goWithoutWelcome, typedPart } from '../binding.ts'
import type { Binding, Pending, Way } from '../keys/store.ts'
import { symbolOf } from '../symbol.ts'
import { Digits } from './Digits.tsx'
import { Frame } from './Frame.tsx'
import { useSentBinding } from './useSentBinding.ts'

interface PartProps {
  first: Pending
  /** Not where a binding would be replaced: only the workstation itself can do that, by its welcome. */
  canSkip: boolean
  onNext: (pending: Pending) => void
  onBound: (binding: Binding) => void
}

export function Part({ first, canSkip, onNext, onBound }: PartProps) {
  const { t } = useTranslation()
  const [pending, setPending] = useState(first)
  const [digits, setDigits] = useState('')
  const [failed, setFailed] = useState(false)
  const [wantsAll, setWantsAll] = useState(false)
  const sent = useSentBinding(pending, onBound)
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
  const isThere = sent === 'sent' && !wantsAll
  const eight = digits !== '' && <Digits digits={digits} label={t('answer.digits')} />
  return (
    <Frame
      // Another heading is another view.
      key={isThere ? 'sent' : 'whole'}
      head={t(isThere ? 'bind.sentHeading' : 'bind.heading')}
      leads
      actions={
        <>
          {!isThere && <p className="hint">{t('bind.nextHint')}</p>}
          <button type="button" className={isThere ? 'no' : 'yes'} onClick={() => onNext(pending)}>
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
          {isThere ? (
            <button type="button" className="quiet" onClick={() => setWantsAll(true)}>
              {t('bind.sentInstead')}
            </button>
          ) : (
            <button type="button" className="quiet" onClick={() => choose(shown ? 'typed' : 'shown')}>
              {t(shown ? 'bind.typedInstead' : 'bind.shownInstead')}
            </button>
          )}
        </>
      }
    >
      {failed && (
        <p className="said" role="alert">
          {t('problem.failed')}
        </p>
      )}
      {sent !== 'none' && (
        <p className="at" role="status">
          {t(`bind.send.${sent}`)}
        </p>
      )}
      {isThere ? (
        eight
      ) : (
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
            {eight}
          </li>
        </ol>
      )}
    </Frame>
  )
}
