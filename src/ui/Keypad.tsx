// The keys on the screen: digits or letters in one box of fixed size, so that none moves under a finger.
import { Delete } from 'lucide-react'
import { useTranslation } from 'react-i18next'

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9']
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '-', '.', '_']

interface KeypadProps {
  showing: 'digits' | 'letters'
  /** Without it there are digits only. */
  onSwitch?: (to: 'digits' | 'letters') => void
  onKey: (key: string) => void
  /** For fields that take whole words: a row of its own, below the others. */
  withSpace?: boolean
  onDelete: () => void
}

interface KeyProps {
  name: string
  label?: string
  className?: string
  onTouch: () => void
  children?: React.ReactNode
}

function Key({ name, className, onTouch, children }: KeyProps) {
  return (
    // The pointer must not take the focus, or the caret in the field would be lost.
    <button
      type="button"
      className={className}
      aria-label={name}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTouch}
    >
      {children ?? name}
    </button>
  )
}

export function Keypad({ showing, onSwitch, onKey, withSpace = false, onDelete }: KeypadProps) {
  const { t } = useTranslation()
  const other = showing === 'digits' ? 'letters' : 'digits'
  const swap = onSwitch ? <Key name={t(`lock.${other}`)} className="small" onTouch={() => onSwitch(other)} /> : <span />
  return (
    <fieldset className="keys" data-showing={showing} aria-label={t('lock.keys')}>
      {(showing === 'digits' ? digits : letters).map((key) => (
        <Key key={key} name={key} onTouch={() => onKey(key)} />
      ))}
      {swap}
      {showing === 'digits' && <Key name="0" onTouch={() => onKey('0')} />}
      <Key name={t('lock.delete')} className="small" onTouch={onDelete}>
        <Delete aria-hidden="true" />
      </Key>
      {withSpace && <Key name={t('emergency.space')} className="wide" onTouch={() => onKey(' ')} />}
    </fieldset>
  )
}
