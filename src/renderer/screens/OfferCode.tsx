// The code that the phone shows; it goes by itself once it is whole and says beside it what was wrong.
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'
import { Keypad } from '../../ui/Keypad.tsx'
import { useKeyTarget } from '../state/useKeyTarget.ts'

interface OfferCodeProps {
  digits: number
  busy: boolean
  /** @returns what was wrong, in words; null where nothing was. */
  send: (code: string) => Promise<string | null>
  cancel: ReactNode
}

export function OfferCode({ digits: length, busy, send: hand, cancel }: OfferCodeProps) {
  const { t } = useTranslation()
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string>()
  const input = useRef<HTMLInputElement>(null)
  const inFlight = useRef(false)
  const target = useKeyTarget(input)

  useEffect(() => input.current?.focus(), [])

  async function send(value: string): Promise<void> {
    if (inFlight.current || value === '') return
    if (value.length < length) return setWrong(t('said.short', { count: length }))
    inFlight.current = true
    setWrong(undefined)
    const complaint = await hand(value)
    inFlight.current = false
    if (complaint === null) return
    setCode('')
    setWrong(complaint)
    input.current?.focus()
  }

  function type(next: string): void {
    const digits = next.replace(/\D/g, '').slice(0, length)
    setCode(digits)
    if (digits.length === length && digits !== code) void send(digits)
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    void send(code)
  }

  return (
    <form className="offer-code" onSubmit={submit} noValidate>
      <Field
        className="big-field"
        label={t('offer.code')}
        value={code}
        onChange={type}
        inputMode="numeric"
        inputRef={input}
        onFocus={target.onFocus}
        error={wrong}
        help={busy ? t('offer.checking') : undefined}
      />
      <div className="touch-only">
        <Keypad showing="digits" onKey={target.key} onDelete={target.erase} />
      </div>
      <div className="actions">
        <Button className="button go" type="submit">
          {t('offer.confirm')}
        </Button>
        {cancel}
      </div>
    </form>
  )
}
