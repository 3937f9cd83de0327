// What somebody who is signed in may do beyond working: each action asks their roles, each change a fresh proof.
import type { AdministrationCommand, Handlers } from '../contracts/ipc.ts'
import type { Action, Role } from '../contracts/roles.ts'
import type { SessionScreen } from '../contracts/screen.ts'
import { wantsTwo } from '../core/policy.ts'
import { alertHandlers } from './alerts-administration.ts'
import { auditHandlers } from './audit-administration.ts'
import { brandHandlers } from './brand-administration.ts'
import { CodeCounts } from './code-counts.ts'
import { credentialHandlers } from './credentials-administration.ts'
import { isBusy } from './database.ts'
import type { DeskOptions } from './desk.ts'
import { emergencyHandlers } from './emergency-administration.ts'
import type { EmergencyFile } from './emergency-file.ts'
import type { Enrollment } from './enrollment.ts'
import type { DeskHub } from './hub/desk-hub.ts'
import { hubHandlers } from './hub/hub-administration.ts'
import type { Recorder } from './ledger.ts'
import type { LogWork } from './log-work.ts'
import { offerHandlers } from './offers-administration.ts'
import type { OpenStation } from './open-station.ts'
import { peopleHandlers } from './people-administration.ts'
import { exportHandlers } from './people-export-administration.ts'
import { PeopleIndex } from './people-index.ts'
import type { PeopleLists } from './people-list.ts'
import { readPolicy } from './policy.ts'
import { policyHandlers } from './policy-administration.ts'
import type { Clock } from './ports.ts'
import { SecondPerson } from './second-person.ts'
import { ticketHandlers } from './tickets-administration.ts'
import { tokenHandlers } from './tokens-administration.ts'
import type { Workstation } from './workstation.ts'
import { workstationHandlers } from './workstation-administration.ts'

/** The one who is signed in now. */
export interface Actor {
  readonly personId: string
  readonly roles: readonly Role[]
  readonly sessionId: string
  may(action: Action): boolean
  /** Whether their last proof is fresh enough to take this action. */
  isFreshFor(action: Action): boolean
  /** A code of their phone was right in this session. */
  readonly byPhone: boolean
  /** Their phone did not sign them in: how they get a new one. */
  readonly newPhone: SessionScreen['newPhone']
}
export type AdministrationHandlers = Pick<Handlers, AdministrationCommand>

const notAllowed = { ok: false, reason: 'not-allowed' } as const
const stepUpNeeded = { ok: false, reason: 'step-up-needed' } as const
const secondNeeded = { ok: false, reason: 'second-needed' } as const
type NotAllowed = typeof notAllowed
type NotYet = typeof stepUpNeeded | typeof secondNeeded

/** What lies beside the station's own store. */
interface Surroundings {
  readonly options: DeskOptions
  readonly logWork: LogWork
  readonly workstation: Workstation
  readonly emergency: EmergencyFile
  readonly hub: DeskHub
}

export class Administration {
  readonly station: OpenStation
  readonly enrollment: Enrollment
  readonly clock: Clock
  readonly handlers: AdministrationHandlers
  /** The second person's approval of the one call that waits for it. */
  readonly second = new SecondPerson()
  readonly people: PeopleLists
  readonly nowMs: () => number
  /** Whether phones can scan here: there is a page that they open. */
  readonly scans: boolean
  readonly #actor: () => Actor | null
  readonly #changed: () => void

  /**
   * @param actor the one who is signed in now, read anew at each call.
   * @param changed what the screen shows has changed.
   */
  constructor(
    station: OpenStation,
    enrollment: Enrollment,
    actor: () => Actor | null,
    changed: () => void,
    around: Surroundings,
  ) {
    this.station = station
    this.people = { index: new PeopleIndex(station), codes: new CodeCounts() }
    this.enrollment = enrollment
    this.clock = around.options.clock
    this.nowMs = () => this.clock.nowMs()
    this.scans = around.options.phoneHost !== null
    this.#actor = actor
    this.#changed = changed
    this.handlers = this.second.watching({
      ...peopleHandlers(this),
      ...exportHandlers(this, around.options),
      ...offerHandlers(this),
      ...credentialHandlers(this),
      ...alertHandlers(this),
      ...policyHandlers(this),
      ...auditHandlers(this, around.logWork, around.options),
      ...workstationHandlers(this, around.workstation),
      ...hubHandlers(this, around),
      ...emergencyHandlers(this, around.emergency),
      ...ticketHandlers(this),
      ...tokenHandlers(this),
      ...brandHandlers(this),
    })
  }

  /** Looks, and changes nothing. */
  read<R>(action: Action, work: (actor: Actor) => R): R | NotAllowed {
    const actor = this.#actor()
    return actor?.may(action) ? work(actor) : notAllowed
  }

  /** Acts with a proof that is fresh; what changes, `work` records. @param work gets the second person too, for what it records later. */
  act<R>(action: Action, work: (actor: Actor, second?: string) => R): R | NotAllowed | NotYet {
    return this.read(action, (actor) => {
      if (!actor.isFreshFor(action)) return stepUpNeeded
      if (!wantsTwo(readPolicy(this.station.ledger), action)) return work(actor)
      const second = this.second.take(actor.personId, action)
      if (!second) return secondNeeded
      try {
        return this.station.ledger.withSecond(second, () => work(actor, second))
      } catch (error) {
        if (isBusy(error)) this.second.giveBack(actor.personId, action, second)
        throw error
      }
    })
  }

  /** An offer once more, as it takes to make one: the right to, or for somebody's own new phone a fresh proof alone. */
  renew<R>(isMove: boolean, work: () => R): R | NotAllowed | NotYet {
    this.second.calls('renewOffer')
    if (!isMove) return this.act('enroll', work)
    const actor = this.#actor()
    if (!actor) return notAllowed
    return actor.isFreshFor('enroll') ? work() : stepUpNeeded
  }

  /** A change in one transaction, with a proof that is fresh. */
  change<R>(action: Action, work: (recorder: Recorder, actor: string, who: Actor) => R): R | NotAllowed | NotYet {
    return this.act(action, (who) => {
      const answer = this.station.ledger.record((recorder) => work(recorder, who.personId, who))
      this.#changed()
      return answer
    })
  }
}
