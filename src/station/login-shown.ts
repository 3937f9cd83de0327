// A phone's signed answer to a challenge, as the camera read it or the hub carried it.
import { readShownText } from '../core/binding.ts'
import { type Challenge, challengeRule, decodeChallengeBytes } from '../core/challenge.ts'
import { answerMessage, type PhoneAnswer, readAnswer, uuidOf } from '../core/phone-answer.ts'
import { raiseAlert } from './alerts.ts'
import {
  type AnswerOutcome,
  type AnswerRefused,
  type Decided,
  decide,
  toUnlock,
  type Wanted,
} from './answer-decision.ts'
import { type Attempt, ids, type LoginParts } from './attempt.ts'
import type { KnownChallenge } from './challenge-board.ts'
import type { Recorder, Row } from './ledger.ts'
import { type AnswerParts, type Settled, settle } from './login-answer.ts'
import { counterIfVerified } from './passkey.ts'
import { readPhoneParameters } from './phone-credentials.ts'
import { isSigned, publicKeyOf, questionOf } from './phone-keys.ts'
import { noteStationFailure } from './throttle.ts'

export type SignedForm = 'shown' | 'sent'

/** What the camera read at the lock screen, or a hub brought to it. */
export const loginByShown = (
  parts: AnswerParts,
  answer: PhoneAnswer,
  counter: number | null,
  form: SignedForm = 'shown',
): AnswerOutcome => answerByShown(parts, toUnlock, answer, counter, form)

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
    // Never shown here, as far as the board knows: made up, or of before a restart. A no counts all the same, while it is
    // news: for less time than it closes the phone, so that nobody can keep that closed with a copy.
    const noOfBefore = answer.decision !== 'approved' && isRecent(challenge, parts.clock.nowMs())
    if (!known && !noOfBefore) return bad('unknown-challenge', 'challenge-over')
    const attempt: Attempt = {
      ...{ subject: keys.subject(person.staff_id), method: 'phone' as const, details },
      ...ids(person, phone),
    }
    if (counter !== null && counter > 0 && !isUsed) noteCounter(recorder, phone, counter)
    return decide(recorder, parts.clock, wanted, {
      ...{ phone, person, attempt, challenge: known ?? ofBefore(challenge, answer) },
      ...{ answer, form, verified },
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

const isRecent = ({ issuedAtSeconds }: Challenge, nowMs: number): boolean => {
  const ageMs = nowMs - issuedAtSeconds * 1000
  return ageMs > -1000 && ageMs < challengeRule.rememberedMs
}

const ofBefore = ({ purpose, nonce }: Challenge, { challenge }: PhoneAnswer): KnownChallenge => ({
  ...{ purpose, bytes: challenge, question: questionOf(challenge) },
  ...{ nonce: Buffer.from(nonce).toString('hex'), state: 'over' },
})

/** null where it is none. */
export function readShownAnswer(text: string): PhoneAnswer | null {
  const bytes = readShownText(text, 'R')
  return bytes && readAnswer(bytes)
}

/** Burnt whatever comes of the answer. Puts the row; the attempt's event records it. */
function noteCounter(
  recorder: Recorder,
  { id, event_number: _, ...content }: Row<'credential'>,
  counter: number,
): void {
  recorder.put('credential', id, { ...content, last_step: counter })
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
