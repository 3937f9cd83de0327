// What a scanned code, or the address that the page was opened with, asks for.
import {
  type BindingOffer,
  fromExactBase32,
  type PhonePart,
  readBindingOffer,
  readPhonePart,
  readShownText,
  readWelcome,
  type Welcome,
} from '../core/binding.ts'
import { type Challenge, decodeChallenge, encodeChallenge } from '../core/challenge.ts'

export type Payload =
  | { readonly kind: 'challenge'; readonly challenge: Challenge; readonly bytes: Uint8Array }
  | { readonly kind: 'offer'; readonly offer: BindingOffer }
  | { readonly kind: 'welcome'; readonly welcome: Welcome }
  /** Of another phone that is being bound. */
  | { readonly kind: 'part'; readonly part: PhonePart }
  /** 'other-page': one of ours, for a page on another host. */
  | { readonly kind: 'nothing'; readonly why: 'not-ours' | 'other-page' }

/** @param host that this page is on, such as `phone.example.org`. */
export function payloadOf(text: string, host: string): Payload {
  const shown = readShownText(text, 'P')
  const part = shown && readPhonePart(shown)
  if (part) return { kind: 'part', part }
  const link = /^https:\/\/([^/#?]{1,100})\/#([A-Z2-7]{1,2000})$/i.exec(text)
  if (!link) return { kind: 'nothing', why: 'not-ours' }
  const [, otherHost = '', fragment = ''] = link
  const payload = payloadOfFragment(fragment)
  if (payload.kind === 'nothing') return payload
  return otherHost.toLowerCase() === host.toLowerCase() ? payload : { kind: 'nothing', why: 'other-page' }
}

/** @param fragment what follows the `#`. */
export function payloadOfFragment(fragment: string): Payload {
  const challenge = decodeChallenge(fragment)
  if (challenge) return { kind: 'challenge', challenge, bytes: encodeChallenge(challenge) }
  const bytes = fromExactBase32(fragment.slice(1))
  const offer = fragment.startsWith('B') && bytes ? readBindingOffer(bytes) : null
  if (offer) return { kind: 'offer', offer }
  const welcome = fragment.startsWith('S') && bytes ? readWelcome(bytes) : null
  return welcome ? { kind: 'welcome', welcome } : { kind: 'nothing', why: 'not-ours' }
}
