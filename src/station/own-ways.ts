// What somebody who is signed in does about their own PIN, recovery codes and phone.
import type { ownCommands } from '../contracts/commands/own.ts'
import type { Handlers, Output } from '../contracts/ipc.ts'
import { pinProblem } from '../core/pin.ts'
import type { Actor } from './administration.ts'
import type { DeskApprovals } from './desk-approvals.ts'
import type { DeskLogins } from './desk-logins.ts'
import type { Enrollment } from './enrollment.ts'
import { DamageError } from './keys.ts'
import type { Row } from './ledger.ts'
import type { OpenStation } from './open-station.ts'
import { makePin, putPin } from './pins.ts'

const notAllowed = { ok: false, reason: 'not-allowed' } as const
const notNow = { ok: false, reason: 'not-now' } as const
const stepUpNeeded = { ok: false, reason: 'step-up-needed' } as const

export interface OwnHost {
  /** The one who is signed in now, read anew at each call. */
  actor(): Actor | null
  approvals(): DeskApprovals
  changed(): void
}

export class OwnWays {
  readonly #station: OpenStation
  readonly #enrollment: Enrollment
  readonly #logins: DeskLogins
  readonly #host: OwnHost

  constructor(station: OpenStation, enrollment: Enrollment, logins: DeskLogins, host: OwnHost) {
    this.#station = station
    this.#enrollment = enrollment
    this.#logins = logins
    this.#host = host
  }

  readonly handlers: Pick<Handlers, keyof typeof ownCommands> = {
    changeOwnPin: async ({ pin, again }) => {
      const before = this.#mine()
      if ('reason' in before) return before
      const problem = pin === again ? pinProblem(pin, this.#person(before.personId).staff_id) : 'not-same'
      if (problem) return { ok: false, reason: problem }
      const { ledger, keys } = this.#station
      const made = await makePin(keys, pin)
      // The session may be over, or another's, while the slow hash ran.
      const now = this.#mine()
      if ('reason' in now) return now
      if (now.personId !== before.personId) return notNow
      ledger.record((recorder) => putPin(recorder, keys, now.personId, made))
      this.#host.changed()
      return { ok: true }
    },
    makeOwnRecoveryCodes: async () => {
      const actor = this.#mine()
      if ('reason' in actor) return actor
      if (this.#enrollment.stage.kind !== 'none') return notNow
      this.#enrollment.secrets.askToStore(actor.personId, this.#person(actor.personId).display_name)
      return this.#enrollment.secrets.renewRecoveryCodes()
    },
    bindOwnPhone: () => {
      const actor = this.#mine()
      if ('reason' in actor) return actor
      if (this.#enrollment.stage.kind !== 'none') return notNow
      const { staff_id } = this.#person(actor.personId)
      return this.#enrollment.binding.offerTo(staff_id, actor.personId, { purpose: 'add' })
    },
    enrollOwnPhone: async ({ approval }) => {
      const actor = this.#host.actor()
      if (!actor?.newPhone || this.#enrollment.stage.kind !== 'none') return notNow
      const { staff_id } = this.#person(actor.personId)
      if (approval === null) {
        if (actor.newPhone !== 'alone') return notAllowed
        if (!actor.isFreshFor('enroll-self')) return stepUpNeeded
        return this.#enrollment.offerTo(staff_id, undefined)
      }
      const approved = await this.#host.approvals().byCode(approval.staffId, approval.code, 'enroll', {
        over: actor.roles,
      })
      if (approved === null || this.#enrollment.stage.kind !== 'none') return notNow
      return approved.ok ? this.enrollApproved(actor.sessionId, approved.value) : approved
    },
  }

  /** An authenticator app for whoever is signed in, once somebody else has approved it. */
  enrollApproved(sessionId: string, approver: string): Promise<Output<'setUpStation'>> {
    return this.#logins.patiently(() => {
      const actor = this.#host.actor()
      return actor?.sessionId === sessionId && actor.newPhone && this.#enrollment.stage.kind === 'none'
        ? this.#enrollment.offerTo(this.#person(actor.personId).staff_id, approver)
        : notNow
    })
  }

  /** A change of one's own: with a fresh code of one's phone, whatever began the session. */
  #mine(): Actor | typeof notAllowed | typeof stepUpNeeded {
    const actor = this.#host.actor()
    if (!actor?.may('change-own')) return notAllowed
    return actor.byPhone && actor.isFreshFor('change-own') ? actor : stepUpNeeded
  }

  #person(id: string): Row<'person'> {
    const person = this.#station.ledger.get('person', id)
    if (!person) throw new DamageError('data-edited', `person/${id}`)
    return person
  }
}
