// A page of the log, newest first; each row leads to the event whole.
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { LogRow, NamedPerson } from '../../contracts/commands/audit.ts'
import { eventReason, eventWords } from '../../ui/messages/events.ts'
import { grouped, wholeTime } from '../../ui/time.ts'

export function LogTable({ events, onOpen }: { events: readonly LogRow[]; onOpen: (number: number) => void }) {
  const { t } = useTranslation()
  return (
    <table className="log-table">
      <thead>
        <tr>
          {(['what', 'about', 'by', 'time'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`audit.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <tr key={event.number}>
            <td>
              <Button
                className="link to-person"
                aria-label={`${t('audit.event', { number: grouped(event.number) })}: ${eventWords(event.type, t)}`}
                onPress={() => onOpen(event.number)}
              >
                <Outcome event={event} />
                {eventWords(event.type, t)}
              </Button>
              <small>
                {[
                  grouped(event.number),
                  event.outcome && t(`session.${event.outcome}`),
                  event.reason !== null && eventReason(event.reason, event.type, t),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </td>
            <td>{event.person && <Named person={event.person} />}</td>
            <td>{event.actor && <Named person={event.actor} />}</td>
            <td>{wholeTime(event.atMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Outcome({ event }: { event: LogRow }) {
  if (event.outcome === null) return null
  return event.outcome === 'accepted' ? (
    <CircleCheck aria-hidden="true" data-tone="in" />
  ) : (
    <TriangleAlert aria-hidden="true" data-tone="look" />
  )
}

export function Named({ person }: { person: NamedPerson }) {
  const { t } = useTranslation()
  if (person.displayName === null) return <>{t('audit.unknownPerson')}</>
  if (person.token) return <>{t('tokens.by', { name: person.displayName })}</>
  return (
    <>
      {person.displayName}
      <small>{person.staffId}</small>
    </>
  )
}
