// A binding by way of the hub that this page comes from: the phone's part goes there, and the workstation's welcome comes back.
import { type BindingOffer, boxSubject, readWelcome, type Welcome } from '../core/binding.ts'
import { claimKeyInfo, sealNonceBytes, welcomeKeyInfo } from '../core/phone-keys.ts'
import { bytesOf, urlOf } from './base64url.ts'
import { ask, hubIsHere } from './hub.ts'
import { agree, type Bytes, deriveBytes, own, sha256 } from './keys/agreement.ts'
import type { Pending } from './keys/store.ts'

/** The workstation tells its hub of the offer while its code is scanned already: it may take a moment. */
const triesAfterMs = [0, 500, 1500]

/** What only this phone and the workstation can work out, and who has only photographed the offer can't. */
export interface BindingSecrets {
  readonly box: Bytes
  readonly claim: Bytes
  readonly welcomeKey: CryptoKey
}

/** @param agreement private half of the phone's agreement key. */
export async function bindingSecrets(offer: BindingOffer, agreement: CryptoKey): Promise<BindingSecrets> {
  const agreed = await agree(agreement, offer.key)
  const key = await deriveBytes(agreed, offer.offer, welcomeKeyInfo)
  return {
    box: await sha256(boxSubject(offer)),
    claim: await deriveBytes(agreed, offer.offer, claimKeyInfo),
    welcomeKey: await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']),
  }
}

/** Whether the hub took it. */
export async function sendPart({ offer, part }: Pending, { box, claim }: BindingSecrets): Promise<boolean> {
  if (!offer.organisation || !(await hubIsHere())) return false
  const body = { box: urlOf(box), part: urlOf(part), claim: urlOf(await sha256(claim)) }
  for (const afterMs of triesAfterMs) {
    await new Promise((done) => setTimeout(done, afterMs))
    const said = await post(`./v1/${offer.organisation}/bindings`, body)
    if (said?.ok === true) return true
    if (said?.reason !== 'no-such-box') return false
  }
  return false
}

export interface WelcomeNews {
  /** The workstation has the part, as the hub says. */
  readonly fetched: boolean
  /** null while there is none, or where it is not for this phone. */
  readonly welcome: Welcome | null
}

/** null where the hub has nothing to say of this offer any more, or can't be reached. */
export async function askForWelcome({ offer }: Pending, secrets: BindingSecrets): Promise<WelcomeNews | null> {
  const body = { box: urlOf(secrets.box), claim: urlOf(secrets.claim) }
  const said = await post(`./v1/${offer.organisation}/bindings/welcome`, body)
  if (said?.ok !== true) return null
  const sealed = typeof said.welcome === 'string' ? said.welcome : null
  return {
    fetched: said.fetched === true,
    welcome: sealed === null ? null : await openWelcome(sealed, secrets.welcomeKey),
  }
}

/** null where it was not sealed for this phone and this offer. @param sealed base64url: nonce, then AES-GCM's output. */
export async function openWelcome(sealed: string, key: CryptoKey): Promise<Welcome | null> {
  try {
    const bytes = bytesOf(sealed)
    const by = { name: 'AES-GCM', iv: own(bytes.slice(0, sealNonceBytes)) }
    return readWelcome(new Uint8Array(await crypto.subtle.decrypt(by, key, own(bytes.slice(sealNonceBytes)))))
  } catch {
    // No base64, or nobody's seal: whoever carried it changed it, and the code on the workstation is still there.
    return null
  }
}

const post = (path: string, body: unknown) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
