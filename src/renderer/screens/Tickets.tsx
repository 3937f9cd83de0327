// A person's ticket, as a supervisor issues, sees and revokes it. What it says is shown once.
import { useCallback, useEffect, useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Input, Output } from '../../contracts/ipc.ts'
import { Said } from '../../ui/Said.tsx'
import { dayAndTime, secondsUntil, useNow } from '../../ui/time.ts'
import { ask } from '../state/bridge.ts'
import { useChanges } from '../state/useChanges.ts'
import { IssueTicket } from './IssueTicket.tsx'
import { StepUp } from './StepUp.tsx'
import { WithReason } from './WithReason.tsx'

type Found = Extract<Output<'readTickets'>, { ok: true }>

export function Tickets({ personId, personName }: { personId: string; personName: string }) {
  const { t } = useTranslation()
  const now = useNow()
  const changes = useChanges()
  const [found, setFound] = useState<Found | null>(null)
  const [shown, setShown] = useState<{ ticket: string; expiresAtMs: number } | null>(null)

  const read = useCallback(async () => {
    const answer = await ask('readTickets', { personId })
    if (answer?.ok) setFound(answer)
  }, [personId])
  useEffect(() => void read(), [read])

  const issue = (wanted: Omit<Input<'issueTicket'>, 'personId'>) =>
    changes.change(
      () => ask('issueTicket', { personId, ...wanted }),
      ({ ticket, expiresAtMs }) => {
        setShown({ ticket, expiresAtMs })
        void read()
      },
    )
  const revoke = (ticketId: string) => (reason: string) =>
    changes.change(
      () => ask('revokeTicket', { ticketId, reason }),
      () => {
        setShown(null)
        void read()
      },
    )

  if (!found || (found.mayIssue.length === 0 && found.tickets.length === 0)) return null
  const left = (expiresAtMs: number) => {
    const minutes = Math.ceil(secondsUntil(expiresAtMs, now) / 60)
    return t('ways.timeLeft', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  }
  return (
    <section className="panel">
      <h3>{t('ways.tickets')}</h3>
      {changes.waiting && <StepUp changes={changes} />}
      <Said label={t('ways.tickets')} tone="look" text={changes.said} />
      {shown && (
        <div className="panel notice-panel">
          <p className="next">{t('ways.handOver', { name: personName })}</p>
          <output className="ticket-text" aria-label={t('ways.ticket')}>
            {shown.ticket}
          </output>
          <p>{t('ways.worksUntil', { time: dayAndTime(shown.expiresAtMs, now) })}</p>
          <div className="actions">
            <Button className="button" onPress={() => setShown(null)}>
              {t('ways.hide')}
            </Button>
          </div>
        </div>
      )}
      {found.tickets.length === 0 && <p>{t('ways.noTickets')}</p>}
      <ul aria-label={t('ways.tickets')} hidden={found.tickets.length === 0}>
        {found.tickets.map((one) => (
          <li className="row" key={one.id}>
            <i className="dot" data-tone="in" />
            <span>
              {t(`ways.purpose.${one.purpose}`)}
              <small>
                {left(one.expiresAtMs)}, {t('ways.issuedBy', { name: one.issuedBy })}
              </small>
            </span>
            <WithReason name={t('ways.revokeTicket')} ends={t('ways.revokeTicketEnds')} onConfirm={revoke(one.id)} />
          </li>
        ))}
      </ul>
      {found.mayIssue.length > 0 && <IssueTicket purposes={found.mayIssue} onIssue={issue} />}
    </section>
  )
}
