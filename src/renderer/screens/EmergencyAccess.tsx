// The way in by an emergency code: the code, who it is, and why; by keyboard or by touch alone.
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Keypad } from '../../ui/Keypad.tsx'
import { Said } from '../../ui/Said.tsx'
import { useEmergency } from '../state/useEmergency.ts'
import { useKeyTarget } from '../state/useKeyTarget.ts'
import { Page } from './Page.tsx'

export function EmergencyAccess({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const { typed, type, missing, line, pending, send } = useEmergency()
  const [keys, setKeys] = useState<'digits' | 'letters'>('letters')
  const codeInput = useRef<HTMLInputElement>(null)
  const nameInput = useRef<HTMLInputElement>(null)
  const reasonInput = useRef<HTMLInputElement>(null)
  const inputs = { code: codeInput, name: nameInput, reason: reasonInput }
  const target = useKeyTarget(codeInput)
  useEffect(() => codeInput.current?.focus(), [])

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const first = await send()
    if (first) inputs[first].current?.focus()
  }
  const field = (name: 'code' | 'name' | 'reason') => ({
    label: t(`emergency.${name}`),
    value: typed[name],
    onChange: (value: string) => type(name, value),
    error: missing.includes(name) ? t(`emergency.missing.${name}`) : undefined,
    inputRef: inputs[name],
    onFocus: target.onFocus,
  })

  return (
    <Page>
      <form
        className="sheet wide emergency-form"
        onSubmit={(event) => void submit(event)}
        noValidate
        aria-busy={pending}
      >
        <div className="emergency-why">
          <h1 className="title">{t('emergency.heading')}</h1>
          <p>{t('emergency.intro')}</p>
        </div>
        <div className="emergency-fields">
          <Field {...field('code')} help={t('emergency.codeHelp')} maxLength={64} />
          <Field {...field('name')} maxLength={100} />
          <Field {...field('reason')} maxLength={200} />
          <Said label={t('lock.what')} tone={line.tone} text={line.text} />
          <div className="actions">
            <Button className="button go" type="submit">
              {t('emergency.open')}
            </Button>
            <Button className="button" onPress={onBack}>
              {t('back')}
            </Button>
          </div>
        </div>
        <Keypad showing={keys} onSwitch={setKeys} onKey={target.key} onDelete={target.erase} withSpace />
      </form>
    </Page>
  )
}
