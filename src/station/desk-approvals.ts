// Codes that approve something at the open desk: a second person's, and that of the phone which somebody moves from.
import type { Output } from '../contracts/ipc.ts'
import type { DeskLogins } from './desk-logins.ts'
import type { Enrollment } from './enrollment.ts'
import { approveByCode } from './login.ts'
import type { SecondPerson } from './second-person.ts'

interface ApprovalsHost {
  /** Of the session that is open and not over; null where there is none. */
  session(): { readonly id: string; readonly personId: string } | null
  readonly enrollment: Enrollment
  second(): SecondPerson
}
const notNow = { ok: false, reason: 'not-now' } as const

export class DeskApprovals {
  readonly #logins: DeskLogins
  readonly #host: ApprovalsHost

  constructor(logins: DeskLogins, host: ApprovalsHost) {
    this.#logins = logins
    this.#host = host
  }

  /** Somebody else who may take the action. */
  async approveAsSecond(staffId: string, code: string): Promise<Output<'approveAsSecond'>> {
    const second = this.#host.second()
    const asked = second.asked
    const session = this.#host.session()
    if (!asked || session?.personId !== asked.actor) return notNow
    const approval = await this.#logins.approve(staffId, code, asked.action, { name: `second ${asked.action}` })
    if (approval === null) return notNow
    if (!approval.ok) return approval
    second.approve(asked, approval.value)
    return { ok: true }
  }

  /** The phone from before approves the new one: whoever is signed in holds it in their hand. */
  async moveToNewPhone(code: string): Promise<Output<'moveToNewPhone'>> {
    const session = this.#host.session()
    if (!session || this.#host.enrollment.stage.kind !== 'none') return notNow
    await this.#logins.waitWhereSlowed()
    if (this.#host.session()?.id !== session.id || this.#host.enrollment.stage.kind !== 'none') return notNow
    const { parts } = this.#logins
    const person = parts.ledger.get('person', session.personId)
    if (!person) return notNow
    const approval = approveByCode(parts, person.staff_id, code, {
      name: 'move-to-new-phone',
      mayApprove: () => true,
      work: (_recorder, _personId, credentialId) => credentialId,
    })
    if (!approval.ok) return approval
    const plan = { purpose: 'move' as const, replaces: approval.value }
    const { enrollment } = this.#host
    return this.#logins.patiently(() =>
      this.#host.session()?.id === session.id && enrollment.stage.kind === 'none'
        ? enrollment.offerTo(person.staff_id, person.id, plan)
        : notNow,
    )
  }
}
