// Sends this phone's part by the hub and waits for the welcome; whatever fails of it, the page goes on by the other ways.
import { useEffect, useRef, useState } from 'react'
import { takeWelcome } from '../binding.ts'
import type { Binding, Pending } from '../keys/store.ts'
import { askForWelcome, bindingSecrets, sendPart } from '../sent-binding.ts'

/** 'none': no hub to send it by. 'notSent': the person shows or types it. */
export type SentState = 'none' | 'sending' | 'sent' | 'notSent'

const asksEveryMs = 1000
/** What a hub takes and the workstation has not fetched by then is withheld, or the workstation is gone. */
const fetchedWithinMs = 4000
/** In a row: a phone loses its network for a moment. */
const missesAtMost = 3
/** Longer than an offer of most policies. */
const asksForMs = 15 * 60_000

export function useSentBinding(pending: Pending, onBound: (binding: Binding) => void): SentState {
  const [state, setState] = useState<SentState>('none')
  const bound = useRef(onBound)
  bound.current = onBound
  const isSendable = pending.way === 'shown' && pending.offer.organisation !== null
  useEffect(() => {
    if (!isSendable) return setState('none')
    const watch = { over: false }
    void follow(pending, watch, setState, (binding) => bound.current(binding)).catch(
      () => watch.over || setState('notSent'),
    )
    return () => {
      watch.over = true
    }
  }, [pending, isSendable])
  return state
}

async function follow(
  pending: Pending,
  watch: { readonly over: boolean },
  say: (state: SentState) => void,
  onBound: (binding: Binding) => void,
): Promise<void> {
  say('sending')
  const secrets = await bindingSecrets(pending.offer, pending.agreement)
  const took = await sendPart(pending, secrets)
  if (watch.over) return
  if (!took) return say('notSent')
  const sentAtMs = performance.now()
  let misses = 0
  while (!watch.over && performance.now() - sentAtMs < asksForMs) {
    const news = await askForWelcome(pending, secrets)
    if (watch.over) return
    misses = news ? 0 : misses + 1
    // The offer is over, or the network: what is on the screen works in any case.
    if (misses > missesAtMost) return say('notSent')
    if (news?.welcome) {
      const bound = await takeWelcome(pending, news.welcome)
      if (typeof bound !== 'string') return onBound(bound)
      return say('notSent')
    }
    if (news?.fetched) say('sent')
    else if (news && performance.now() - sentAtMs > fetchedWithinMs) say('notSent')
    await new Promise((done) => setTimeout(done, asksEveryMs * (0.8 + Math.random() * 0.4)))
  }
}
