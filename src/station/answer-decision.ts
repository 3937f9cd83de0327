// A phone that has proved itself: whether its answer is taken, by the challenge, the person, the phone and policy.
import type { z } from 'zod'
import type { answerRefused } from '../contracts/commands/login.ts'
import type { PolicySettings } from '../contracts/policy.ts'
import type { ChallengePurpose } from '../core/challenge.ts'
import type { PhoneAnswer } from '../core/phone-answer.ts'
import { evaluatePolicy } from '../core/policy.ts'
import { raiseAlert } from './alerts.ts'
import { type Attempt, type AttemptType, accept, type SignedIn } from './attempt.ts'
import type { KnownChallenge } from './challenge-board.ts'
import { leaseIsOver } from './hub/lease.ts'
import type { Recorder, Row } from './ledger.ts'
import type { FirstFactor } from './login.ts'
import { rolesOf } from './people.ts'
import { boundPhonesOf } from './phone-credentials.ts'
import { pinOf } from './pins.ts'
import { circumstancesOf, readPolicy } from './policy.ts'
import type { Clock } from './ports.ts'
import { closePhone, isPhoneClosed, noteAnswerWithoutId, noteSuccess } from './throttle.ts'

export type AnswerRefused = z.infer<typeof answerRefused>
export type AnswerOutcome = SignedIn | AnswerRefused | FirstFactor

/** What an answer is wanted for: only a challenge that was shown for the same is answered by it. */
export interface Wanted<R> {
  readonly type: AttemptType
  readonly purpose: ChallengePurpose
  /** Beside what every answer's event says. */
  readonly details: Readonly<Record<string, string>>
  /** Right, in time, and enough for policy: what comes of it, with its event. */
  accepted(recorder: Recorder, proved: Proved, settings: PolicySettings, nowMs: number): R
}

export interface Decided<R> {
  readonly answer: R | AnswerRefused
  /** The nonce of the challenge that is used up. */
  readonly used?: string
  /** It fits no code that is known. */
  readonly wrong?: boolean
}

export interface Proved {
  readonly phone: Row<'credential'>
  readonly person: Row<'person'>
  readonly attempt: Attempt
  readonly challenge: KnownChallenge
  /** null where it was typed. */
  readonly answer: PhoneAnswer | null
  readonly form: 'typed' | 'shown' | 'sent'
  readonly verified: boolean
}

const takenForms: Readonly<Record<PolicySettings['phoneAnswers'], readonly Proved['form'][]>> = {
  any: ['typed', 'shown', 'sent'],
  'shown-or-sent': ['shown', 'sent'],
  shown: ['shown'],
}

/** The phone has proved itself: whether that counts for what is wanted. */
export function decide<R>(recorder: Recorder, clock: Clock, wanted: Wanted<R>, proved: Proved): Decided<R> {
  const nowMs = clock.nowMs()
  const { type } = wanted
  const { phone, person, attempt, challenge, answer, form, verified } = proved
  const no = (recorded: string, shown: AnswerRefused['reason'], used = false): Decided<R> => {
    recorder.event({ type, ...attempt, outcome: 'refused', reason: recorded })
    return { answer: { ok: false, reason: shown }, ...(used ? { used: challenge.nonce } : {}) }
  }
  const { settings } = evaluatePolicy(readPolicy(recorder), circumstancesOf(recorder, rolesOf(person), nowMs))
  const counts = boundPhonesOf(recorder, person.id).slice(0, settings.phonesPerPerson)
  if (!counts.some(({ id }) => id === phone.id)) return no('no-credential', answer ? 'bad-answer' : 'wrong-code')
  const saysNo = answer !== null && answer.decision !== 'approved'
  // A no also counts after a yes, which somebody may have been talked into; said once, it is not said again.
  if (challenge.state === 'answered' && !(saysNo && !isPhoneClosed(recorder, phone.id, nowMs)))
    return no('already-used', 'already-used')
  if (saysNo) {
    closePhone(recorder, phone.id, nowMs)
    const decided = no(answer.decision, 'not-approved', true)
    raiseAlert(recorder, answer.decision === 'denied' ? 'phone-denied' : 'phone-not-mine', nowMs, { person: person.id })
    return decided
  }
  if (challenge.state === 'over' || challenge.purpose !== wanted.purpose) return no('challenge-over', 'challenge-over')
  if (person.status !== 'active') return no(person.status, 'suspended', true)
  if (phone.status !== 'active') return no('credential-suspended', 'suspended', true)
  if (phone.origin === 'hub' && leaseIsOver(recorder, clock, settings.leaseMs)) return no('stale', 'stale', true)
  if (isPhoneClosed(recorder, phone.id, nowMs)) return no('phone-closed', 'phone-closed', true)
  if (!takenForms[settings.phoneAnswers].includes(form)) return no('form-refused', 'form-refused', true)
  if (settings.phoneLocation === 'required' && !answer?.place) return no('location-needed', 'location-needed', true)
  if (settings.factors === 'verified-phone' && !verified) return no('verification-needed', 'verification-needed', true)
  noteAnswerWithoutId(recorder, false)
  return { answer: wanted.accepted(recorder, proved, settings, nowMs), used: challenge.nonce }
}

export const toUnlock: Wanted<AnswerOutcome> = {
  type: 'login-attempted',
  purpose: 'unlock',
  details: {},
  accepted: (recorder, proved, settings, nowMs) =>
    settings.factors === 'code-and-pin' && !proved.verified
      ? firstFactor(recorder, proved)
      : accept(recorder, proved.attempt, 'phone', proved.person, nowMs),
}

function firstFactor(recorder: Recorder, { attempt, person, phone }: Proved): AnswerOutcome {
  noteSuccess(recorder, attempt.subject, 'phone')
  const pin = pinOf(recorder, person.id)
  if (pin?.status === 'suspended') {
    recorder.event({ type: toUnlock.type, ...attempt, outcome: 'refused', reason: 'pin-suspended' })
    return { ok: false, reason: 'suspended' }
  }
  recorder.event({ type: 'first-factor-accepted', ...attempt, outcome: 'accepted' })
  const first = { personId: person.id, credentialId: phone.id, subject: attempt.subject }
  return { ok: false, reason: pin ? 'pin-needed' : 'new-pin-needed', first }
}
