// A phone's answer to a challenge: eight digits that were typed, or a signed answer that the camera read.

import { readShownText } from '../core/binding.ts'
import { decodeChallengeBytes } from '../core/challenge.ts'
import { equalText } from '../core/otp.ts'
import { answerMessage, type PhoneAnswer, readAnswer } from '../core/phone-answer.ts'
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
import { counterIfVerified } from './passkey.ts'
import { answeringPhones, openAnswerKey, readPhoneParameters } from './phone-credentials.ts'
import { digitsUnder, isSigned, publicKeyOf } from './phone-keys.ts'
import { readPolicy, throttleNow } from './policy.ts'
import { answersNeedId, noteAnswerWithoutId, noteStationFailure, remainingWait } from './throttle.ts'

/** So few that a guess hits one in a million at most (OWASP ASVS 6.5.4: 20 bits, of the 26.6 of eight digits). */
export const mostWithoutId = 95

export interface AnswerParts extends LoginParts {
  readonly board: ChallengeBoard
  /** First 8 bytes of the hash of its signing key. */
  readonly stationNumber: Uint8Array
}

/** How a signed answer came: before the camera, or by way of the hub. */
export type SignedForm = 'shown' | 'sent'

export const needsId = (source: Recorder | LoginParts['ledger']): boolean =>
  answersNeedId(source) || answeringPhones(source, mostWithoutId).length > mostWithoutId

/** Typed digits at the lock screen. @param staffId null where none was typed. */
export const loginByDigits = (parts: AnswerParts, staffId: string | null, digits: string): AnswerOutcome =>
  answerByDigits(parts, toUnlock, staffId, digits)

/** What the camera read at the lock screen. */
export const loginByShown = (
  parts: AnswerParts,
  answer: PhoneAnswer,
  counter: number | null,
  form: SignedForm = 'shown',
): AnswerOutcome => answerByShown(parts, toUnlock, answer, counter, form)

type Settled = { readonly ok: boolean }

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

/** @param counter of `verifiedCounter`: only then somebody vouches for the owner. */
export function answerByShown<R extends Settled>(
  parts: AnswerParts,
  wanted: Wanted<R>,
  answer: PhoneAnswer,
  counter: number | null,
  form: SignedForm = 'shown',
): R | AnswerRefused {
  const { type } = wanted
  const verified = counter !== null
  const { ledger, keys, board, stationNumber } = parts
  const outcome = ledger.record((recorder): Decided<R> => {
    const challenge = decodeChallengeBytes(answer.challenge)
    const credentialId = uuidOf(answer.credential)
    const phone = recorder.get('credential', credentialId)
    const person = phone?.kind === 'phone' ? recorder.get('person', phone.person_id) : null
    const nonce = challenge ? Buffer.from(challenge.nonce).toString('hex') : ''
    const known = board.known().find((each) => Buffer.compare(each.bytes, answer.challenge) === 0)
    const details = { form, challenge: nonce, ...wanted.details, ...saidBy(answer, verified) }
    const bad = (reason: string, shown: AnswerRefused['reason']): Decided<R> => {
      const nowMs = parts.clock.nowMs()
      // Nobody stands here for one that was sent: from afar it slows nobody who does.
      const slowed = form === 'shown' && noteStationFailure(recorder, nowMs)
      const about = person && phone ? { person: person.id, credential: phone.id } : {}
      recorder.event({ type, method: 'phone', ...about, outcome: 'refused', reason, details })
      if (slowed) raiseAlert(recorder, 'many-failures', nowMs)
      return { answer: { ok: false, reason: shown } }
    }
    if (!challenge || Buffer.compare(challenge.station, stationNumber) !== 0)
      return bad('other-station', 'other-station')
    if (!phone || !person || phone.kind !== 'phone' || phone.status === 'ended')
      return bad('no-credential', 'bad-answer')
    const parameters = readPhoneParameters(phone)
    const key = parameters.form === 'keys' ? publicKeyOf(Buffer.from(parameters.signingKey, 'base64')) : null
    if (!key || !isSigned(answerMessage(answer), answer.signature, key)) return bad('bad-signature', 'bad-answer')
    // Another answer of the same passkey may have come in between.
    const counted = counter !== null && (counter === 0 ? phone.last_step <= 0 : counter > phone.last_step)
    // One that was used is that, though its count is not the next any more.
    const isUsed = known?.state === 'answered'
    if (answer.verification === 'passkey' && !counted && !isUsed) return bad('bad-assertion', 'bad-answer')
    // Never shown here, as far as the board knows: made up, or of before a restart.
    if (!known) return bad('unknown-challenge', 'challenge-over')
    const attempt: Attempt = {
      ...{ subject: keys.subject(person.staff_id), method: 'phone' as const, details },
      ...ids(person, phone),
    }
    if (counter !== null && counter > 0 && !isUsed) noteCounter(recorder, phone, counter)
    return decide(recorder, parts.clock, wanted, {
      ...{ phone, person, attempt, challenge: known, answer, form, verified },
    })
  })
  return settle(parts, outcome)
}

/** The counter of the passkey that vouches for its owner; null without one. Looked at anew in the transaction. */
export async function verifiedCounter(
  source: LoginParts['ledger'],
  answer: PhoneAnswer,
  phoneHost: string,
): Promise<number | null> {
  const phone = source.get('credential', uuidOf(answer.credential))
  if (phone?.kind !== 'phone') return null
  return counterIfVerified(answer, readPhoneParameters(phone), Math.max(phone.last_step, 0), phoneHost)
}

/** null where it is none. */
export function readShownAnswer(text: string): PhoneAnswer | null {
  const bytes = readShownText(text, 'R')
  return bytes && readAnswer(bytes)
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
function settle<R extends Settled>(
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

/** Burnt whatever comes of the answer. Puts the row; the attempt's event records it. */
function noteCounter(
  recorder: Recorder,
  { id, event_number: _, ...content }: Row<'credential'>,
  counter: number,
): void {
  recorder.put('credential', id, { ...content, last_step: counter })
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

/** What the phone says of itself, and who vouches for its owner. */
function saidBy({ device, verification, place }: PhoneAnswer, verified: boolean): Readonly<Record<string, string>> {
  const where = place ? `${place.latitude}, ${place.longitude} (±${place.accuracyMetres} m)` : ''
  return {
    device,
    verification: verification === 'passkey' && !verified ? 'none' : verification,
    ...(where === '' ? {} : { place: where }),
  }
}

const uuidOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
