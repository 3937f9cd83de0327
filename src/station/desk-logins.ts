// The ways in at an open desk: each attempt waits where the station is slowed, and who got in is handed to the desk.
import { setTimeout as delay } from 'node:timers/promises'
import type { Output } from '../contracts/ipc.ts'
import type { PolicySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import type { SignInMethod } from '../contracts/screen.ts'
import { beginSession, type Moment, proved } from '../core/session.ts'
import { throttleRule } from '../core/throttle.ts'
import { ClockFloor } from './clock-floor.ts'
import type { OpenSession } from './desk-screen.ts'
import { DamageError } from './keys.ts'
import type { Row } from './ledger.ts'
import {
  approveByCode,
  isThrottled,
  type LoginOutcome,
  type LoginParts,
  loginByCode,
  loginByRecovery,
  recoverySalt,
} from './login.ts'
import type { OpenStation } from './open-station.ts'
import { rolesOf } from './people.ts'
import type { Clock } from './ports.ts'
import { tagOf } from './recovery-codes.ts'
import { lastSignIns } from './sessions.ts'
import { isSlowed } from './throttle.ts'

const notNow = { ok: false, reason: 'not-now' } as const

export interface LoginHost {
  /** Locked, set up, and nothing else under way. */
  acceptsLogin(): boolean
  settings(roles: readonly Role[]): PolicySettings
  /** The session, if it is not over by now. */
  session(): OpenSession | null
  /** Somebody is in. */
  opened(session: OpenSession, person: Row<'person'>): void
  /** The open session goes on, with other times. */
  continued(session: OpenSession): void
}

export class DeskLogins {
  readonly parts: LoginParts
  readonly #host: LoginHost

  constructor({ db, ledger, keys }: OpenStation, clock: Clock, host: LoginHost) {
    this.parts = { db, ledger, keys, clock, floor: new ClockFloor(clock) }
    this.#host = host
  }

  /** Below the floor of time: typed codes are closed. */
  clockIsClosed(): boolean {
    return this.parts.floor.isClosed(this.parts.ledger)
  }

  async submitCode(staffId: string, code: string): Promise<Output<'submitCode'>> {
    if (!this.#host.acceptsLogin()) return notNow
    await this.waitWhereSlowed()
    return this.#enter(() => loginByCode(this.parts, staffId, code), 'totp')
  }

  async submitRecoveryCode(staffId: string, code: string): Promise<Output<'submitRecoveryCode'>> {
    if (!this.#host.acceptsLogin()) return notNow
    await this.waitWhereSlowed()
    // The slow hash comes after the throttle, or it would be a lever to keep the station busy.
    const tag = isThrottled(this.parts, this.parts.clock.nowMs(), staffId)
      ? null
      : await tagOf(this.parts.keys, code, recoverySalt(this.parts, staffId))
    return this.#enter(() => loginByRecovery(this.parts, staffId, tag), 'recovery')
  }

  /** A fresh code of whoever is signed in; a wrong one counts like any other. */
  async stepUp(code: string): Promise<Output<'stepUp'>> {
    const session = this.#host.session()
    const person = session && this.parts.ledger.get('person', session.personId)
    if (!session || !person) return notNow
    await this.waitWhereSlowed()
    const still = this.#host.session()
    if (still?.id !== session.id) return notNow
    const stepUp = { name: 'step-up', mayApprove: () => true, work: () => undefined }
    const approval = approveByCode(this.parts, person.staff_id, code, stepUp)
    if (!approval.ok) return approval
    this.#host.continued({ ...still, times: proved(still.times, this.#moment()) })
    return { ok: true }
  }

  #enter(login: () => LoginOutcome, method: SignInMethod): Output<'submitCode'> {
    // The desk may have changed while a slow step ran.
    if (!this.#host.acceptsLogin()) return notNow
    const outcome = login()
    if (!outcome.ok) return outcome
    const { db, ledger } = this.parts
    const { personId, credentialId, sessionId: id } = outcome
    const person = ledger.get('person', personId)
    if (!person) throw new DamageError('data-edited', `person/${personId}`)
    const before = lastSignIns(db, ledger, personId, id)
    const times = beginSession(this.#moment(), this.#host.settings(rolesOf(person)))
    this.#host.opened({ id, personId, credentialId, method, lastSignIns: before, times }, person)
    return { ok: true, displayName: person.display_name }
  }

  async waitWhereSlowed(): Promise<void> {
    const { ledger, clock } = this.parts
    if (isSlowed(ledger, clock.nowMs())) await delay(throttleRule.stationDelayMs)
  }

  #moment(): Moment {
    const { clock } = this.parts
    return { nowMs: clock.nowMs(), runningMs: clock.runningMs() }
  }
}
