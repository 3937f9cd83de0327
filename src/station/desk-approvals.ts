// Codes that approve something at the open desk: a second person's, and that of the phone which somebody moves from.
import type { Output } from '../contracts/ipc.ts'
import { mayDo } from '../core/permissions.ts'
import type { Enrollment } from './enrollment.ts'
import { approveByCode, type LoginParts } from './login.ts'
import { rolesOf } from './people.ts'
import { readPolicy } from './policy.ts'
import type { SecondPerson } from './second-person.ts'

interface ApprovalsHost {
  parts(): LoginParts
  /** Waits where the station is slowed. */
  slowed(): Promise<void>
  /** Of the session that is open and not over; null where there is none. */
  session(): { readonly id: string; readonly personId: string } | null
  readonly enrollment: Enrollment
  second(): SecondPerson
}
const notNow = { ok: false, reason: 'not-now' } as const

export class DeskApprovals {
  readonly #host: ApprovalsHost

  constructor(host: ApprovalsHost) {
    this.#host = host
  }

  /** Somebody else who may take the action; the one who asked is told apart only after a right code. */
  async approveAsSecond(staffId: string, code: string): Promise<Output<'approveAsSecond'>> {
    const second = this.#host.second()
    const asked = second.asked
    const session = this.#host.session()
    if (!asked || session?.personId !== asked.actor) return notNow
    await this.#host.slowed()
    if (this.#host.session()?.id !== session.id) return notNow
    const parts = this.#host.parts()
    const { grants } = readPolicy(parts.ledger)
    const approval = approveByCode(
      parts,
      staffId,
      code,
      `second ${asked.action}`,
      (person) => person.id !== asked.actor && mayDo(grants, rolesOf(person), asked.action),
    )
    if (!approval.ok) return approval
    second.approve(asked, approval.personId)
    return { ok: true }
  }

  /** The phone from before approves the new one: whoever is signed in holds it in their hand. */
  async moveToNewPhone(code: string): Promise<Output<'moveToNewPhone'>> {
    const session = this.#host.session()
    if (!session || this.#host.enrollment.stage.kind !== 'none') return notNow
    await this.#host.slowed()
    if (this.#host.session()?.id !== session.id || this.#host.enrollment.stage.kind !== 'none') return notNow
    const parts = this.#host.parts()
    const person = parts.ledger.get('person', session.personId)
    if (!person) return notNow
    const approval = approveByCode(parts, person.staff_id, code, 'move-to-new-phone', () => true)
    if (!approval.ok) return approval
    const plan = { purpose: 'move' as const, replaces: approval.credentialId }
    return this.#host.enrollment.offerTo(person.staff_id, person.id, plan)
  }
}
