// Who is signed in at an open desk: from a session's begin to its end, and what they may do in it.
import type { Output } from '../contracts/ipc.ts'
import type { PolicySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import { allowedActions, mayDo } from '../core/permissions.ts'
import { freshnessFor } from '../core/policy.ts'
import { isFresh, type Moment, postponed, proved, sessionEnd } from '../core/session.ts'
import type { Actor } from './administration.ts'
import type { Notice } from './desk-front.ts'
import { newPhone, type OpenSession } from './desk-screen.ts'
import type { Enrollment } from './enrollment.ts'
import { DamageError } from './keys.ts'
import type { Row } from './ledger.ts'
import { disownSignIn } from './not-me.ts'
import type { OpenStation } from './open-station.ts'
import { rolesOf } from './people.ts'
import { readPolicy } from './policy.ts'
import type { Clock } from './ports.ts'
import { activeSet } from './recovery-codes.ts'
import { endSession, isRevoked, type SessionEnd } from './sessions.ts'

const notNow = { ok: false, reason: 'not-now' } as const
const looksEveryMs = 250

export interface SessionHost {
  readonly enrollment: Enrollment
  settings(roles: readonly Role[]): PolicySettings
  /** Runs what a timer does: a fault in it closes the station. */
  guarded(work: () => void): void
  began(): void
  changed(): void
  /** Nobody is in any more, and the end is not on record yet. */
  left(): void
  /** The end is on record. */
  ended(notice: Notice): void
}

export class DeskSession {
  readonly #station: OpenStation
  readonly #clock: Clock
  readonly #host: SessionHost
  #session: OpenSession | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(station: OpenStation, clock: Clock, host: SessionHost) {
    this.#station = station
    this.#clock = clock
    this.#host = host
  }

  /** As it was when somebody last looked. */
  get open(): OpenSession | null {
    return this.#session
  }

  /** The session, if it is not over by now: after a sleep a call may come before the timer. */
  current(): OpenSession | null {
    this.look()
    return this.#session
  }

  begin(session: OpenSession, person: Row<'person'>): void {
    this.#session = session
    this.#host.began()
    this.#timer = setInterval(() => this.look(), looksEveryMs)
    // Not after a ticket: help for once must not become codes that work for good.
    if (session.method !== 'ticket' && !activeSet(this.#station.ledger, person.id))
      this.#host.enrollment.secrets.askToStore(person.id, person.display_name)
    this.#host.changed()
  }

  /** Whoever is signed in has shown so anew, by a fresh code or their phone. */
  proved(): void {
    const session = this.current()
    if (session) this.#goOn({ ...session, times: proved(session.times, this.#moment()), byPhone: true })
  }

  /** The same session, with other times. */
  #goOn(session: OpenSession): void {
    this.#session = session
    this.#host.changed()
  }

  look(): void {
    const session = this.#session
    if (!session) return
    this.#host.guarded(() => {
      const { enrollment } = this.#host
      const { stage } = enrollment
      const storesOwn = enrollment.isStoring() && 'personId' in stage && stage.personId === session.personId
      const revoked = isRevoked(this.#station.ledger, session, storesOwn)
      const reason = revoked ? 'revoked' : sessionEnd(session.times, this.#moment())
      if (reason) this.end(reason, `session-ended-${reason}`)
    })
  }

  end(reason: SessionEnd, notice: Notice): void {
    const session = this.#session
    if (!session) return
    clearInterval(this.#timer)
    // Out of the session first: whatever fails below, nobody is in.
    this.#session = null
    this.#host.left()
    endSession(this.#station.ledger, session.id, reason, this.#clock.nowMs())
    this.#host.ended(notice)
  }

  reportActivity(): void {
    const session = this.current()
    if (!session) return
    const settings = this.#host.settings(this.rolesIn(session))
    this.#goOn({ ...session, times: postponed(session.times, this.#moment(), settings) })
  }

  /** One of the sign-ins on their screen was not theirs: their way in is closed before anything is said. */
  reportNotMe(event: number): Output<'reportNotMe'> {
    const session = this.current()
    if (!session) return notNow
    const signIn = session.lastSignIns.find(({ number }) => number === event)
    if (!signIn) return { ok: false, reason: 'no-such-sign-in' }
    const { ledger, keys } = this.#station
    const disowned = { event, atMs: signIn.atMs, method: signIn.method }
    const isLast = ledger.record((recorder) => disownSignIn(recorder, keys, session, disowned, this.#clock.nowMs()))
    this.end('not-me', isLast ? 'reported-last' : 'reported')
    return { ok: true }
  }

  /** What the session lives by has just been replaced: by a phone, which signs in from now on, or by codes alone. */
  enrolled(personId: string, byPhone: boolean): void {
    const session = this.#session
    if (session?.personId !== personId) return
    if (byPhone) this.end('enrolled', 'wait-for-next-code')
    else if (session.method === 'recovery')
      this.#session = { ...session, credentialId: activeSet(this.#station.ledger, personId)?.id ?? null }
  }

  /** By the phone that was bound in it, where that took the place of what signed in: the welcome is still to be scanned. */
  livesOn(personId: string, credentialId: string): void {
    const session = this.#session
    if (session?.personId === personId && isRevoked(this.#station.ledger, session, false))
      this.#session = { ...session, credentialId }
  }

  /** Not while somebody's own new recovery codes wait to be stored. */
  actor(): Actor | null {
    const session = this.current()
    const { ledger } = this.#station
    const person = session ? ledger.get('person', session.personId) : null
    if (!session || person?.status !== 'active' || this.#host.enrollment.isStoring()) return null
    const roles = rolesOf(person)
    const policy = readPolicy(ledger)
    return {
      personId: person.id,
      roles,
      sessionId: session.id,
      may: (action) => mayDo(policy.grants, roles, action),
      // A ticket is no proof of one's own: changes ask for a code first.
      isFreshFor: (action) =>
        (session.method !== 'ticket' || session.byPhone) &&
        isFresh(session.times, this.#moment(), freshnessFor(policy, this.#host.settings(roles), action)),
      byPhone: session.byPhone,
      newPhone: newPhone(session, allowedActions(policy.grants, roles), policy),
    }
  }

  rolesIn(session: OpenSession): Role[] {
    const person = this.#station.ledger.get('person', session.personId)
    if (!person) throw new DamageError('data-edited', `person/${session.personId}`)
    return rolesOf(person)
  }

  stop(): void {
    this.#session = null
    clearInterval(this.#timer)
  }

  #moment(): Moment {
    return { nowMs: this.#clock.nowMs(), runningMs: this.#clock.runningMs() }
  }
}
