// Binding this phone: its part of an offer, the digits that confirm it, and the welcome that makes it a binding.
import { toBase32 } from '../core/base32.ts'
import {
  type BindingOffer,
  confirmationQuestion,
  encodeBindingOffer,
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
import { openAgreementKey, seal, sealingKey } from './keys/sealing.ts'
import {
  type Binding,
  type BindingKeys,
  keepBinding,
  keepPending,
  type Organisation,
  type Pending,
  readPending,
  type Way,
} from './keys/store.ts'

/** Keys and part for this offer; the same again where it was scanned before. @param withPasskey asks the owner. */
export async function answerOffer(offer: BindingOffer, withPasskey: boolean): Promise<Pending> {
  const id = hexOf(offer.offer)
  const before = await readPending(id)
  if (before && same(encodeBindingOffer(before.offer), encodeBindingOffer(offer))) return before
  const { passkey, secret } = withPasskey ? await makePasskey('Wardkey') : { passkey: null, secret: null }
  const { signing, agreement } = await makeKeys(secret !== null)
  const unsigned = {
    offer: offer.offer,
    signingKey: await shortPublicKey(signing.publicKey),
    agreementKey: await shortPublicKey(agreement.publicKey),
    passkey,
  }
  const signature = await sign(signing.privateKey, partMessage(unsigned, offer))
  const sealing = secret && (await sealingKey(secret, 'wrapKey'))
  const agreementSealed = sealing && (await seal(agreement.privateKey, 'agreement', sealing))
  const pending: Pending = {
    ...{ id, offer, way: 'shown', passkey, sealing, agreementSealed, r: random(10) },
    // Of two that are the same, the one that can be taken out is gone after this.
    agreement:
      agreementSealed && secret
        ? await openAgreementKey(agreementSealed, await sealingKey(secret, 'unwrapKey'))
        : agreement.privateKey,
    part: encodePhonePart({ ...unsigned, signature }),
    signing: sealing ? await seal(signing.privateKey, 'signing', sealing) : signing.privateKey,
    madeAtMs: Date.now(),
  }
  await keepPending(pending)
  return pending
}

/** For when the welcome comes by way of the phone's own camera, in another page than this. */
export async function chooseWay(pending: Pending, way: Way): Promise<Pending> {
  const chosen = { ...pending, way }
  await keepPending(chosen)
  return chosen
}

/** Sixteen characters in groups of four. */
export const typedPart = ({ r }: Pending): string => (toBase32(r).match(/.{4}/g) ?? []).join(' ')

/** The eight digits that confirm the binding at the station. */
export async function confirmationDigits({ offer, agreement, part, r, way }: Pending): Promise<string> {
  const agreed = way === 'shown' ? await agree(agreement, offer.key) : join(offer.s, r)
  const key = await bindingKey(agreed, offer.offer)
  return digitsFor(key, confirmationQuestion(offer, way === 'shown' ? part : r))
}

export type WelcomeFault = 'other-offer' | 'other-station'

/** The workstation's last word, which makes the binding. Only the station of the offer can have said it. */
export async function takeWelcome(pending: Pending, welcome: Welcome): Promise<Binding | WelcomeFault> {
  const { offer } = pending
  if (!same(welcome.offer, offer.offer)) return 'other-offer'
  const number = (await sha256(stationKeyInfo(welcome.signingKey))).slice(0, 8)
  const { signature, ...unsigned } = welcome
  if (!same(number, offer.station) || !isByStation(welcomeMessage(unsigned), signature, welcome.signingKey))
    return 'other-station'
  return keep(pending, {
    name: welcome.stationName,
    location: welcome.stationLocation,
    personName: welcome.personName,
    credential: welcome.credential,
    stationKey: welcome.agreementKey,
    organisation: welcome.organisation,
  })
}

/** After a typed part the workstation may go unscanned: the phone then knows it by its number alone. */
export const goWithoutWelcome = (pending: Pending): Promise<Binding> =>
  keep(
    { ...pending, way: 'typed' },
    { name: '', location: '', personName: '', credential: null, stationKey: null, organisation: null },
  )

type Known = Pick<Binding, 'name' | 'location' | 'personName' | 'credential'> & {
  stationKey: Uint8Array | null
  organisation: Organisation | null
}

async function keep(pending: Pending, { stationKey, organisation, ...known }: Known): Promise<Binding> {
  const { offer, agreement, agreementSealed, sealing, passkey, way, r } = pending
  const shown = way === 'shown' && stationKey !== null
  const agreed = shown ? await agree(agreement, stationKey) : join(offer.s, r)
  const answer = await answerKey(agreed, offer.station, sealing !== null)
  // A part that was typed told no station a key, and a station without a hub tells of no others.
  const beyond = shown ? organisation : null
  const lying = await lieAs(answer, shown ? pending.signing : null, sealing)
  const keys: BindingKeys = !beyond
    ? lying
    : lying.sealed
      ? { ...lying, agreement: agreementSealed ?? null }
      : { ...lying, agreement }
  const binding: Binding = {
    station: hexOf(offer.station),
    ...known,
    keys,
    // After a typed part no station knows the passkey: it is worth asking only for what it unwraps.
    passkey: shown || keys.sealed ? passkey : null,
    boundAtMs: Date.now(),
    organisation: beyond,
  }
  await keepBinding(binding, pending.id)
  return binding
}

/** As they lie on the phone from now on. */
async function lieAs(
  answer: CryptoKey,
  signing: Pending['signing'] | null,
  sealing: CryptoKey | null,
): Promise<BindingKeys> {
  if (sealing && !(signing instanceof CryptoKey))
    return { sealed: true, answer: await seal(answer, 'answer', sealing), signing }
  if (signing && !(signing instanceof CryptoKey)) throw new Error('a key lies wrapped that nothing wrapped')
  return { sealed: false, answer, signing }
}
