// A phone's answer to a challenge as eight digits that were typed; login-shown.ts has what the camera read.

import { equalText } from '../core/otp.ts'
import { raiseAlert } from './alerts.ts'
import {
  type AnswerOutcome,
  type AnswerRefused,
  type Decided,
  decide,
  toUnlock,
  type Wanted,
} from './answer-decision.ts'
import { type Attempt, fail, ids, type LoginParts, refuseUnseen } from './attempt.ts'
import type { ChallengeBoard, KnownChallenge } from './challenge-board.ts'
import type { Recorder, Row } from './ledger.ts'
import { standInKey } from './login-phones.ts'
import { lookUp } from './login-subject.ts'
import { answeringPhones, openAnswerKey } from './phone-credentials.ts'
import { digitsUnder } from './phone-keys.ts'
import { readPolicy, throttleNow } from './policy.ts'
import { answersNeedId, noteAnswerWithoutId, noteStationFailure, remainingWait } from './throttle.ts'

/** So few that a guess hits one in a million at most (OWASP ASVS 6.5.4: 20 bits, of the 26.6 of eight digits). */
export const mostWithoutId = 95

export interface AnswerParts extends LoginParts {
  readonly board: ChallengeBoard
  /** First 8 bytes of the hash of its signing key. */
  readonly stationNumber: Uint8Array
}

export const needsId = (source: Recorder | LoginParts['ledger']): boolean =>
  answersNeedId(source) || answeringPhones(source, mostWithoutId).length > mostWithoutId

/** Typed digits at the lock screen. @param staffId null where none was typed. */
export function loginByDigits(parts: AnswerParts, staffId: string | null, digits: string): AnswerOutcome {
  const outcome = answerByDigits(parts, toUnlock, staffId, digits)
  // They may be right ones, to a code of before a restart. That goes by the time alone, so it tells nothing of a person.
  if (outcome.ok || outcome.reason !== 'wrong-code' || !parts.board.isNew()) return outcome
  return { ...outcome, reason: 'wrong-or-over' }
}

export type Settled = { readonly ok: boolean }

/** @param staffId null where none was typed, which is for the lock screen alone. */
export function answerByDigits<R extends Settled>(
  parts: AnswerParts,
  wanted: Wanted<R>,
  staffId: string | null,
  digits: string,
): R | AnswerRefused {
  const { type } = wanted
  const { ledger, keys, clock, board } = parts
  const known = board.known()
  const nowMs = clock.nowMs()
  const outcome = ledger.record((recorder): Decided<R> => {
    if (staffId === null && needsId(recorder)) return refuseUnnamed(recorder, nowMs, 'id-needed', 'id-needed')
    if (staffId === null) {
      const found = answeringPhones(recorder, mostWithoutId).flatMap((phone) =>
        matches(openAnswerKey(keys, phone), known, digits).map((challenge) => ({ phone, challenge })),
      )
      const [match, other] = found
      if (match && (!other || other.phone.id === match.phone.id))
        return decideTyped(parts, recorder, wanted, match.phone, match.challenge)
      noteAnswerWithoutId(recorder, true)
      return match
        ? refuseUnnamed(recorder, nowMs, 'two-phones', 'id-needed')
        : { ...refuseUnnamed(recorder, nowMs, 'wrong-code', 'wrong-code'), wrong: true }
    }
    const subject = keys.subject(staffId)
    const most = mostBound(recorder)
    const { person, places } = lookUp(recorder, keys, staffId, 'phone', most)
    const rule = throttleNow(recorder, nowMs)
    const waitMs = remainingWait(recorder, subject, 'phone', nowMs, rule)
    const tried = places.map((phone) => ({
      phone,
      found: matches(phone ? openAnswerKey(keys, phone) : standInKey(subject), known, digits),
    }))
    const hit = tried.find(({ phone, found }) => phone !== null && found.length > 0)
    const attempt: Attempt = {
      ...{ subject, method: 'phone' as const, details: { form: 'typed', ...wanted.details } },
      ...ids(person, hit?.phone ?? places[0] ?? null),
    }
    if (waitMs > 0) return { answer: refuseUnseen(parts, recorder, type, attempt, 'throttled', waitMs) }
    const [challenge] = hit?.found ?? []
    if (!hit?.phone || !challenge) {
      const recorded = !person ? 'unknown-person' : places[0] ? 'wrong-code' : 'no-credential'
      return { answer: fail(parts, recorder, type, { attempt, rule, recorded, shown: 'wrong-code' }), wrong: true }
    }
    return decideTyped(parts, recorder, wanted, hit.phone, challenge)
  })
  return settle(parts, outcome)
}

/** Nobody's in particular, so it counts for the station alone, whatever the reason: each try writes an event. */
function refuseUnnamed(
  recorder: Recorder,
  nowMs: number,
  reason: string,
  shown: AnswerRefused['reason'],
): { readonly answer: AnswerRefused } {
  const { type } = toUnlock
  const slowed = noteStationFailure(recorder, nowMs)
  recorder.event({ type, method: 'phone', outcome: 'refused', reason, details: { form: 'typed' } })
  if (slowed) raiseAlert(recorder, 'many-failures', nowMs)
  return { answer: { ok: false, reason: shown } }
}

/** The board follows the transaction, and only one that was committed. */
export function settle<R extends Settled>(
  { board, stationNumber }: AnswerParts,
  { answer, used, wrong }: Decided<R>,
): R | AnswerRefused {
  if (used !== undefined) board.answered(used)
  if (wrong) board.wrongAnswer(stationNumber)
  if (!answer.ok) board.renew(stationNumber)
  return answer
}

function decideTyped<R>(
  parts: AnswerParts,
  recorder: Recorder,
  wanted: Wanted<R>,
  phone: Row<'credential'>,
  challenge: KnownChallenge,
): Decided<R> {
  const person = recorder.get('person', phone.person_id)
  if (!person) throw new Error('a credential without a person')
  const details = { form: 'typed', challenge: challenge.nonce, ...wanted.details, verification: 'none' }
  const attempt: Attempt = {
    ...{ subject: parts.keys.subject(person.staff_id), method: 'phone' as const, details },
    ...ids(person, phone),
  }
  return decide(recorder, parts.clock, wanted, {
    ...{ phone, person, attempt, challenge, answer: null, form: 'typed', verified: false },
  })
}

/** As many HMACs whatever the digits are. Live ones come first. */
function matches(key: Uint8Array, known: readonly KnownChallenge[], digits: string): KnownChallenge[] {
  const digitsAbout = digitsUnder(key)
  const found = known.filter(({ question }) => equalText(digitsAbout(question), digits))
  return [...found.filter(({ state }) => state === 'live'), ...found.filter(({ state }) => state !== 'live')]
}

/** The most that any rule gives anybody: how much work an answer takes tells nothing of a person. */
function mostBound(recorder: Recorder): number {
  const { settings, rules } = readPolicy(recorder)
  return Math.max(settings.phonesPerPerson, ...rules.map(({ set }) => set.phonesPerPerson ?? 1))
}
