// Enrollment at the desk: the open offer, its first code, and the recovery codes that follow.
import type { Output } from '../contracts/ipc.ts'
import type { PolicySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import type { OfferView } from '../contracts/screen.ts'
import { drawQr } from './challenge-board.ts'
import type { Recorder, Row } from './ledger.ts'
import { type OfferTimes, type OpenOffer, offerNow, showNow } from './offer-opening.ts'
import { confirmOffer, endOffer, type OfferPlan, plainOffer } from './offers.ts'
import type { OpenStation } from './open-station.ts'
import { rolesOf } from './people.ts'
import type { Clock } from './ports.ts'
import { acknowledgeSet, endPendingSets, makeRecoverySet, type NewSet, putPendingSet } from './recovery-codes.ts'

type Stage =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'offer'
      readonly view: OfferView
      readonly roles: readonly Role[]
      readonly actor: string | undefined
      readonly plan: OfferPlan
    }
  | {
      readonly kind: 'codes'
      readonly personId: string
      readonly personName: string
      /** The set whose codes were handed out in this stage: only that one can be acknowledged. */
      readonly codesId: string | null
    }
const notNow = { ok: false, reason: 'not-now' } as const
/** How soon the screen says that an offer was withdrawn, as from the command line. */
const looksEveryMs = 250

export interface EnrollmentHost {
  settings(roles: readonly Role[]): PolicySettings
  /** Runs what a timer does: a fault in it closes the station. */
  guarded(work: () => void): void
  /** The stage changed: show it. */
  changed(): void
  /** Recovery codes were acknowledged: the enrollment is over. */
  finished(): void
}

/** Somebody who was suspended, or has left, meanwhile gets nothing that works. */
const isActive = (recorder: Recorder, personId: string): boolean =>
  recorder.get('person', personId)?.status === 'active'

export class Enrollment {
  readonly #station: OpenStation
  readonly #clock: Clock
  readonly #host: EnrollmentHost
  #stage: Stage = { kind: 'none' }
  #expiry: NodeJS.Timeout | undefined
  #look: NodeJS.Timeout | undefined
  #prepared: Promise<NewSet> | null = null

  constructor(station: OpenStation, clock: Clock, host: EnrollmentHost) {
    this.#station = station
    this.#clock = clock
    this.#host = host
  }

  get stage(): Stage {
    return this.#stage
  }

  /** Under way for whoever is signed in, by a code of their own phone. */
  get isMove(): boolean {
    return this.#stage.kind === 'offer' && this.#stage.plan.purpose === 'move'
  }

  /** The secret goes out here, once, and nowhere else. */
  offerTo(staffId: string, actor: string | undefined, plan = plainOffer): Output<'setUpStation'> {
    const made = offerNow(this.#station, (person) => this.#timesFor(person), staffId, actor, plan)
    return made ? this.#open(made, actor, plan) : { ok: false, reason: 'no-such-person' }
  }

  /** One that was made before, as from the command line, and has waited until now. */
  showWaiting(offerId: string, actor: string): Output<'setUpStation'> {
    const made = showNow(this.#station, (person) => this.#timesFor(person), offerId, actor)
    return made ? this.#open(made, actor, made.plan) : notNow
  }

  #timesFor(person: Row<'person'>): OfferTimes {
    const roles = rolesOf(person)
    const { offerMs } = this.#host.settings(roles)
    const nowMs = this.#clock.nowMs()
    return { roles, offerMs, nowMs, expiresAtMs: nowMs + offerMs }
  }

  #open({ person, roles, offerMs, expiresAtMs, offer }: OpenOffer, actor: string | undefined, plan: OfferPlan) {
    this.#endOpen('replaced')
    const { id, digits } = offer
    const view = {
      ...{ id, digits, personName: person.display_name, staffId: person.staff_id },
      ...{ expiresAtMs, ended: false, withdrawn: false },
    }
    this.#prepareCodes()
    this.#move({ kind: 'offer', view, roles, actor, plan })
    this.#expiry = setTimeout(() => this.#host.guarded(() => this.#expire()), offerMs)
    this.#look = setInterval(() => this.#host.guarded(() => this.#lookAtRow()), looksEveryMs)
    return { ok: true as const, secret: { qr: drawQr(offer.uri), setupKey: offer.setupKey } }
  }

  renew(): Output<'renewOffer'> {
    return this.#stage.kind === 'offer'
      ? this.offerTo(this.#stage.view.staffId, this.#stage.actor, this.#stage.plan)
      : notNow
  }

  abandon(): void {
    this.#endOpen('abandoned')
    if (this.#stage.kind === 'offer') this.#move({ kind: 'none' })
  }

  async confirm(code: string): Promise<Output<'confirmOffer'>> {
    const stage = this.#stage
    if (stage.kind !== 'offer' || stage.view.ended) return notNow
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
    this.#move({ kind: 'codes', personId, personName: stage.view.personName, codesId })
    return { ok: true, recoveryCodes: recovery.codes }
  }

  /** For a person who came in and has no set that works: it was never acknowledged. */
  askToStore(personId: string, personName: string): void {
    this.#move({ kind: 'codes', personId, personName, codesId: null })
  }

  acknowledge(): Output<'acknowledgeRecoveryCodes'> {
    const stage = this.#stage
    if (stage.kind !== 'codes' || stage.codesId === null) return notNow
    const { personId, codesId } = stage
    const answer = this.#station.ledger.record((recorder) =>
      isActive(recorder, personId) ? acknowledgeSet(recorder, personId, codesId) : 'nobody',
    )
    if (answer === 'nobody') this.#move({ kind: 'none' })
    if (answer !== true) return notNow
    this.#stage = { kind: 'none' }
    this.#host.finished()
    return { ok: true }
  }

  async renewRecoveryCodes(): Promise<Output<'renewRecoveryCodes'>> {
    const stage = this.#stage
    if (stage.kind !== 'codes') return notNow
    const { ledger, keys } = this.#station
    const made = await makeRecoverySet(keys)
    // Locked, or acknowledged, in the meantime: nobody is there to see these.
    if (this.#stage !== stage) return notNow
    const codesId = ledger.record((recorder) => {
      if (!isActive(recorder, stage.personId)) return null
      endPendingSets(recorder, stage.personId)
      const id = putPendingSet(recorder, keys, stage.personId, made.set)
      recorder.event({ type: 'recovery-codes-made', person: stage.personId })
      return id
    })
    if (codesId === null) {
      this.#move({ kind: 'none' })
      return notNow
    }
    this.#stage = { ...stage, codesId }
    return { ok: true, recoveryCodes: made.codes }
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

  #expire(): void {
    this.#endOpen('expired')
    this.#showEnded()
  }

  /** Read anew from the store: it may have been withdrawn by another process. */
  #lookAtRow(): void {
    const stage = this.#stage
    if (stage.kind !== 'offer' || stage.view.ended) return
    if (this.#station.ledger.get('offer', stage.view.id)?.status !== 'open') this.#showEnded(true)
  }

  #showEnded(withdrawn = false): void {
    this.#stopTimers()
    const stage = this.#stage
    if (stage.kind === 'offer') this.#move({ ...stage, view: { ...stage.view, ended: true, withdrawn } })
  }

  #endOpen(reason: 'expired' | 'abandoned' | 'replaced'): void {
    this.#stopTimers()
    const stage = this.#stage
    if (stage.kind !== 'offer' || stage.view.ended) return
    this.#station.ledger.record((recorder) => {
      const offer = recorder.get('offer', stage.view.id)
      if (offer?.status === 'open') endOffer(recorder, offer, reason)
    })
  }

  #move(stage: Stage): void {
    this.#stage = stage
    this.#host.changed()
  }
}
