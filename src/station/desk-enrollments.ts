// The commands of an enrollment that depend on who is signed in, if anybody is.
import type { Handlers, Output } from '../contracts/ipc.ts'
import type { Administration } from './administration.ts'
import type { DeskLogins } from './desk-logins.ts'
import type { DeskSession } from './desk-session.ts'
import type { Enrollment } from './enrollment.ts'
import { readLink } from './hub/link.ts'
import { isSetUp, type Opened } from './open-station.ts'
import { beginningOf, changeSetUp } from './set-up.ts'

interface EnrollmentsHost {
  readonly session: DeskSession
  readonly logins: DeskLogins
  readonly administration: Administration
}
const notNow = { ok: false, reason: 'not-now' } as const

export class DeskEnrollments {
  readonly #opened: Opened
  readonly #enrollment: Enrollment
  readonly #host: EnrollmentsHost

  constructor(opened: Opened, enrollment: Enrollment, host: EnrollmentsHost) {
    this.#opened = opened
    this.#enrollment = enrollment
    this.#host = host
  }

  /** The one under way, if the session that began it is not over by now. */
  current(): Enrollment {
    this.#host.session.look()
    return this.#enrollment
  }

  /** In first run nobody is signed in; in a session it is a change like making the offer was. */
  renewOffer(): Output<'renewOffer'> {
    const enrollment = this.current()
    if (!this.#host.session.open || enrollment.stage.kind !== 'offer') return enrollment.renew()
    return this.#host.administration.renew(enrollment.isMove, () => enrollment.renew())
  }

  renewBinding(): Output<'renewBinding'> {
    const enrollment = this.current()
    const { stage } = enrollment
    const session = this.#host.session.open
    if (!session || stage.kind !== 'offer' || stage.view.kind !== 'phone') return notNow
    const isOwn = this.#opened.ledger.get('person', session.personId)?.staff_id === stage.view.staffId
    return this.#host.administration.renew(isOwn, () =>
      enrollment.binding.offerTo(stage.view.staffId, stage.actor ?? '', stage.plan),
    )
  }

  /** Set-up once more, until a first code has confirmed an administrator. */
  setUpAgain(input: Parameters<Handlers['setUpStation']>[0]): Output<'setUpStation'> {
    if (!this.beginsAgain()) return notNow
    changeSetUp(this.#opened, beginningOf(input))
    return this.#enrollment.offerTo(input.administratorStaffId, undefined)
  }

  /** Nobody can sign in yet, and nobody is about to: neither by an offer nor from a hub. */
  beginsAgain(): boolean {
    const { ledger } = this.#opened
    const isIdle = !this.#host.session.open && this.#enrollment.stage.kind === 'none'
    return isIdle && !isSetUp(ledger) && readLink(ledger) === null
  }

  /** A first PIN: in an enrollment, or after a right code at the lock screen. */
  setNewPin(pin: string, again: string): Promise<Output<'setNewPin'>> {
    const enrolling = this.current().stage.kind === 'pin'
    return enrolling ? this.#enrollment.secrets.setNewPin(pin, again) : this.#host.logins.setNewPin(pin, again)
  }
}
