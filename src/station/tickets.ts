// Tickets: issued for one person and one purpose, for hours, kept as a slow keyed tag; used once.
import type { TicketPurpose, TicketRow } from '../contracts/commands/tickets.ts'
import type { PolicyDocument } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import { allowedActions, mayDo } from '../core/permissions.ts'
import { wantsTwo } from '../core/policy.ts'
import { recoveryCode, recoveryCodeBytes } from '../core/recovery.ts'
import type { StationKeys } from './keys.ts'
import type { Ledger, Recorder, Row } from './ledger.ts'
import { rolesOf } from './people.ts'
import { readPolicy, settingsFor } from './policy.ts'
import { newId, random } from './primitives.ts'
import { openTagged, sameTag, sealTagged, type Tagged, tagAnew } from './slow-hash.ts'

const hourMs = 60 * 60_000
/** As far as a clock that is put right may go back. */
const clockSlackMs = 90_000
const place = (id: string, person: string) => ({ table: 'ticket', row: id, person, kind: 'ticket' })

export interface NewTicket {
  /** What the issuer hands on: 80 random bits, in groups as a recovery code is. */
  readonly text: string
  readonly kept: Tagged
}
export async function makeTicket(keys: StationKeys): Promise<NewTicket> {
  const text = recoveryCode(random(recoveryCodeBytes))
  return { text, kept: await tagAnew(keys.ticket, text.replaceAll('-', '')) }
}

/** The ticket of a person that was issued and not ended; its time may be over. */
export const openTicket = (source: Ledger | Recorder, person: string): Row<'ticket'> | null =>
  source.find('ticket', "person_id = ? AND status = 'open' ORDER BY id DESC LIMIT 1", person)[0] ?? null

export const keptOf = (keys: StationKeys, ticket: Row<'ticket'>): Tagged =>
  openTagged(keys, ticket.secret, place(ticket.id, ticket.person_id))

export const isTicket = (keys: StationKeys, ticket: Row<'ticket'>, tag: string): boolean =>
  sameTag(keptOf(keys, ticket).tag, tag)

/** Also where the clock stands well before the moment it was issued at: a clock set back must not prolong it. */
export const isOver = (ticket: Row<'ticket'>, nowMs: number): boolean =>
  nowMs >= ticket.expires_at_ms || nowMs < ticket.issued_at_ms - clockSlackMs

export type TicketRefusal = 'person-inactive' | 'not-for-them' | 'by-policy'

/** Why this issuer may not give this person such a ticket; null where they may. */
export function ticketProblem(
  source: Ledger | Recorder,
  issuer: Row<'person'>,
  person: Row<'person'>,
  purpose: TicketPurpose,
  nowMs: number,
): TicketRefusal | null {
  const policy = readPolicy(source)
  if (person.status !== 'active') return 'person-inactive'
  if (person.id === issuer.id || !covers(policy, rolesOf(issuer), rolesOf(person))) return 'not-for-them'
  if (purpose === 'enroll' && !leadsToOffer(policy, rolesOf(issuer))) return 'by-policy'
  if (purpose === 'enroll' && settingsFor(source, rolesOf(person), nowMs).firstSignIn !== 'ticket') return 'by-policy'
  return null
}

/** A ticket to an enrollment is its issuer's alone: one who may enroll, and where policy wants two people there is none. */
const leadsToOffer = (policy: PolicyDocument, issuer: readonly Role[]): boolean =>
  mayDo(policy.grants, issuer, 'enroll') && !wantsTwo(policy, 'enroll')

/** Whoever holds a ticket is that person: nobody may lend powers by it that they do not have themselves. */
function covers({ grants }: PolicyDocument, issuer: readonly Role[], person: readonly Role[]): boolean {
  if (!mayDo(grants, issuer, 'issue-tickets')) return false
  if (person.includes('administrator') && !issuer.includes('administrator')) return false
  return allowedActions(grants, person).every((action) => mayDo(grants, issuer, action))
}

interface Issue {
  readonly person: string
  readonly purpose: TicketPurpose
  readonly hours: number
  readonly reason: string
  readonly actor: string
}

/** The one that the person had before ends. Returns when this one does. */
export function putTicket(recorder: Recorder, keys: StationKeys, issue: Issue, kept: Tagged, nowMs: number): number {
  const { person, purpose, hours, reason, actor } = issue
  endTicketsOf(recorder, person, 'replaced', actor)
  const id = newId()
  const expiresAtMs = nowMs + hours * hourMs
  recorder.put('ticket', id, {
    person_id: person,
    purpose,
    status: 'open',
    secret: sealTagged(keys, kept, place(id, person)),
    issued_at_ms: nowMs,
    expires_at_ms: expiresAtMs,
    issued_by: actor,
  })
  recorder.event({ type: 'ticket-issued', person, actor, reason, details: { ticket: id, purpose, hours } })
  return expiresAtMs
}

/** Its secret is erased with it. */
export function endTicket(recorder: Recorder, ticket: Row<'ticket'>, reason: string, actor?: string): void {
  const { id, event_number: _, ...content } = ticket
  recorder.put('ticket', id, { ...content, status: 'ended', secret: null })
  const details = { ticket: id, purpose: ticket.purpose }
  recorder.event({ type: 'ticket-ended', person: ticket.person_id, reason, details, ...(actor ? { actor } : {}) })
}

export function endTicketsOf(recorder: Recorder, person: string, reason: string, actor?: string): void {
  for (const ticket of recorder.find('ticket', "person_id = ? AND status = 'open'", person))
    endTicket(recorder, ticket, reason, actor)
}

/** Those whose time is over leave nothing that could be tried. */
export function endOverdueTickets(ledger: Ledger, nowMs: number): void {
  const overdue = ledger.find('ticket', "status = 'open'").filter((ticket) => isOver(ticket, nowMs))
  if (overdue.length === 0) return
  ledger.record((recorder) => {
    for (const { id } of overdue) {
      const ticket = recorder.get('ticket', id)
      if (ticket?.status === 'open') endTicket(recorder, ticket, 'expired')
    }
  })
}

export const ticketRows = (ledger: Ledger, person: string, nowMs: number): TicketRow[] =>
  ledger
    .find('ticket', "person_id = ? AND status = 'open' ORDER BY id DESC", person)
    .filter((ticket) => !isOver(ticket, nowMs))
    .map((ticket) => ({
      id: ticket.id,
      purpose: ticket.purpose,
      issuedBy: ledger.get('person', ticket.issued_by)?.display_name ?? '',
      expiresAtMs: ticket.expires_at_ms,
    }))
