// Enrollment at the desk: the open offer, its first code, and the recovery codes that follow.
import type { Output } from '../contracts/ipc.ts'
import type { PolicySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import type { OfferView } from '../contracts/screen.ts'
import { BindingDesk, type BindingStage } from './binding-desk.ts'
import type { BindingMail } from './binding-mail.ts'
import { drawQr } from './challenge-board.ts'
import type { Stage } from './enrollment-stage.ts'
import type { Recorder, Row } from './ledger.ts'
import { type OfferTimes, type OpenOffer, offerNow, showNow } from './offer-opening.ts'
import { confirmOffer, endOffer, makeOffer, type OfferPlan, plainOffer } from './offers.ts'
import type { OpenStation } from './open-station.ts'
import { OwnSecrets } from './own-secrets.ts'
import { rolesOf } from './people.ts'
import { pinOf } from './pins.ts'
import type { Clock } from './ports.ts'
import { makeRecoverySet, type NewSet } from './recovery-codes.ts'

const notNow = { ok: false, reason: 'not-now' } as const
/** How soon the screen says that an offer was withdrawn, as from the command line. */
const looksEveryMs = 250

export interface EnrollmentHost {
  settings(roles: readonly Role[]): PolicySettings
  /** Runs what a timer does: a fault in it closes the station. */
  guarded(work: () => void): void
  /** The stage changed: show it. */
  changed(): void
  readonly mail: BindingMail
  /** A phone that scans was bound, in the place of others as far as policy has no room. */
  bound(personId: string, credentialId: string): void
  /** Recovery codes were acknowledged: it is over. */
  finished(personId: string, newPhone: boolean): void
}

export class Enrollment {
  readonly #station: OpenStation
  readonly #clock: Clock
  readonly #host: EnrollmentHost
  #stage: Stage = { kind: 'none' }
  #expiry: NodeJS.Timeout | undefined
  #look: NodeJS.Timeout | undefined
  #prepared: Promise<NewSet> | null = null

  readonly binding: BindingDesk
  readonly secrets: OwnSecrets

  constructor(station: OpenStation, clock: Clock, phoneHost: string | null, host: EnrollmentHost) {
    this.#station = station
    this.#clock = clock
    this.#host = host
    this.binding = new BindingDesk(station, clock, phoneHost, {
      mail: host.mail,
      stage: () => this.#stage,
      settings: (roles) => host.settings(roles),
      timesFor: (person) => this.#timesFor(person),
      show: (made, of, actor, plan) => this.#show(made, of, { actor, plan, byTicket: false }),
      ended: (secondPart) => this.#showEnded({ secondPart }),
      move: (stage) => this.#move(stage),
      confirmed: (stage, roles) => {
        this.#stopTimers()
        this.#move(stage)
        this.#leaveAlone(roles)
      },
      bound: (personId, credentialId) => host.bound(personId, credentialId),
      makeCodes: (personId, personName) => {
        this.secrets.askToStore(personId, personName)
        return this.secrets.renewRecoveryCodes()
      },
    })
    this.secrets = new OwnSecrets(station, {
      stage: () => this.#stage,
      move: (stage) => this.#move(stage),
      keep: (stage) => {
        this.#stage = stage
      },
      leaveAlone: (roles) => this.#leaveAlone(roles),
      finished: (personId, newPhone) => {
        clearTimeout(this.#expiry)
        this.#stage = { kind: 'none' }
        host.finished(personId, newPhone)
      },
    })
  }

  get stage(): Stage {
    return this.#stage
  }

  /** Under way for whoever is signed in, by a code of their own phone. */
  get isMove(): boolean {
    return this.#stage.kind === 'offer' && this.#stage.plan.purpose === 'move'
  }

  /** The secret goes out here, once, and nowhere else. */
  offerTo(
    staffId: string,
    actor: string | undefined,
    plan = plainOffer,
    /** A ticket led here: nobody is signed in. */
    byTicket = false,
  ): Output<'setUpStation'> {
    const { ledger, keys } = this.#station
    const make = (recorder: Recorder, person: Row<'person'>, expiresAtMs: number) =>
      makeOffer(recorder, keys, person, expiresAtMs, actor, plan)
    const made = offerNow(ledger, (person) => this.#timesFor(person), staffId, make)
    return made ? this.#open(made, actor, plan, byTicket) : { ok: false, reason: 'no-such-person' }
  }

  /** One that was made before, as from the command line, and has waited until now. */
  showWaiting(offerId: string, actor: string): Output<'setUpStation'> {
    const made = showNow(this.#station, (person) => this.#timesFor(person), offerId, actor)
    return made ? this.#open(made, actor, made.plan, false) : notNow
  }

  #timesFor(person: Row<'person'>): OfferTimes {
    const roles = rolesOf(person)
    const { offerMs } = this.#host.settings(roles)
    const nowMs = this.#clock.nowMs()
    return { roles, offerMs, nowMs, expiresAtMs: nowMs + offerMs }
  }

  #open(made: OpenOffer, actor: string | undefined, plan: OfferPlan, byTicket: boolean) {
    const { id, digits, uri, setupKey } = made.offer
    this.#show(made, { id, digits, kind: 'totp' }, { actor, plan, byTicket })
    this.#prepareCodes()
    return { ok: true as const, secret: { qr: drawQr(uri), setupKey } }
  }

  #show(
    { person, roles, offerMs, expiresAtMs }: OpenOffer<unknown>,
    of: Pick<OfferView, 'id' | 'digits' | 'kind'>,
    why: Pick<BindingStage, 'actor' | 'plan' | 'byTicket'>,
  ): void {
    this.#endOpen('replaced')
    const view = {
      ...{ ...of, part: null, personName: person.display_name, staffId: person.staff_id },
      ...{ expiresAtMs, ended: false, withdrawn: false, secondPart: false, renewable: !why.byTicket },
    }
    this.#move({ kind: 'offer', view, roles, ...why })
    this.#after(offerMs, () => this.#expire())
    this.#look = setInterval(() => this.#host.guarded(() => this.#lookAtRow()), looksEveryMs)
  }

  renew(): Output<'renewOffer'> {
    const stage = this.#stage
    return stage.kind === 'offer' && stage.view.kind === 'totp' && !stage.byTicket
      ? this.offerTo(stage.view.staffId, stage.actor, stage.plan)
      : notNow
  }

  /** Is something open that its owner has to take away before anything else goes on? */
  isStoring(): boolean {
    return this.#stage.kind === 'codes' || this.#stage.kind === 'pin'
  }

  isByTicket(): boolean {
    return this.#stage.kind !== 'none' && this.#stage.byTicket
  }

  /** Whoever a ticket brought here has gone. */
  abandonAll(): void {
    this.drop()
    this.#host.changed()
  }

  abandon(): void {
    this.#endOpen('abandoned')
    if (this.#stage.kind === 'offer') this.#move({ kind: 'none' })
  }

  async confirm(code: string): Promise<Output<'confirmOffer'>> {
    const stage = this.#stage
    if (stage.kind !== 'offer' || stage.view.kind !== 'totp' || stage.view.ended) return notNow
    const { ledger, keys } = this.#station
    const recovery = await this.#prepareCodes()
    // The offer may have ended, or been renewed, in the meantime.
    if (this.#stage !== stage) return notNow
    const { totpWindowSteps, phonesPerPerson } = this.#host.settings(stage.roles)
    const answer = ledger.record((recorder) =>
      confirmOffer(
        recorder,
        keys,
        stage.view.id,
        code,
        this.#clock.nowMs(),
        totpWindowSteps,
        recovery.set,
        phonesPerPerson,
      ),
    )
    if (!answer.ok) {
      if (answer.reason === 'expired' || answer.reason === 'too-many-tries') this.#showEnded()
      return answer
    }
    this.#stopTimers()
    this.#prepared = null
    const { personId, codesId } = answer
    const next = { personId, personName: stage.view.personName, codesId, byTicket: stage.byTicket }
    const wantsPin = this.#host.settings(stage.roles).factors === 'code-and-pin' && pinOf(ledger, personId) === null
    this.#move(wantsPin ? { kind: 'pin', ...next } : { kind: 'codes', newPhone: true, ...next })
    this.#leaveAlone(stage.roles)
    return { ok: true, recoveryCodes: recovery.codes }
  }

  /** At lock and quit: what is open ends. */
  drop(): void {
    this.#endOpen('abandoned')
    this.#stage = { kind: 'none' }
  }

  stop(): void {
    this.#stopTimers()
  }

  #stopTimers(): void {
    clearTimeout(this.#expiry)
    clearInterval(this.#look)
  }

  /** Begun with an offer, since ten slow hashes would keep a person waiting after their first code; kept until used. */
  #prepareCodes(): Promise<NewSet> {
    if (!this.#prepared) {
      this.#prepared = makeRecoverySet(this.#station.keys)
      // A failure is met by whoever confirms; without anybody who does, it harms nothing.
      this.#prepared.catch(() => {})
    }
    return this.#prepared
  }

  #after(ms: number, work: () => void): void {
    clearTimeout(this.#expiry)
    this.#expiry = setTimeout(() => this.#host.guarded(work), ms)
  }

  /** What a ticket led to is on a screen that nobody is signed in at: it does not stay there for whoever comes by. */
  #leaveAlone(roles: readonly Role[]): void {
    if (this.isByTicket()) this.#after(this.#host.settings(roles).offerMs, () => this.abandonAll())
  }

  #expire(): void {
    this.#endOpen('expired')
    this.#showEnded()
  }

  /** Read anew from the store: it may have been withdrawn by another process. */
  #lookAtRow(): void {
    const stage = this.#stage
    if (stage.kind !== 'offer' || stage.view.ended) return
    if (this.#station.ledger.get('offer', stage.view.id)?.status !== 'open') this.#showEnded({ withdrawn: true })
  }

  #showEnded(why: { readonly withdrawn?: boolean; readonly secondPart?: boolean } = {}): void {
    this.#stopTimers()
    const stage = this.#stage
    if (stage.kind === 'offer') this.#move({ ...stage, view: { ...stage.view, ended: true, ...why } })
  }

  #endOpen(reason: 'expired' | 'abandoned' | 'replaced'): void {
    this.#stopTimers()
    const stage = this.#stage
    if (stage.kind !== 'offer' || stage.view.ended) return
    this.#station.ledger.recordSoon((recorder) => {
      const offer = recorder.get('offer', stage.view.id)
      if (offer?.status === 'open') endOffer(recorder, offer, reason)
    })
  }

  #move(stage: Stage): void {
    this.#stage = stage
    this.#host.changed()
  }
}
