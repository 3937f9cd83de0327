// What somebody takes away from an enrollment, between their first code and its end: their PIN, and their recovery codes.
import type { Output } from '../contracts/ipc.ts'
import type { Role } from '../contracts/roles.ts'
import { pinProblem } from '../core/pin.ts'
import type { Stage } from './enrollment-stage.ts'
import type { OpenStation } from './open-station.ts'
import { isActive, rolesOf } from './people.ts'
import { makePin, putPin } from './pins.ts'
import { acknowledgeSet, endPendingSets, makeRecoverySet, putPendingSet } from './recovery-codes.ts'

const notNow = { ok: false, reason: 'not-now' } as const

export interface OwnSecretsHost {
  stage(): Stage
  move(stage: Stage): void
  /** Without showing anything new: whoever asked shows what comes of it. */
  keep(stage: Stage): void
  /** Where nobody is signed in it does not stay for whoever comes by. */
  leaveAlone(roles: readonly Role[]): void
  finished(personId: string, newPhone: boolean): void
}

export class OwnSecrets {
  readonly #station: OpenStation
  readonly #host: OwnSecretsHost

  constructor(station: OpenStation, host: OwnSecretsHost) {
    this.#station = station
    this.#host = host
  }

  /** By its owner, between their first code and their recovery codes. */
  async setNewPin(pin: string, again: string): Promise<Output<'setNewPin'>> {
    const stage = this.#host.stage()
    const person = stage.kind === 'pin' ? this.#station.ledger.get('person', stage.personId) : null
    if (stage.kind !== 'pin' || !person) return notNow
    const problem = pin === again ? pinProblem(pin, person.staff_id) : 'not-same'
    if (problem) return { ok: false, reason: problem }
    const { ledger, keys } = this.#station
    const made = await makePin(keys, pin)
    // Locked, or over, in the meantime.
    if (this.#host.stage() !== stage) return notNow
    const put = ledger.record((recorder) =>
      isActive(recorder, person.id) ? putPin(recorder, keys, person.id, made) : null,
    )
    if (put === null) {
      this.#host.move({ kind: 'none' })
      return notNow
    }
    this.#host.move({ ...stage, kind: 'codes', newPhone: true })
    this.#host.leaveAlone(rolesOf(person))
    return { ok: true }
  }

  /** The recovery codes on the screen went to a printer. */
  recordPrint(): void {
    const stage = this.#host.stage()
    if (stage.kind !== 'codes') return
    this.#station.ledger.recordSoon((recorder) =>
      recorder.event({ type: 'recovery-codes-printed', person: stage.personId }),
    )
  }

  /** Are there recovery codes on the screen? */
  showsCodes(): boolean {
    const stage = this.#host.stage()
    return stage.kind === 'codes' && stage.codesId !== null
  }

  /** For a person who came in and has no set that works: it was never acknowledged. */
  askToStore(personId: string, personName: string): void {
    this.#host.move({ kind: 'codes', personId, personName, codesId: null, byTicket: false, newPhone: false })
  }

  acknowledge(): Output<'acknowledgeRecoveryCodes'> {
    const stage = this.#host.stage()
    if (stage.kind !== 'codes' || stage.codesId === null) return notNow
    const { personId, codesId, newPhone } = stage
    const answer = this.#station.ledger.record((recorder) =>
      isActive(recorder, personId) ? acknowledgeSet(recorder, personId, codesId) : 'nobody',
    )
    if (answer === 'nobody') this.#host.move({ kind: 'none' })
    if (answer !== true) return notNow
    this.#host.finished(personId, newPhone)
    return { ok: true }
  }

  async renewRecoveryCodes(): Promise<Output<'renewRecoveryCodes'>> {
    const stage = this.#host.stage()
    if (stage.kind !== 'codes') return notNow
    const { ledger, keys } = this.#station
    const made = await makeRecoverySet(keys)
    // Locked, or acknowledged, in the meantime: nobody is there to see these.
    if (this.#host.stage() !== stage) return notNow
    const codesId = ledger.record((recorder) => {
      if (!isActive(recorder, stage.personId)) return null
      endPendingSets(recorder, stage.personId)
      const id = putPendingSet(recorder, keys, stage.personId, made.set)
      recorder.event({ type: 'recovery-codes-made', person: stage.personId })
      return id
    })
    if (codesId === null) {
      this.#host.move({ kind: 'none' })
      return notNow
    }
    this.#host.keep({ ...stage, codesId })
    return { ok: true, recoveryCodes: made.codes }
  }
}
