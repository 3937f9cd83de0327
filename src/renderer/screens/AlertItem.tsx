// One alert: what happened, whom it concerns, when, what to do next; and the way to acknowledge it, with a note for the log.
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AlertRow } from '../../contracts/commands/alerts.ts'
import { Field } from '../../ui/Field.tsx'
import { alertNext, alertWords } from '../../ui/messages/kinds.ts'
import { grouped, wholeTime } from '../../ui/time.ts'

interface AlertItemProps {
  alert: AlertRow
  onAcknowledge?: (note: string) => Promise<void>
}

export function AlertItem({ alert, onAcknowledge }: AlertItemProps) {
  const { t } = useTranslation()
  const { person, signIn, acknowledged } = alert
  const what = alertWords(alert.kind, t)
  return (
    <li className="alert">
      <div className="row">
        {acknowledged ? (
          <CircleCheck aria-hidden="true" data-tone="in" />
        ) : (
          <TriangleAlert aria-hidden="true" data-tone="look" />
        )}
        <span>
          <b>{what}</b>
          <small>{wholeTime(alert.atMs)}</small>
        </span>
        <a className="link" href={`#event/${signIn?.event ?? alert.event}`}>
          {t('audit.event', { number: grouped(signIn?.event ?? alert.event) })}
        </a>
      </div>
      {person && (
        <p>
          {t('alerts.concerns')}{' '}
          <a className="link" href={`#person/${person.id}`}>
            {person.displayName ?? t('audit.unknownPerson')}
          </a>
        </p>
      )}
      {signIn && <p>{t('alerts.signIn', { time: wholeTime(signIn.atMs) })}</p>}
      {acknowledged ? (
        <p>
          {t('alerts.by', {
            name: acknowledged.by?.displayName ?? t('audit.unknownPerson'),
            time: wholeTime(acknowledged.atMs),
          })}
          {acknowledged.note !== null && ` ${acknowledged.note}`}
        </p>
      ) : (
        <p className="next">{alertNext(alert.kind, t)}</p>
      )}
      {!acknowledged && alert.needsReview && (
        <a className="button" href="#emergency">
          {t('emergency.review')}
        </a>
      )}
      {onAcknowledge && !alert.needsReview && <Acknowledge what={what} onAcknowledge={onAcknowledge} />}
    </li>
  )
}

interface AcknowledgeProps {
  what: string
  onAcknowledge: (note: string) => Promise<void>
}

function Acknowledge({ what, onAcknowledge }: AcknowledgeProps) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  function submit(event: FormEvent): void {
    event.preventDefault()
    void onAcknowledge(note)
  }
  return (
    <form className="acknowledge" onSubmit={submit} noValidate>
      <Field label={t('alerts.note', { what })} value={note} maxLength={200} onChange={setNote} />
      <Button className="button" type="submit" aria-label={t('alerts.acknowledge', { what })}>
        {t('administration.acknowledge')}
      </Button>
    </form>
  )
}
