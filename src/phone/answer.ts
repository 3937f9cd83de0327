// The answer to a login QR code: eight digits to type, and where the station knows the phone's key, a signed answer to show.
import { shownText } from '../core/binding.ts'
import { decodeChallengeBytes } from '../core/challenge.ts'
import { answerMessage, type Decision, encodeAnswer, type PhonePlace } from '../core/phone-answer.ts'
import { agree, answerKey, type Bytes, digitsFor, sign } from './keys/agreement.ts'
import { askOwner } from './keys/passkey.ts'
import { openAgreementKey, openAnswerKey, openSigningKey, sealingKey } from './keys/sealing.ts'
import type { Binding, BindingKeys } from './keys/store.ts'

export interface Answer {
  /** null where the answer is no. */
  readonly digits: string | null
  /** The bytes that are shown to the station's camera, and that a hub will carry; null after a typed part. */
  readonly signed: Uint8Array | null
  /** Whether the phone has checked its owner. */
  readonly verified: boolean
}

export interface Wish {
  readonly decision: Decision
  /** Whether a passkey is asked that would not have to be. */
  readonly verify: boolean
  readonly device: string
  readonly place: PhonePlace | null
}

/**
 * Throws where the owner is asked and refuses. @param challenge the 29 bytes of the login QR code.
 * @param away the agreement key of the workstation, 33 bytes, where it is another than the binding's own.
 */
export async function answerChallenge(
  binding: Binding,
  challenge: Uint8Array,
  wish: Wish,
  away: Uint8Array | null = null,
): Promise<Answer> {
  const { keys, credential } = binding
  if (wish.decision !== 'approved' && !(keys.signing && credential))
    return { digits: null, signed: null, verified: false }
  // Wrapped keys open for nobody but their owner, whatever the answer is.
  const passkey = keys.sealed || (wish.verify && wish.decision === 'approved') ? binding.passkey : null
  const unsigned = {
    challenge,
    credential: credential ?? new Uint8Array(16),
    decision: wish.decision,
    verification: passkey ? ('passkey' as const) : ('none' as const),
    device: wish.device,
    place: wish.place,
  }
  const message = answerMessage(unsigned)
  const yes = passkey && (await askOwner(passkey, message))
  const { answer, signing, agreement } = await openKeys(keys, yes?.secret ?? null)
  const under = away ? await keyFor(agreement ?? null, away, challenge) : answer
  const digits = wish.decision === 'approved' ? await digitsFor(under, challenge) : null
  if (!signing || !credential) return { digits, signed: null, verified: yes !== null }
  const signature = await sign(signing, message)
  const signed = encodeAnswer({ ...unsigned, signature, assertion: yes?.assertion ?? null })
  return { digits, signed, verified: yes !== null }
}

/** Of typed answers at a workstation that the phone was not bound at. */
async function keyFor(agreement: CryptoKey | null, away: Uint8Array, challenge: Uint8Array): Promise<CryptoKey> {
  const station = decodeChallengeBytes(challenge)?.station
  if (!agreement || !station) throw new Error('this phone has no key for another workstation')
  return answerKey(await agree(agreement, away), station, false)
}

/** For this one answer. */
export async function openKeys(keys: BindingKeys, secret: Bytes | null) {
  if (!keys.sealed) return keys
  if (!secret) throw new Error('the passkey gave no secret')
  const under = await sealingKey(secret, 'unwrapKey')
  return {
    answer: await openAnswerKey(keys.answer, under),
    signing: keys.signing && (await openSigningKey(keys.signing, under)),
    agreement: keys.agreement ? await openAgreementKey(keys.agreement, under) : null,
  }
}

export const shownAnswer = (signed: Uint8Array): string => shownText('R', signed)
