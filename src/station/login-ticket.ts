// A ticket typed at the lock screen: gets its person in, or to their own phone offer, once.
import {
  type Attempt,
  accept,
  fail,
  ids,
  type LoginParts,
  type Refusal,
  refuse,
  refuseUnseen,
  type SignedIn,
} from './attempt.ts'
import type { StationKeys } from './keys.ts'
import type { Ledger, Recorder } from './ledger.ts'
import { asForARow } from './login-subject.ts'
import { personByStaffId } from './people.ts'
import { throttleNow } from './policy.ts'
import { keyOfTags, nobodysSalt, slowTag } from './slow-hash.ts'
import { noteSuccess, remainingWait } from './throttle.ts'
import { endTicket, isOver, isTicket, keptOf, openTicket, ticketProblem } from './tickets.ts'

/** No session: the person's offer at the lock screen, which `issuedBy` answers for. */
interface ToOffer {
  readonly ok: true
  readonly enroll: { readonly staffId: string; readonly issuedBy: string }
}
export type TicketOutcome = SignedIn | ToOffer | Refusal
const type = 'login-attempted'

/** The keyed tag of what was typed; one slow hash for everybody, known or not. */
export function typedTicket({ keys, ledger }: LoginParts, staffId: string, code: string): Promise<string> {
  const { ticket } = lookUp(ledger, keys, staffId)
  const nobodys = nobodysSalt(keys, staffId)
  const kept = ticket ? keptOf(keys, ticket) : null
  return slowTag(keyOfTags(kept, keys.ticket), code, kept ? Buffer.from(kept.salt, 'base64') : nobodys)
}

/** Known or not, as many statements are run and as many HMACs made. */
function lookUp(source: Ledger | Recorder, keys: StationKeys, staffId: string) {
  const person = personByStaffId(source, staffId)
  const ticket = openTicket(source, person?.id ?? '')
  for (const missing of [person, ticket]) if (!missing) asForARow(keys, staffId)
  return { person, ticket }
}

/** @param tag made beforehand, off this thread; null where it came too early. */
export function loginByTicket(parts: LoginParts, staffId: string, tag: string | null): TicketOutcome {
  const subject = parts.keys.subject(staffId)
  return parts.ledger.record((recorder): TicketOutcome => {
    const nowMs = parts.clock.nowMs()
    const { person, ticket } = lookUp(recorder, parts.keys, staffId)
    const details = ticket ? { details: { ticket: ticket.id } } : {}
    const attempt: Attempt = { subject, method: 'ticket', ...ids(person, null), ...details }
    const rule = throttleNow(recorder, nowMs)
    const waitMs = remainingWait(recorder, subject, 'ticket', nowMs, rule)
    if (waitMs > 0 || tag === null)
      return refuseUnseen(parts, recorder, type, attempt, 'throttled', Math.max(waitMs, 1))
    if (!person || !ticket || !isTicket(parts.keys, ticket, tag)) {
      const recorded = !person ? 'unknown-person' : !ticket ? 'no-ticket' : 'wrong-code'
      return fail(parts, recorder, type, { attempt, rule, recorded, shown: 'wrong-code' })
    }
    if (person.status !== 'active') return refuse(recorder, type, attempt, person.status, 'suspended')
    const over = isOver(ticket, nowMs) ? 'expired' : null
    const issuer = recorder.get('person', ticket.issued_by)
    // Whoever issued it may do less by now, or the person more.
    const allowed = issuer?.status === 'active' && !ticketProblem(recorder, issuer, person, ticket.purpose, nowMs)
    if (over !== null || !allowed) {
      endTicket(recorder, ticket, over ?? 'issuer-not-allowed')
      return refuse(recorder, type, attempt, 'ticket-ended', 'wrong-code')
    }
    if (parts.floor.isClosed(recorder)) return refuseUnseen(parts, recorder, type, attempt, 'clock-closed')
    endTicket(recorder, ticket, 'used')
    if (ticket.purpose === 'sign-in') return accept(recorder, attempt, 'ticket', person, nowMs)
    noteSuccess(recorder, subject, 'ticket')
    recorder.event({ type: 'ticket-led-to-offer', ...attempt, outcome: 'accepted' })
    return { ok: true, enroll: { staffId: person.staff_id, issuedBy: ticket.issued_by } }
  })
}
