// Tickets, as somebody who is signed in issues, sees and revokes them.
import { type ticketCommands, ticketPurpose } from '../contracts/commands/tickets.ts'
import type { Handlers } from '../contracts/ipc.ts'
import { mayActOn } from '../core/permissions.ts'
import type { Administration } from './administration.ts'
import { DamageError } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { rolesOf } from './people.ts'
import { endTicket, makeTicket, putTicket, ticketProblem, ticketRows } from './tickets.ts'

const noSuchPerson = { ok: false, reason: 'no-such-person' } as const

export function ticketHandlers(administration: Administration): Pick<Handlers, keyof typeof ticketCommands> {
  const { station, clock } = administration
  const { ledger, keys } = station
  return {
    readTickets: ({ personId }) =>
      administration.read('see-people', (actor) => {
        const person = ledger.get('person', personId)
        if (!person) return noSuchPerson
        const issuer = issuerOf(ledger, actor.personId)
        const nowMs = clock.nowMs()
        const mayIssue = ticketPurpose.options.filter(
          (purpose) => ticketProblem(ledger, issuer, person, purpose, nowMs) === null,
        )
        return { ok: true, tickets: ticketRows(ledger, personId, nowMs), mayIssue }
      }),
    issueTicket: async ({ personId, purpose, hours, reason }) => {
      const problem = (source: Ledger | Recorder, actor: string) => {
        const person = source.get('person', personId)
        if (!person) return noSuchPerson
        const found = ticketProblem(source, issuerOf(source, actor), person, purpose, clock.nowMs())
        return found ? ({ ok: false, reason: found } as const) : null
      }
      // Refused before the slow hash; and all of it again after, since the session may be over by then.
      const early = administration.act('issue-tickets', (actor) => problem(ledger, actor.personId))
      if (early !== null) return early
      const made = await makeTicket(keys)
      return administration.change('issue-tickets', (recorder, actor) => {
        const late = problem(recorder, actor)
        if (late) return late
        const issue = { person: personId, purpose, hours, reason, actor }
        const expiresAtMs = putTicket(recorder, keys, issue, made.kept, clock.nowMs())
        return { ok: true, ticket: made.text, expiresAtMs }
      })
    },
    revokeTicket: ({ ticketId, reason }) =>
      administration.change('issue-tickets', (recorder, actor, who) => {
        const ticket = recorder.get('ticket', ticketId)
        if (ticket?.status !== 'open') return { ok: false, reason: 'no-such-ticket' }
        const person = recorder.get('person', ticket.person_id)
        if (person && !mayActOn(who.roles, rolesOf(person))) return { ok: false, reason: 'not-allowed' }
        endTicket(recorder, ticket, reason, actor)
        return { ok: true }
      }),
  }
}

function issuerOf(source: Ledger | Recorder, id: string): Row<'person'> {
  const issuer = source.get('person', id)
  if (!issuer) throw new DamageError('data-edited', `person/${id}`)
  return issuer
}
