// What a careful colleague with a notebook would know of a station: who is who, what works, what was used. No code of ours.
import { HOTP, Secret } from 'otpauth'

export type Way = 'totp' | 'recovery' | 'pin' | 'ticket' | 'phone'
export type Verdict = 'yes' | 'no' | 'either'
type Status = 'pending' | 'active' | 'suspended' | 'ended'
interface Credential {
  id: string
  status: Status
}
export interface Phone extends Credential {
  readonly kind: 'totp'
  readonly setupKey: string
  lastStep: number
}
/** A phone that scans. Its keys are with the station under the walk, by this number: a notebook can't copy keys. */
export interface Bound extends Credential {
  readonly kind: 'phone'
  readonly nth: number
  readonly form: 'keys' | 'typed'
  /** Its owner said no: until then it opens nothing. */
  closedUntilMs: number
}
export interface CodeSet extends Credential {
  readonly kind: 'recovery'
  readonly codes: readonly string[]
  readonly used: Set<string>
}
export interface Pin extends Credential {
  readonly kind: 'pin'
  readonly text: string
}
export interface Ticket {
  readonly text: string
  readonly purpose: 'sign-in' | 'enroll'
  readonly issuer: Person
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  open: boolean
  /** Its time was over at some moment, also where the clock went back since. */
  wasOver: boolean
}
export interface Offer {
  readonly id: string
  readonly person: Person
  readonly purpose: 'replace' | 'add' | 'move'
  readonly replaces: Phone | null
  /** In the place of a lost phone, which scans no more either. */
  readonly endsBound: boolean
  status: 'waiting' | 'open' | 'ended' | 'confirmed'
  setupKey: string
  expiresAtMs: number
  tries: number
  wasOver: boolean
}
export interface Person {
  readonly id: string
  staffId: string
  readonly isAdministrator: boolean
  status: 'active' | 'suspended' | 'left'
  readonly credentials: (Phone | Bound | CodeSet | Pin)[]
  readonly tickets: Ticket[]
}
export interface Moment {
  readonly wallMs: number
  readonly runningMs: number
}
export interface Session {
  readonly person: Person
  readonly method: Way
  /** What it lives by; null after a ticket. */
  livesBy: Phone | Bound | CodeSet | null
  byPhone: boolean
  provedAt: Moment
  idleFrom: Moment
  readonly since: Moment
}
export interface Pending {
  readonly person: Person
  readonly phone: Phone | Bound
  readonly since: Moment
  /** They have a PIN; else they choose one. */
  readonly asked: boolean
}
export type Stage =
  | { readonly kind: 'offer'; readonly offer: Offer }
  | {
      readonly kind: 'pin' | 'codes'
      readonly person: Person
      readonly set: CodeSet | null
      readonly newPhone: boolean
    }

const minute = 60_000
export const rule = {
  freshMs: 5 * minute,
  idleMs: 5 * minute,
  sessionMs: 12 * 60 * minute,
  offerMs: 5 * minute,
} as const
const pendingMs = minute
const periodMs = 30_000

export class Model {
  readonly people: Person[] = []
  readonly offers: Offer[] = []
  readonly failures = new Map<string, number>()
  policy = { factors: 'code', totpWindowSteps: 1, phonesPerPerson: 1, firstSignIn: 'administrator', suspendsAt: 100 }
  /** Restored, and no administrator has confirmed the people yet. */
  unconfirmed = false
  session: Session | null = null
  pending: Pending | null = null
  stage: Stage | null = null
  /** No floor of time can be above this: the highest that the clock has been, plus the running time since. */
  #highest: Moment = { wallMs: 0, runningMs: 0 }

  /** What time alone ends. */
  settle(now: Moment): void {
    const sinceHighest = now.runningMs - this.#highest.runningMs
    const wallMs = Math.max(now.wallMs, this.#highest.wallMs + sinceHighest)
    this.#highest = { wallMs, runningMs: now.runningMs }
    for (const ticket of this.people.flatMap(({ tickets }) => tickets)) ticket.wasOver ||= isOver(ticket, now.wallMs)
    for (const offer of this.offers) offer.wasOver ||= now.wallMs >= offer.expiresAtMs
    if (this.session && !this.#lives(this.session, now)) this.endSession()
    if (this.pending && isPast(this.pending.since, pendingMs, now)) this.pending = null
  }

  /** May this person come in at all, while the people of a restored station wait to be confirmed? */
  mayCome = (person: Person): boolean => !this.unconfirmed || person.isAdministrator

  clockMayBeClosed = (now: Moment): boolean => now.wallMs < this.#highest.wallMs - minute

  #lives({ person, livesBy, since, idleFrom }: Session, now: Moment): boolean {
    if (person.status !== 'active' || isPast(since, rule.sessionMs, now) || isPast(idleFrom, rule.idleMs, now))
      return false
    const storesOwn = this.stage !== null && this.stage.kind !== 'offer' && this.stage.person === person
    return storesOwn || livesBy === null || livesBy.status === 'active'
  }

  endSession(): void {
    this.session = null
    this.leaveStage()
  }

  leaveStage(): void {
    if (this.stage?.kind === 'offer' && this.stage.offer.status === 'open') this.stage.offer.status = 'ended'
    this.stage = null
  }

  /** May whoever is signed in change people, phones and tickets now? */
  mayChange(now: Moment): boolean {
    const { session, stage } = this
    const storing = stage?.kind === 'pin' || stage?.kind === 'codes'
    return session?.person.isAdministrator === true && !storing && this.isFresh(now)
  }

  isFresh(now: Moment): boolean {
    const { session } = this
    if (!session || isPast(session.provedAt, rule.freshMs, now)) return false
    return session.method !== 'ticket' || session.byPhone
  }

  /** Is anybody else left who can put things right? Where nobody gets past policy as it is, having a phone is enough. */
  isLastAdministrator = (person: Person): boolean => {
    if (!person.isAdministrator || person.status !== 'active') return false
    const able = this.people.filter(hasPhone)
    const keepers = able.filter((each) => !this.isHeldByPin(each))
    const left = (those: readonly Person[]) => those.some((other) => other !== person)
    return !left(able) || (keepers.length > 0 && !left(keepers))
  }

  /** Does policy ask a PIN of them that too many tries suspended? */
  isHeldByPin = (person: Person): boolean =>
    this.policy.factors === 'code-and-pin' && pinOf(person)?.status === 'suspended'

  /** A code of this phone and this step, typed for this staff ID: is it one that was never used, in its time? */
  isGood(staffId: string, phone: Phone, step: number, now: Moment): boolean {
    const person = this.personOf(staffId)
    const counted = person ? phonesOf(person).slice(0, this.policy.phonesPerPerson) : []
    const current = stepAt(now)
    const inTime = step <= current && step >= current - this.policy.totpWindowSteps
    return counted.includes(phone) && inTime && step > phone.lastStep
  }

  personOf = (staffId: string): Person | undefined => this.people.find((person) => person.staffId === staffId)

  failuresOf = (way: Way, staffId: string): number => this.failures.get(`${way}:${staffId}`) ?? 0

  /** Notes what an attempt was answered with. */
  note(way: Way, staffId: string, outcome: 'accepted' | string): void {
    const key = `${way}:${staffId}`
    if (outcome === 'accepted') this.failures.delete(key)
    if (!['wrong-code', 'wrong-or-over', 'already-used', 'clock-wrong'].includes(outcome)) return
    const count = this.failuresOf(way, staffId) + 1
    this.failures.set(key, count)
    const person = this.personOf(staffId)
    if (!person || count < this.policy.suspendsAt || (way !== 'totp' && way !== 'pin')) return
    for (const each of person.credentials) if (each.kind === way && each.status === 'active') each.status = 'suspended'
  }

  /** May an attempt have been sent away before it was looked at? */
  mayWait = (way: Way, staffId: string): boolean => this.failuresOf(way, staffId) >= (way === 'pin' ? 5 : 3)
}

export const stepAt = ({ wallMs }: Moment): number => Math.floor(wallMs / periodMs)
export const codeAt = ({ setupKey }: { readonly setupKey: string }, step: number): string =>
  HOTP.generate({ secret: Secret.fromBase32(setupKey), counter: step })

/** By either clock. */
export const isPast = (since: Moment, ms: number, now: Moment): boolean =>
  now.wallMs >= since.wallMs + ms || now.runningMs >= since.runningMs + ms
const slackMs = 90_000
export const isOver = ({ issuedAtMs, expiresAtMs }: Ticket, wallMs: number): boolean =>
  wallMs >= expiresAtMs || wallMs < issuedAtMs - slackMs

/** Those that have not ended, newest first. */
export const phonesOf = (person: Person): Phone[] =>
  person.credentials.filter((each): each is Phone => each.kind === 'totp' && each.status !== 'ended').toReversed()
export const boundOf = (person: Person): Bound[] =>
  person.credentials.filter((each): each is Bound => each.kind === 'phone' && each.status !== 'ended').toReversed()
export const setOf = (person: Person): CodeSet | undefined =>
  person.credentials.find((each): each is CodeSet => each.kind === 'recovery' && /active|suspended/.test(each.status))
export const pinOf = (person: Person): Pin | undefined =>
  person.credentials.find((each): each is Pin => each.kind === 'pin' && /active|suspended/.test(each.status))

const hasPhone = (person: Person): boolean =>
  person.isAdministrator &&
  person.status === 'active' &&
  [...phonesOf(person), ...boundOf(person)].some(({ status }) => status === 'active')
