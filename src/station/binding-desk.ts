// Binding a phone at the desk: the offer on the screen, the part that comes, the digits, and the welcome that the phone scans last.
import type { BindingOffered } from '../contracts/commands/binding.ts'
import type { Output } from '../contracts/ipc.ts'
import type { PolicySettings } from '../contracts/policy.ts'
import type { Role } from '../contracts/roles.ts'
import { encodeBindingOffer, linkSegments } from '../core/binding.ts'
import { type BindingMail, boxOf, sealWelcome } from './binding-mail.ts'
import {
  confirmBinding,
  makeBinding,
  type PartAnswer,
  takePart,
  takeShownPart,
  takeTypedPart,
} from './binding-offers.ts'
import { drawLink } from './challenge-board.ts'
import type { Stage } from './enrollment-stage.ts'
import type { Recorder, Row } from './ledger.ts'
import { type OfferTimes, type OpenOffer, offerNow } from './offer-opening.ts'
import type { OfferPlan } from './offers.ts'
import type { OpenStation } from './open-station.ts'
import { isActive, rolesOf } from './people.ts'
import type { Clock } from './ports.ts'
import { activeSet } from './recovery-codes.ts'
import { welcomeFor } from './welcome.ts'

const notNow = { ok: false, reason: 'not-now' } as const
/** For one offer: a phone sends its part once, and a second phone's ends the offer. */
const sentPartsAtMost = 5
export type BindingStage = Extract<Stage, { kind: 'offer' }>

/** The enrollment that this is a part of. */
export interface BindingHost {
  stage(): Stage
  settings(roles: readonly Role[]): PolicySettings
  timesFor(person: Row<'person'>): OfferTimes
  /** Shows an offer that was made just now, with its timers. */
  show(made: OpenOffer<unknown>, view: { id: string; digits: 8; kind: 'phone' }, actor: string, plan: OfferPlan): void
  /** The offer on the screen has ended by itself. @param secondPart another phone's part came. */
  ended(secondPart: boolean): void
  /** The offer has led to its credential, or a stage after it goes on. */
  move(stage: Stage): void
  confirmed(stage: Stage, roles: readonly Role[]): void
  /** What the person's session lived by may have ended with it. */
  bound(personId: string, credentialId: string): void
  /** New recovery codes for whoever has none that work. */
  readonly mail: BindingMail
  makeCodes(personId: string, personName: string): Promise<Output<'finishWelcome'>>
}

export class BindingDesk {
  readonly #station: OpenStation
  readonly #clock: Clock
  readonly #phoneHost: string | null
  readonly #host: BindingHost
  #sentParts = 0

  constructor(station: OpenStation, clock: Clock, phoneHost: string | null, host: BindingHost) {
    this.#station = station
    this.#clock = clock
    this.#phoneHost = phoneHost
    this.#host = host
  }

  /** The secret goes out here, once, and nowhere else. */
  offerTo(staffId: string, actor: string, plan: OfferPlan): BindingOffered | { ok: false; reason: 'no-phone-page' } {
    const phoneHost = this.#phoneHost
    if (phoneHost === null) return { ok: false, reason: 'no-phone-page' }
    const { ledger, keys } = this.#station
    const make = (recorder: Recorder, person: Row<'person'>, expiresAtMs: number) =>
      makeBinding(recorder, keys, person, expiresAtMs, actor, plan, this.#carrierFor(rolesOf(person)))
    const made = offerNow(ledger, (person) => this.#host.timesFor(person), staffId, make)
    if (!made) return { ok: false, reason: 'no-such-person' }
    const { id, offer } = made.offer
    this.#sentParts = 0
    this.#host.show(made, { id, digits: 8, kind: 'phone' }, actor, plan)
    if (offer.organisation !== null) this.#host.mail.open(boxOf(offer), made.offerMs)
    return { ok: true, qr: drawLink(linkSegments(phoneHost, 'B', encodeBindingOffer(offer))) }
  }

  submitPart(text: string): Output<'submitPhonePart'> {
    const { keys } = this.#station
    return this.#take('shown', (recorder, id, nowMs) => takeShownPart(recorder, keys, id, text, nowMs))
  }

  submitTypedPart(r: string): Output<'submitTypedPart'> {
    const { keys } = this.#station
    return this.#take('typed', (recorder, id, nowMs) => takeTypedPart(recorder, keys, id, r, nowMs))
  }

  /** By way of the hub: whatever it hands out, the phone's signature over this very offer counts, and then the digits. */
  takeSent(part: Uint8Array): void {
    const stage = this.#current()
    // Each try is an event: a hub that makes parts up fills no log.
    if (!stage || this.#carrierFor(stage.roles) === null || this.#sentParts >= sentPartsAtMost) return
    this.#sentParts++
    const { keys } = this.#station
    this.#take('sent', (recorder, id, nowMs) => takePart(recorder, keys, id, part, nowMs, 'sent'))
  }

  #take(
    form: 'shown' | 'typed' | 'sent',
    take: (recorder: Recorder, id: string, nowMs: number) => PartAnswer,
  ): PartAnswer {
    const stage = this.#current()
    if (!stage) return notNow
    const { ledger } = this.#station
    const answer = ledger.record((recorder) => take(recorder, stage.view.id, this.#clock.nowMs()))
    if (answer.ok) {
      // The same part again, by another way, is no news.
      const part = form === 'typed' ? form : (stage.view.part ?? form)
      this.#host.move({ ...stage, view: { ...stage.view, part } })
    } else if (answer.reason === 'expired' || answer.reason === 'second-part')
      this.#host.ended(answer.reason === 'second-part')
    return answer
  }

  confirm(digits: string): Output<'confirmBinding'> {
    const stage = this.#current()
    if (!stage) return notNow
    const { ledger, keys } = this.#station
    const { phonesPerPerson } = this.#host.settings(stage.roles)
    const answer = ledger.record((recorder) => {
      const confirmed = confirmBinding(recorder, keys, stage.view.id, digits, this.#clock.nowMs(), phonesPerPerson)
      return confirmed.ok ? { ...confirmed, welcome: welcomeFor(recorder, keys, confirmed) } : confirmed
    })
    if (!answer.ok) {
      if (['expired', 'too-many-tries', 'last-administrator'].includes(answer.reason)) this.#host.ended(false)
      return answer
    }
    const qr = drawLink(linkSegments(this.#phoneHost ?? '', 'S', answer.welcome), 'M')
    const { offer, reply } = answer
    if (offer.organisation !== null && reply)
      this.#host.mail.answer(boxOf(offer), reply.part, sealWelcome(answer.welcome, reply.key))
    const { personName, part } = stage.view
    this.#host.bound(answer.personId, answer.credentialId)
    const next = {
      kind: 'welcome',
      personId: answer.personId,
      personName,
      qr,
      sent: part === 'sent',
      byTicket: stage.byTicket,
    } as const
    this.#host.confirmed(next, stage.roles)
    return { ok: true }
  }

  async finishWelcome(): Promise<Output<'finishWelcome'>> {
    const stage = this.#host.stage()
    if (stage.kind !== 'welcome') return notNow
    const { ledger } = this.#station
    if (activeSet(ledger, stage.personId) || !isActive(ledger, stage.personId)) {
      this.#host.move({ kind: 'none' })
      return { ok: true }
    }
    return this.#host.makeCodes(stage.personId, stage.personName)
  }

  /** null where nothing is sent: no hub, or a policy that takes no answers of theirs but shown ones. */
  #carrierFor(roles: readonly Role[]): string | null {
    return this.#host.settings(roles).phoneAnswers === 'shown' ? null : this.#host.mail.organisation()
  }

  #current(): BindingStage | null {
    const stage = this.#host.stage()
    return stage.kind === 'offer' && stage.view.kind === 'phone' && !stage.view.ended ? stage : null
  }
}
