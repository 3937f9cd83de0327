// The review of one use: a finding in words, which goes into the log with the name of whoever found it.
import { type FormEvent, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/Field.tsx'

const shortest = 10

export function EmergencyReview({ onConfirm }: { onConfirm: (finding: string) => Promise<void> }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [finding, setFinding] = useState('')
  const [wrong, setWrong] = useState(false)
  const input = useRef<HTMLInputElement>(null)

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const text = finding.trim()
    setWrong(text.length < shortest)
    if (text.length < shortest) return input.current?.focus()
    await onConfirm(text)
  }

  if (!open)
    return (
      <Button className="button go" onPress={() => setOpen(true)}>
        {t('emergency.review')}
      </Button>
    )
  return (
    <form className="panel ends" onSubmit={(event) => void submit(event)} noValidate>
      <Field
        label={t('emergency.finding')}
        help={t('emergency.findingHelp')}
        value={finding}
        onChange={setFinding}
        maxLength={500}
        inputRef={input}
        error={wrong ? t('emergency.findingMissing') : undefined}
      />
      <div className="actions">
        <Button className="button go" type="submit">
          {t('emergency.reviewNow')}
        </Button>
        <Button className="button" onPress={() => setOpen(false)}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
