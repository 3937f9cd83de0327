// An act that ends something: it says what, and goes only with a reason for the log.
import { type FormEvent, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'

interface WithReasonProps {
  /** The button that opens it. */
  name: string
  /** What will end, in words. */
  ends: string
  /** It is what somebody came here for, and ends nothing. */
  go?: boolean
  onConfirm: (reason: string) => Promise<void>
}

export function WithReason({ name, ends, go = false, onConfirm }: WithReasonProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const text = reason.trim()
    setWrong(text.length < 3)
    if (text.length < 3) return input.current?.focus()
    await onConfirm(text)
    setOpen(false)
    setReason('')
  }

  if (!open)
    return (
      <Button className={go ? 'button go' : 'button'} onPress={() => setOpen(true)}>
        {name}
      </Button>
    )
  return (
    <form className={go ? 'panel reason' : 'panel ends'} onSubmit={(event) => void submit(event)} noValidate>
      <p className="next">{ends}</p>
      <Field
        label={t('administration.reason')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        inputRef={input}
        error={wrong ? t('administration.reasonMissing') : undefined}
      />
      <div className="actions">
        <Button className={go ? 'button go' : 'button stop'} type="submit">
          {name}
        </Button>
        <Button className="button" onPress={() => setOpen(false)}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
