// The page's own half of a binding by way of the hub, held against the station's: the same box, and a welcome for one phone alone.
import { describe, expect, it } from 'vitest'
import { type BindingOffer, encodeWelcome } from '../../../src/core/binding.ts'
import { makeKeys, shortPublicKey } from '../../../src/phone/keys/agreement.ts'
import { bindingSecrets, openWelcome } from '../../../src/phone/sent-binding.ts'
import { boxOf, sealWelcome } from '../../../src/station/binding-mail.ts'
import { agree, makeOfferKeys, welcomeKey } from '../../../src/station/phone-keys.ts'

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value)
const made = makeOfferKeys()
const offer: BindingOffer = {
  ...{ offer: bytes(8, 3), station: bytes(8, 1), key: made.key, s: bytes(16, 4) },
  organisation: 'acme',
}
const welcome = {
  ...{ offer: bytes(8, 3), credential: bytes(16, 5), signingKey: bytes(32, 6), agreementKey: bytes(33, 2) },
  ...{ stationName: 'Ward 7', stationLocation: '', personName: 'Ada', signature: bytes(64, 7) },
  organisation: { slug: 'acme', key: bytes(32, 8) },
}

/** Of a new phone, and what the station seals for it. */
async function newPhone() {
  const { agreement } = await makeKeys(false)
  const secrets = await bindingSecrets(offer, agreement.privateKey)
  const agreed = agree(made.secret, await shortPublicKey(agreement.publicKey))
  if (!agreed) throw new Error('no point')
  const sealed = sealWelcome(encodeWelcome(welcome), welcomeKey(agreed, offer.offer))
  return { secrets, sealed: Buffer.from(sealed) }
}

describe('a phone that is bound by way of the hub', () => {
  it('names the same box as its workstation, and opens what was sealed for it', async () => {
    const { secrets, sealed } = await newPhone()
    expect(Buffer.from(secrets.box)).toEqual(Buffer.from(boxOf(offer)))
    expect(await openWelcome(sealed.toString('base64url'), secrets.welcomeKey)).toEqual(welcome)
  })

  it('claims it by what no other phone has, and nobody else opens it', async () => {
    const [own, other] = [await newPhone(), await newPhone()]
    expect(own.secrets.claim).not.toEqual(other.secrets.claim)
    expect(await openWelcome(own.sealed.toString('base64url'), other.secrets.welcomeKey)).toBeNull()
  })

  it('takes nothing that was changed, cut, or is no welcome', async () => {
    const { secrets, sealed } = await newPhone()
    for (let at = 0; at < sealed.length; at += 5) {
      const changed = Buffer.from(sealed)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(await openWelcome(changed.toString('base64url'), secrets.welcomeKey)).toBeNull()
    }
    for (const text of ['', '!', 'AAAA', sealed.subarray(0, 30).toString('base64url')])
      expect(await openWelcome(text, secrets.welcomeKey)).toBeNull()
  })
})
