// What commands give out only once: the secret of an offer and new recovery codes. Nothing else keeps them.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { OfferSecret } from '../../contracts/commands/offer-secret.ts'
import type { Input, Output } from '../../contracts/ipc.ts'
import type { ScreenState } from '../../contracts/screen.ts'
import { ask } from './bridge.ts'

type Offering =
  | 'setUpStation'
  | 'renewOffer'
  | 'makeOffer'
  | 'showOffer'
  | 'moveToNewPhone'
  | 'enrollOwnPhone'
  | 'submitTicket'

export function offerIdOf(screen: ScreenState): string | null {
  if (screen.kind === 'offer') return screen.offer.id
  return screen.kind === 'session' ? (screen.offer?.id ?? null) : null
}

export function useEnrollment(screen: ScreenState) {
  const offerId = offerIdOf(screen)
  const current = useRef(offerId)
  current.current = offerId
  const [held, setHeld] = useState<{ secret: OfferSecret; notFor: string | null } | null>(null)
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
    setHeld(answer?.ok && 'secret' in answer ? { secret: answer.secret, notFor } : before)
    setBusy(false)
    return answer
  }, [])

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

  const finish = useCallback(async () => {
    const answer = await ask('acknowledgeRecoveryCodes', {})
    if (answer?.ok) setCodes(null)
    return answer
  }, [])

  const secret = held !== null && offerId !== null && held.notFor !== offerId ? held.secret : null
  return { secret, codes, busy, makeOffer, confirm, renewCodes, makeOwnCodes, finish }
}
export type Enrollment = ReturnType<typeof useEnrollment>
