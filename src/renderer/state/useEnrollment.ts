// What commands give out only once: the secret of an offer, a binding's code and new recovery codes. Nothing else keeps them.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { OfferSecret } from '../../contracts/commands/offer-secret.ts'
import type { Input, Output } from '../../contracts/ipc.ts'
import type { QrSymbol, ScreenState } from '../../contracts/screen.ts'
import { ask } from './bridge.ts'

type Offering =
  | 'setUpStation'
  | 'renewOffer'
  | 'makeOffer'
  | 'showOffer'
  | 'moveToNewPhone'
  | 'enrollOwnPhone'
  | 'submitTicket'
  | 'bindPhone'
  | 'bindOwnPhone'
  | 'renewBinding'
  | 'answerQuestion'
  | 'showAnswerToQuestion'

/** Of an authenticator app's offer, or the code that a phone scans to be bound. */
interface Given {
  readonly secret: OfferSecret | null
  readonly binding: QrSymbol | null
}

export function offerIdOf(screen: ScreenState): string | null {
  if (screen.kind === 'offer') return screen.offer.id
  return screen.kind === 'session' ? (screen.offer?.id ?? null) : null
}

export function useEnrollment(screen: ScreenState) {
  const offerId = offerIdOf(screen)
  const current = useRef(offerId)
  current.current = offerId
  const [held, setHeld] = useState<(Given & { notFor: string | null }) | null>(null)
  const heldNow = useRef(held)
  heldNow.current = held
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [busy, setBusy] = useState(false)

  // A locked station keeps nothing of an enrollment in its window.
  const { kind } = screen
  useEffect(() => {
    if (kind !== 'locked' && kind !== 'failed') return
    setHeld(null)
    setCodes(null)
  }, [kind])

  /** Asks for an offer. Its state may be pushed before or after the answer, so the secret is tied to the id that follows. */
  const makeOffer = useCallback(async <N extends Offering>(name: N, input: Input<N>): Promise<Output<N> | null> => {
    const notFor = current.current
    const before = heldNow.current
    setBusy(true)
    // The secret from before must never be seen beside the offer that follows.
    setHeld(null)
    const answer = await ask(name, input)
    const given = givenBy(answer)
    setHeld(given ? { ...given, notFor } : before)
    setBusy(false)
    return answer
  }, [])

  /** A phone's answer that leads to an offer. */
  const answerForOffer = useCallback(
    (by: Input<'answerQuestion'> | Input<'showAnswerToQuestion'>) =>
      'text' in by ? makeOffer('showAnswerToQuestion', by) : makeOffer('answerQuestion', by),
    [makeOffer],
  )

  const confirm = useCallback(async (code: string) => {
    setBusy(true)
    const answer = await ask('confirmOffer', { code })
    if (answer?.ok) setCodes(answer.recoveryCodes)
    setBusy(false)
    return answer
  }, [])

  const renewCodes = useCallback(async () => {
    const answer = await ask('renewRecoveryCodes', {})
    if (answer?.ok) setCodes(answer.recoveryCodes)
    return answer
  }, [])

  /** New ones in place of those from before, for whoever is signed in. */
  const makeOwnCodes = useCallback(async () => {
    const answer = await ask('makeOwnRecoveryCodes', {})
    if (answer?.ok) setCodes(answer.recoveryCodes)
    return answer
  }, [])

  /** The phone knows this workstation; whoever has no recovery codes yet gets some now. */
  const finishWelcome = useCallback(async () => {
    const answer = await ask('finishWelcome', {})
    if (answer?.ok && 'recoveryCodes' in answer) setCodes(answer.recoveryCodes)
    return answer
  }, [])

  const finish = useCallback(async () => {
    const answer = await ask('acknowledgeRecoveryCodes', {})
    if (answer?.ok) setCodes(null)
    return answer
  }, [])

  const mine = held !== null && offerId !== null && held.notFor !== offerId ? held : null
  const secret = mine?.secret ?? null
  const binding = mine?.binding ?? null
  return {
    secret,
    binding,
    codes,
    busy,
    makeOffer,
    answerForOffer,
    confirm,
    renewCodes,
    makeOwnCodes,
    finishWelcome,
    finish,
  }
}
export type Enrollment = ReturnType<typeof useEnrollment>

function givenBy(answer: Output<Offering> | null): Given | null {
  if (!answer?.ok) return null
  if ('secret' in answer) return { secret: answer.secret, binding: null }
  return 'qr' in answer ? { secret: null, binding: answer.qr } : null
}
