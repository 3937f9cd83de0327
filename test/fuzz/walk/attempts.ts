// What people type to get in, or to approve something: right, wrong, used, old, somebody else's. Each with its verdict.
import { expect } from 'vitest'
import type { LoginAnswer } from '../../../src/contracts/commands/login.ts'
import {
  type CodeSet,
  codeAt,
  isOver,
  type Model,
  type Pending,
  type Person,
  type Phone,
  phonesOf,
  pinOf,
  type Session,
  setOf,
  stepAt,
  type Ticket,
  type Verdict,
  type Way,
} from './model.ts'
import type { WalkedStation } from './station.ts'

type Answer = { readonly ok: true } | { readonly ok: false; readonly reason: string }
interface Attempt {
  readonly way: Way
  readonly staffId: string
  readonly verdict: Verdict
}
const firstFactor = ['pin-needed', 'new-pin-needed']
const unseen = ['throttled', 'clock-closed', 'not-now']
export const isAccepted = (answer: Answer): boolean => answer.ok || firstFactor.includes(answer.reason)
export const wasLookedAt = (answer: Answer): boolean => answer.ok || !unseen.includes(answer.reason)
export const reasonOf = (answer: Answer): string => (answer.ok ? 'accepted' : answer.reason)

/** Holds an answer and the log against the verdict, and notes what failed. */
export function judge(model: Model, station: WalkedStation, attempt: Attempt, answer: Answer): boolean {
  const { way, staffId, verdict } = attempt
  const accepted = isAccepted(answer)
  const said = `${way} for ${staffId}, answered ${reasonOf(answer)}`
  if (accepted) expect(verdict, said).not.toBe('no')
  else if (verdict === 'yes') {
    const excuse =
      (reasonOf(answer) === 'throttled' && model.mayWait(way, staffId)) ||
      (reasonOf(answer) === 'clock-closed' && model.clockMayBeClosed(station.now()))
    expect(excuse, said).toBe(true)
  }
  const person = model.personOf(staffId)
  expect(station.accepted(), `the log says of ${said}`).toEqual(accepted && person ? [person.id] : [])
  model.note(way, staffId, accepted ? 'accepted' : reasonOf(answer))
  station.count(`${way} ${accepted ? 'accepted' : 'refused'}`)
  return accepted
}

export function enter(model: Model, station: WalkedStation, person: Person, way: Way, livesBy: Session['livesBy']) {
  const now = station.now()
  const byPhone = way === 'totp' || way === 'pin' || way === 'phone'
  model.session = { person, method: way, livesBy, byPhone, provedAt: now, idleFrom: now, since: now }
  model.pending = null
  if (way !== 'ticket' && setOf(person)?.status !== 'active')
    model.stage = { kind: 'codes', person, set: null, newPhone: false }
}

/** @param check where the code is typed: at the lock screen, for a step-up, for an approval. */
export async function typeCode<A extends Answer>(
  model: Model,
  station: WalkedStation,
  typed: { readonly staffId: string; readonly phone: Phone; readonly offset: number },
  check: { readonly allowed: (person: Person) => boolean; readonly send: (code: string) => Promise<A> },
): Promise<A> {
  const { staffId, phone, offset } = typed
  const now = station.now()
  const step = stepAt(now) + offset
  const person = model.personOf(staffId)
  const good = model.isGood(staffId, phone, step, now)
  const works = good && phone.status === 'active' && person?.status === 'active'
  const verdict = works && person && check.allowed(person) ? 'yes' : 'no'
  const answer = await check.send(codeAt(phone, step))
  if (good && wasLookedAt(answer)) phone.lastStep = step
  judge(model, station, { way: 'totp', staffId, verdict }, answer)
  // A right code of somebody who may not go on forgets the wrong ones before it all the same.
  if (works && wasLookedAt(answer)) model.note('totp', staffId, 'accepted')
  return answer
}

export async function signIn(model: Model, station: WalkedStation, staffId: string, phone: Phone, offset: number) {
  const free = station.isFree(model)
  const answer = await typeCode(
    model,
    station,
    { staffId, phone, offset },
    {
      allowed: (person) =>
        free &&
        model.mayCome(person) &&
        !(model.policy.factors === 'code-and-pin' && pinOf(person)?.status === 'suspended'),
      send: async (code): Promise<LoginAnswer> => station.handlers.submitCode({ staffId, code }),
    },
  )
  const person = model.personOf(staffId)
  if (!person || !isAccepted(answer)) return
  expect(answer.ok, 'whether a code was enough').toBe(model.policy.factors === 'code')
  if (answer.ok) return enter(model, station, person, 'totp', phone)
  expect(reasonOf(answer)).toBe(pinOf(person) ? 'pin-needed' : 'new-pin-needed')
  model.pending = { person, phone, since: station.now(), asked: pinOf(person) !== undefined }
}

const stillProved = ({ phone, person }: Pending): boolean => phone.status === 'active' && person.status === 'active'

export async function typePin(model: Model, station: WalkedStation, pin: string) {
  const { pending } = model
  const answer = await station.handlers.submitPin({ pin })
  if (!pending?.asked) return expect(reasonOf(answer)).toBe('not-now')
  const kept = pinOf(pending.person)
  const right = kept?.status === 'active' && kept.text === pin
  const verdict = right && stillProved(pending) ? 'yes' : 'no'
  const accepted = judge(model, station, { way: 'pin', staffId: pending.person.staffId, verdict }, answer)
  if (accepted) enter(model, station, pending.person, 'pin', pending.phone)
  else if (!['wrong-code', 'throttled'].includes(reasonOf(answer))) model.pending = null
}

export async function choosePin(model: Model, station: WalkedStation, pin: string) {
  const { pending, stage } = model
  const answer = await station.handlers.setNewPin({ pin, again: pin })
  const person = stage?.kind === 'pin' ? stage.person : pending && !pending.asked ? pending.person : null
  if (!person) return expect(reasonOf(answer)).toBe('not-now')
  const may = stage?.kind === 'pin' ? person.status === 'active' : pending && stillProved(pending) && !pinOf(person)
  expect(answer.ok, `a first PIN, answered ${reasonOf(answer)}`).toBe(may === true)
  if (!stage) expect(station.accepted(), 'the log says of a first PIN').toEqual(answer.ok ? [person.id] : [])
  if (answer.ok)
    person.credentials.push({ kind: 'pin', id: station.newest(person, 'pin'), status: 'active', text: pin })
  if (stage?.kind === 'pin') model.stage = answer.ok ? { ...stage, kind: 'codes' } : null
  else if (answer.ok && pending) enter(model, station, person, 'pin', pending.phone)
  else model.pending = null
}

export async function typeRecoveryCode(
  model: Model,
  station: WalkedStation,
  staffId: string,
  set: CodeSet,
  at: number,
) {
  const person = model.personOf(staffId)
  const typed = set.codes[at % set.codes.length] ?? ''
  const fits = person !== undefined && setOf(person) === set && !set.used.has(typed)
  const may = station.isFree(model) && person !== undefined && model.mayCome(person)
  const works = may && fits && set.status === 'active' && person.status === 'active'
  const answer = await station.handlers.submitRecoveryCode({ staffId, code: typed.replaceAll('-', '') })
  if (fits && wasLookedAt(answer)) set.used.add(typed)
  const accepted = judge(model, station, { way: 'recovery', staffId, verdict: works ? 'yes' : 'no' }, answer)
  if (accepted && person) enter(model, station, person, 'recovery', set)
}

export async function typeTicket(model: Model, station: WalkedStation, staffId: string, ticket: Ticket) {
  const person = model.personOf(staffId)
  const theirs = person?.tickets.includes(ticket) === true && ticket.open && person.status === 'active'
  const allowed =
    ticket.issuer.status === 'active' && (ticket.purpose === 'sign-in' || model.policy.firstSignIn === 'ticket')
  const may = station.isFree(model) && person !== undefined && model.mayCome(person)
  const works = may && theirs && allowed && !isOver(ticket, station.now().wallMs)
  const verdict = works ? (ticket.wasOver ? 'either' : 'yes') : 'no'
  const answer = await station.handlers.submitTicket({ staffId, code: ticket.text.replaceAll('-', '') })
  const accepted = judge(model, station, { way: 'ticket', staffId, verdict }, answer)
  if (theirs && wasLookedAt(answer)) ticket.open = false
  if (!accepted || !person) return
  if (ticket.purpose === 'sign-in') return enter(model, station, person, 'ticket', null)
  const shown = answer as { readonly secret?: { readonly setupKey: string } }
  showOffer(model, station, person, { purpose: 'replace', replaces: null }, shown.secret?.setupKey ?? '')
}

interface Plan {
  readonly purpose: 'replace' | 'add' | 'move'
  readonly replaces: Phone | null
}

/** A new one on the screen: whatever else was there, or was made for this person, has ended. */
export function showOffer(model: Model, station: WalkedStation, person: Person, plan: Plan, setupKey: string) {
  model.leaveStage()
  endOffersOf(model, person)
  const expiresAtMs = station.now().wallMs + 5 * 60_000
  const id = station.newestOffer(person)
  const made = phonesOf(person).length === 0 ? { purpose: 'replace' as const, replaces: null } : plan
  const endsBound = made.purpose === 'replace' && phonesOf(person).length > 0
  const rest = { setupKey, expiresAtMs, tries: 0, wasOver: false, endsBound }
  const offer = { id, person, ...made, status: 'open' as const, ...rest }
  model.offers.push(offer)
  model.stage = { kind: 'offer', offer }
}

export function endOffersOf(model: Model, person: Person): void {
  for (const offer of model.offers)
    if (offer.person === person && /waiting|open/.test(offer.status)) offer.status = 'ended'
}
