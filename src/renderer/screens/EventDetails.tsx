// One event whole: in plain words, what it changed before and after, and the very text that was hashed.
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../contracts/ipc.ts'
import { detailValue, detailWords, eventReason, eventWords, methodWords } from '../../ui/messages/events.ts'
import { grouped, wholeTime } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { Named } from './LogTable.tsx'

/** What was before stands before what came after. */
const beforeFirst = (a: { name: string }, b: { name: string }): number => placeOf(a.name).localeCompare(placeOf(b.name))
const placeOf = (name: string): string => name.replace(/before$/, '0').replace(/after$/, '1')

type Found = Extract<Output<'readEvent'>, { ok: true }>

export function EventDetails({ number, onBack }: { number: number; onBack: () => void }) {
  const { t } = useTranslation()
  const [found, setFound] = useState<Found | null>(null)
  const [missing, setMissing] = useState(false)
  useEffect(() => {
    let current = true
    void ask('readEvent', { number }).then((answer) => {
      if (!current) return
      setMissing(!answer?.ok)
      setFound(answer?.ok ? answer : null)
    })
    return () => {
      current = false
    }
  }, [number])
  return (
    <div className="people log">
      <Button className="link back" onPress={onBack}>
        {t('audit.back')}
      </Button>
      <h2 className="title">{t('audit.event', { number: grouped(number) })}</h2>
      {missing && <p className="empty">{t('audit.missing')}</p>}
      {!missing && !found && <p className="waiting">{t('audit.loading')}</p>}
      {found && <Facts found={found} />}
    </div>
  )
}

function Facts({ found }: { found: Found }) {
  const { t } = useTranslation()
  const { event, details, rows, rowCount } = found
  const facts: [string, ReactNode][] = [
    [t('audit.column.time'), wholeTime(event.atMs)],
    [t('audit.column.about'), event.person && <Named person={event.person} />],
    [t('audit.column.by'), event.actor && <Named person={event.actor} />],
    [t('audit.outcome'), event.outcome && t(`session.${event.outcome}`)],
    [t('audit.reason'), event.reason !== null && eventReason(event.reason, event.type, t)],
    [t('audit.way'), event.method !== null && methodWords(event.method, t)],
    ...details
      .toSorted(beforeFirst)
      .map(({ name, value }): [string, ReactNode] => [detailWords(name, t), detailValue(name, value, t)]),
    [t('firstRun.location'), found.location],
    [t('audit.version'), found.appVersion],
    [t('audit.rows'), rowCount > 0 && `${rows.join(', ')}${rowCount > rows.length ? ' …' : ''}`],
  ]
  return (
    <>
      <section className="panel">
        <h3>{eventWords(event.type, t)}</h3>
        <dl className="event-facts">
          {facts
            .filter(([, value]) => Boolean(value))
            .map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </section>
      <section className="panel">
        <h3>{t('audit.raw')}</h3>
        <p>{t('audit.rawMeans')}</p>
        <pre className="raw">{found.body}</pre>
        <dl className="event-facts">
          <div>
            <dt>{t('audit.leaf')}</dt>
            <dd className="raw">{found.leaf}</dd>
          </div>
        </dl>
      </section>
    </>
  )
}
