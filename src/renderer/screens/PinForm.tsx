// The PIN after a right code, in the place of the code: typed, or chosen where its owner has none yet.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Keypad } from '../../ui/Keypad.tsx'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { type Line, lineFor } from '../state/loginWords.ts'
import { useKeyTarget } from '../state/useKeyTarget.ts'
import { useNewPin } from '../state/useNewPin.ts'
import { NewPinFields } from './NewPinFields.tsx'

interface PinFormProps {
  kind: 'asked' | 'new'
  staffId: string
  onCancel: () => void
}

export function PinForm({ kind, staffId, onCancel }: PinFormProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const target = useKeyTarget(input)
  const asked = useAskedPin()
  const chosen = useNewPin((twice) => ask('setNewPin', twice))
  const { line, pending } = kind === 'asked' ? asked : chosen
  useEffect(() => input.current?.focus(), [])

  function submit(event: FormEvent): void {
    event.preventDefault()
    void (kind === 'asked' ? asked.submit() : chosen.submit())
  }
  const first: Line = { tone: 'in', text: t(kind === 'asked' ? 'ways.pin-needed' : 'ways.new-pin-needed') }
  const said = line.text === '' ? first : line

  return (
    <form className="type-form" onSubmit={submit} noValidate aria-busy={pending}>
      <Field label={t('lock.staffId')} value={staffId} readOnly />
      {kind === 'asked' ? (
        <Field
          className="recovery-field"
          type="password"
          inputMode="numeric"
          label={t('ways.pin')}
          value={asked.pin}
          onChange={asked.setPin}
          inputRef={input}
          onFocus={target.onFocus}
        />
      ) : (
        <NewPinFields state={chosen} inputRef={input} onFocus={target.onFocus} />
      )}
      <Said label={t('lock.what')} tone={said.tone} text={said.text} />
      <Keypad showing="digits" onKey={target.key} onDelete={target.erase} />
      <div className="actions">
        <Button className="button go" type="submit">
          {t('lock.unlock')}
        </Button>
        <Button className="button" onPress={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}

function useAskedPin() {
  const { t } = useTranslation()
  const [pin, setPin] = useState('')
  const [line, setLine] = useState<Line>({ tone: 'calm', text: '' })
  const [pending, setPending] = useState(false)
  const inFlight = useRef(false)
  return {
    pin,
    setPin: (typed: string) => setPin(typed.replace(/\D/g, '').slice(0, 12)),
    line,
    pending,
    submit: async () => {
      if (inFlight.current || pin === '') return
      if (pin.length < 6) return setLine({ tone: 'look', text: t('ways.shortPin') })
      inFlight.current = true
      setPending(true)
      setLine({ tone: 'busy', text: t('said.checking') })
      const answer = await ask('submitPin', { pin })
      inFlight.current = false
      setPending(false)
      setPin('')
      setLine(lineFor(answer, 'pin', t))
    },
  }
}
