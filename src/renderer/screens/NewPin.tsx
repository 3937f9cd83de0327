// A person's first PIN in their enrollment, or a new one in their session: typed twice, by keys or by touch.
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Keypad } from '../../ui/Keypad.tsx'
import { Said } from '../../ui/Said.tsx'
import { ask } from '../state/bridge.ts'
import { useKeyTarget } from '../state/useKeyTarget.ts'
import { useNewPin } from '../state/useNewPin.ts'
import { NewPinFields } from './NewPinFields.tsx'
import { Title } from './Page.tsx'

export function NewPin({ personName, level }: { personName: string; level: 1 | 2 }) {
  const { t } = useTranslation()
  return (
    <section className="sheet">
      <Title level={level}>{t('ways.newPinHeading', { name: personName })}</Title>
      <NewPinForm send={(twice) => ask('setNewPin', twice)} />
    </section>
  )
}

export function NewPinForm({ send, cancel }: { send: Parameters<typeof useNewPin>[0]; cancel?: ReactNode }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const target = useKeyTarget(input)
  const state = useNewPin(send)
  useEffect(() => input.current?.focus(), [])

  function submit(event: FormEvent): void {
    event.preventDefault()
    void state.submit()
  }
  return (
    <form className="new-pin" onSubmit={submit} noValidate aria-busy={state.pending}>
      <p>{t('ways.newPinIntro')}</p>
      <NewPinFields state={state} inputRef={input} onFocus={target.onFocus} />
      <Said label={t('lock.what')} tone={state.line.tone} text={state.line.text} />
      <div className="touch-only">
        <Keypad showing="digits" onKey={target.key} onDelete={target.erase} />
      </div>
      <div className="actions">
        <Button className="button go" type="submit">
          {t('ways.setPin')}
        </Button>
        {cancel}
      </div>
    </form>
  )
}
