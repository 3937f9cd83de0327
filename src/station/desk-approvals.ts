// Codes and phones' answers that approve something at the open desk: a step-up, a second person's yes, a new phone's.
import type { Output } from '../contracts/ipc.ts'
import type { Action, Role } from '../contracts/roles.ts'
import type { QuestionAbout } from '../contracts/screen.ts'
import { mayActOn, mayDo } from '../core/permissions.ts'
import type { DeskLogins } from './desk-logins.ts'
import type { Enrollment } from './enrollment.ts'
import { DamageError } from './keys.ts'
import { type Approval, type ApprovedAction, approveByCode } from './login.ts'
import { rolesOf } from './people.ts'
import type { Approving } from './phone-questions.ts'
import { readPolicy } from './policy.ts'
import type { SecondPerson } from './second-person.ts'

interface ApprovalsHost {
  /** Of the session that is open and not over; null where there is none. */
  session(): { readonly id: string; readonly personId: string } | null
  /** They have proved themselves anew. */
  proved(): void
  readonly enrollment: Enrollment
  second(): SecondPerson
  /** An authenticator app for whoever is signed in, approved by this person. */
  enrollOwn(sessionId: string, approver: string): Promise<Output<'setUpStation'>>
}
interface How {
  readonly name?: string
  readonly over?: readonly Role[]
}
const notNow = { ok: false, reason: 'not-now' } as const

export class DeskApprovals {
  readonly #logins: DeskLogins
  readonly #host: ApprovalsHost

  constructor(logins: DeskLogins, host: ApprovalsHost) {
    this.#logins = logins
    this.#host = host
  }

  /** A fresh code of whoever is signed in; a wrong one counts like any other. */
  async stepUp(code: string): Promise<Output<'stepUp'>> {
    const approved = await this.#byOwnCode(code, 'step-up', (_recorder, personId) => personId)
    if (approved === null) return notNow
    if (!approved.ok) return approved
    this.#host.proved()
    return { ok: true }
  }

  /** Somebody else who may take the action. */
  async approveAsSecond(staffId: string, code: string): Promise<Output<'approveAsSecond'>> {
    const second = this.#host.second()
    const asked = second.asked
    const session = this.#host.session()
    if (!asked || session?.personId !== asked.actor) return notNow
    const approval = await this.byCode(staffId, code, asked.action, { name: `second ${asked.action}` })
    if (approval === null) return notNow
    if (!approval.ok) return approval
    second.approve(asked, approval.value)
    return { ok: true }
  }

  /** The phone from before approves the new one: whoever is signed in holds it in their hand. */
  async moveToNewPhone(code: string): Promise<Output<'moveToNewPhone'>> {
    const session = this.#host.session()
    const { enrollment } = this.#host
    if (!session || enrollment.stage.kind !== 'none') return notNow
    const approval = await this.#byOwnCode(
      code,
      'move-to-new-phone',
      (_recorder, _personId, credentialId) => credentialId,
    )
    if (approval === null) return notNow
    if (!approval.ok) return approval
    const plan = { purpose: 'move' as const, replaces: approval.value }
    return this.#logins.patiently(() =>
      this.#isStill(session.id) ? enrollment.offerTo(this.#staffId(session.personId), session.personId, plan) : notNow,
    )
  }

  /**
   * Somebody else's fresh code for one action of the session that is open; null where that is over by then. Who asks is
   * told apart only after a right code.
   * @param name of the approval in the log. @param over roles of the person whom it is done to: nobody approves above their own.
   */
  async byCode(staffId: string, code: string, action: Action, how: How = {}): Promise<Approval<string> | null> {
    const session = this.#host.session()
    if (!session) return null
    await this.#logins.waitWhereSlowed()
    if (this.#host.session()?.id !== session.id) return null
    return approveByCode(this.#logins.parts, staffId, code, this.#byAnother(session.personId, action, how), 'always')
  }

  /** The same by a phone's answer; null where it can't be approved now. */
  approving(about: QuestionAbout): Approving | null {
    const session = this.#host.session()
    if (!session) return null
    const { id, personId } = session
    switch (about) {
      case 'step-up': {
        const action = this.#bySelf(personId, about, (_recorder, who) => who)
        const then = () => {
          this.#host.proved()
          return { ok: true } as const
        }
        return { action, then }
      }
      case 'second': {
        const asked = this.#host.second().asked
        if (asked?.actor !== personId) return null
        const then = (second: string) => {
          this.#host.second().approve(asked, second)
          return { ok: true } as const
        }
        return { action: this.#byAnother(personId, asked.action, { name: `second ${asked.action}` }), then }
      }
      case 'approval': {
        const then = (approver: string) => this.#host.enrollOwn(id, approver)
        return { action: this.#byAnother(personId, 'enroll', { over: this.#rolesOf(personId) }), then }
      }
      case 'move': {
        const action = this.#bySelf(personId, 'move-to-new-phone', (_recorder, _who, phone) => phone)
        const then = (replaces: string) =>
          this.#logins.patiently(() =>
            this.#isStill(id)
              ? this.#host.enrollment.binding.offerTo(this.#staffId(personId), personId, { purpose: 'move', replaces })
              : notNow,
          )
        return { action, then }
      }
    }
  }

  async #byOwnCode(code: string, name: string, work: ApprovedAction<string>['work']): Promise<Approval<string> | null> {
    const session = this.#host.session()
    if (!session) return null
    await this.#logins.waitWhereSlowed()
    if (this.#host.session()?.id !== session.id) return null
    const action = this.#bySelf(session.personId, name, work)
    return approveByCode(this.#logins.parts, this.#staffId(session.personId), code, action, 'with-a-phone')
  }

  #bySelf = (personId: string, name: string, work: ApprovedAction<string>['work']): ApprovedAction<string> => ({
    name,
    mayApprove: ({ id }) => id === personId,
    work,
  })

  #byAnother(personId: string, action: Action, { name = action, over = [] }: How): ApprovedAction<string> {
    const { grants } = readPolicy(this.#logins.parts.ledger)
    return {
      name,
      mayApprove: (person) =>
        person.id !== personId && mayDo(grants, rolesOf(person), action) && mayActOn(rolesOf(person), over),
      work: (_recorder, approver) => approver,
    }
  }

  #rolesOf(personId: string): readonly Role[] {
    const person = this.#logins.parts.ledger.get('person', personId)
    if (!person) throw new DamageError('data-edited', `person/${personId}`)
    return rolesOf(person)
  }

  /** The same session, and nothing else is enrolled in it. */
  #isStill(sessionId: string): boolean {
    return this.#host.session()?.id === sessionId && this.#host.enrollment.stage.kind === 'none'
  }

  #staffId(personId: string): string {
    return this.#logins.parts.ledger.get('person', personId)?.staff_id ?? ''
  }
}
