// The two fields of a PIN being chosen, side by side.
import type { FocusEvent, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import type { NewPinState } from '../state/useNewPin.ts'

interface NewPinFieldsProps {
  state: NewPinState
  inputRef: Ref<HTMLInputElement>
  onFocus: (event: FocusEvent<HTMLInputElement>) => void
}

export function NewPinFields({ state, inputRef, onFocus }: NewPinFieldsProps) {
  const { t } = useTranslation()
  return (
    <div className="pin-pair">
      <Field
        className="recovery-field"
        type="password"
        inputMode="numeric"
        label={t('ways.newPin')}
        value={state.pin}
        onChange={state.setPin}
        inputRef={inputRef}
        onFocus={onFocus}
      />
      <Field
        className="recovery-field"
        type="password"
        inputMode="numeric"
        label={t('ways.pinAgain')}
        value={state.again}
        onChange={state.setAgain}
        onFocus={onFocus}
      />
    </div>
  )
}
