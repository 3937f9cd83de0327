// The answer to a login QR code: eight digits to type, and where the station knows the phone's key, a signed answer to show.
import { shownText } from '../core/binding.ts'
import { answerMessage, type Decision, encodeAnswer, type PhonePlace } from '../core/phone-answer.ts'
import { digitsFor, sign } from './keys/agreement.ts'
import { assertBy } from './keys/passkey.ts'
import type { Binding } from './keys/store.ts'

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
  /** Whether the passkey is asked; it throws where its owner refuses. */
  readonly verify: boolean
  readonly device: string
  readonly place: PhonePlace | null
}

/** @param challenge the 29 bytes of the login QR code. */
export async function answerChallenge(binding: Binding, challenge: Uint8Array, wish: Wish): Promise<Answer> {
  const passkey = wish.verify && wish.decision === 'approved' ? binding.passkey : null
  const digits = wish.decision === 'approved' ? await digitsFor(binding.answerKey, challenge) : null
  if (!binding.signingKey || !binding.credential) return { digits, signed: null, verified: false }
  const unsigned = {
    challenge,
    credential: binding.credential,
    decision: wish.decision,
    verification: passkey ? ('passkey' as const) : ('none' as const),
    device: wish.device,
    place: wish.place,
  }
  const message = answerMessage(unsigned)
  const assertion = passkey ? await assertBy(passkey, message) : null
  const signature = await sign(binding.signingKey, message)
  return { digits, signed: encodeAnswer({ ...unsigned, signature, assertion }), verified: assertion !== null }
}

export const shownAnswer = (signed: Uint8Array): string => shownText('R', signed)
