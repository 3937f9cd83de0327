// The form that issues a ticket: what for, for how long, and why.
import { type FormEvent, useId, useRef, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { TicketPurpose } from '../../contracts/commands/tickets.ts'
import { Field } from '../../ui/Field.tsx'

interface IssueTicketProps {
  purposes: readonly TicketPurpose[]
  onIssue: (wanted: { purpose: TicketPurpose; hours: number; reason: string }) => Promise<void>
}
const hoursOffered = Array.from({ length: 12 }, (_, place) => place + 1)

export function IssueTicket({ purposes, onIssue }: IssueTicketProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [purpose, setPurpose] = useState<TicketPurpose>(purposes[0] ?? 'sign-in')
  const [hours, setHours] = useState(1)
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const ids = { purpose: useId(), hours: useId() }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const text = reason.trim()
    setWrong(text.length < 3)
    if (text.length < 3) return input.current?.focus()
    setOpen(false)
    setReason('')
    await onIssue({ purpose, hours, reason: text })
  }

  if (!open)
    return (
      <div className="actions">
        <Button className="button" onPress={() => setOpen(true)}>
          {t('ways.issue')}
        </Button>
      </div>
    )
  return (
    <form className="panel" onSubmit={(event) => void submit(event)} noValidate>
      <p>{t('ways.issueWhy')}</p>
      <div className="pair">
        <div className="field">
          <label htmlFor={ids.purpose}>{t('ways.purposeLabel')}</label>
          <select
            id={ids.purpose}
            value={purpose}
            onChange={(event) => setPurpose(purposes.find((one) => one === event.target.value) ?? purpose)}
          >
            {purposes.map((one) => (
              <option key={one} value={one}>
                {t(`ways.purpose.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={ids.hours}>{t('ways.hoursLabel')}</label>
          <select id={ids.hours} value={hours} onChange={(event) => setHours(Number(event.target.value))}>
            {hoursOffered.map((one) => (
              <option key={one} value={one}>
                {t('ways.hours', { count: one })}
              </option>
            ))}
          </select>
        </div>
      </div>
      <Field
        label={t('administration.reason')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        inputRef={input}
        error={wrong ? t('administration.reasonMissing') : undefined}
      />
      <div className="actions">
        <Button className="button go" type="submit">
          {t('ways.issue')}
        </Button>
        <Button className="button" onPress={() => setOpen(false)}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
