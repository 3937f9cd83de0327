// Binding this phone: its part of an offer, the digits that confirm it, and the welcome that makes it a binding.
import { toBase32 } from '../core/base32.ts'
import {
  type BindingOffer,
  confirmationQuestion,
  encodePhonePart,
  partMessage,
  stationKeyInfo,
  type Welcome,
  welcomeMessage,
} from '../core/binding.ts'
import {
  agree,
  answerKey,
  bindingKey,
  digitsFor,
  hexOf,
  isByStation,
  join,
  makeKeys,
  random,
  same,
  sha256,
  shortPublicKey,
  sign,
} from './keys/agreement.ts'
import { makePasskey } from './keys/passkey.ts'
import { type Binding, keepBinding, keepPending, type Pending, readPending } from './keys/store.ts'

/** How the part goes to the station. */
export type Way = 'shown' | 'typed'

/** Keys and part for this offer; the same again where it was scanned before. @param withPasskey asks the owner. */
export async function answerOffer(offer: BindingOffer, withPasskey: boolean): Promise<Pending> {
  const id = hexOf(offer.offer)
  const before = await readPending(id)
  if (before && same(before.offer.key, offer.key)) return before
  const passkey = withPasskey ? await makePasskey('Wardkey') : null
  const keys = await makeKeys()
  const unsigned = {
    offer: offer.offer,
    signingKey: await shortPublicKey(keys.signing.publicKey),
    agreementKey: await shortPublicKey(keys.agreement.publicKey),
    passkey,
  }
  const signature = await sign(keys.signing.privateKey, partMessage(unsigned, offer))
  const part = encodePhonePart({ ...unsigned, signature })
  const pending: Pending = { id, offer, keys, part, r: random(10), passkey, madeAtMs: Date.now() }
  await keepPending(pending)
  return pending
}

/** Sixteen characters in groups of four. */
export const typedPart = ({ r }: Pending): string => (toBase32(r).match(/.{4}/g) ?? []).join(' ')

/** The eight digits that confirm the binding at the station. */
export async function confirmationDigits({ offer, keys, part, r }: Pending, way: Way): Promise<string> {
  const agreed = way === 'shown' ? await agree(keys.agreement.privateKey, offer.key) : join(offer.s, r)
  const key = await bindingKey(agreed, offer.offer)
  return digitsFor(key, confirmationQuestion(offer, way === 'shown' ? part : r))
}

export type WelcomeFault = 'other-offer' | 'other-station'

/** The workstation's last word, which makes the binding. Only the station of the offer can have said it. */
export async function takeWelcome(pending: Pending, welcome: Welcome, way: Way): Promise<Binding | WelcomeFault> {
  const { offer, passkey } = pending
  if (!same(welcome.offer, offer.offer)) return 'other-offer'
  const number = (await sha256(stationKeyInfo(welcome.signingKey))).slice(0, 8)
  const { signature, ...unsigned } = welcome
  if (!same(number, offer.station) || !isByStation(welcomeMessage(unsigned), signature, welcome.signingKey))
    return 'other-station'
  const shown = way === 'shown'
  const binding: Binding = {
    station: hexOf(offer.station),
    name: welcome.stationName,
    location: welcome.stationLocation,
    personName: welcome.personName,
    credential: welcome.credential,
    answerKey: await keyFor(pending, way, welcome.agreementKey),
    signingKey: shown ? pending.keys.signing.privateKey : null,
    passkey: shown ? passkey : null,
    boundAtMs: Date.now(),
  }
  await keepBinding(binding, pending.id)
  return binding
}

/** After a typed part the workstation may go unscanned: the phone then knows it by its number alone. */
export async function goWithoutWelcome(pending: Pending): Promise<Binding> {
  const binding: Binding = {
    ...{ station: hexOf(pending.offer.station), name: '', location: '', personName: '', credential: null },
    answerKey: await keyFor(pending, 'typed', null),
    ...{ signingKey: null, passkey: null, boundAtMs: Date.now() },
  }
  await keepBinding(binding, pending.id)
  return binding
}

async function keyFor(pending: Pending, way: Way, stationKey: Uint8Array | null): Promise<CryptoKey> {
  const { offer, keys, r } = pending
  if (way === 'typed' || !stationKey) return answerKey(join(offer.s, r), offer.station)
  return answerKey(await agree(keys.agreement.privateKey, stationKey), offer.station)
}
