// A hub, or a stolen station behind it, that wants a phone of its own to pass for somebody's new one: it lacks the old phone's word.
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { PersonEntry } from '../../../src/contracts/hub/down.ts'
import type { PhoneKeys } from '../../../src/contracts/hub/phones.ts'
import { encodeBindingOffer, linkSegments } from '../../../src/core/binding.ts'
import { encodeVouch, vouchLivesMs, vouchMessage } from '../../../src/core/vouch.ts'
import { takeEntry } from '../../../src/station/hub/down.ts'
import { assertionsIn } from '../../../src/station/hub/vouches.ts'
import { newId } from '../../../src/station/primitives.ts'
import { addPerson, closeAll, eventsOf, read, signIn, type Ward } from '../../support/attack-station.ts'
import { BoundPhone, phoneHost } from '../../support/bound-phone.ts'
import { bind, freshChallenge, newScanningWard, nurse } from '../../support/scanning-ward.ts'
import { beside } from '../../support/ward-ways.ts'

let ward: Ward
let nurseId = ''
const person = newId()
afterAll(() => closeAll(true))

type Kind = ConstructorParameters<typeof BoundPhone>[1]
/** The nurse's phone, bound at this station. */
async function begin(passkey: Kind = 'no-passkey'): Promise<{ old: BoundPhone; id: string }> {
  ward = await newScanningWard()
  await signIn(ward)
  nurseId = await addPerson(ward, nurse)
  const old = await bind(ward, ward.desk.handlers.bindPhone({ personId: nurseId }), { passkey })
  await ward.desk.handlers.lockNow({})
  return { old, id: read<string>(ward, "SELECT id FROM credential WHERE kind = 'phone'")[0] ?? '' }
}
beforeEach(() => closeAll())

/** Any other phone: what it was made for matters to nobody here. */
const newPhone = (old: BoundPhone, kind: Kind = 'no-passkey') => new BoundPhone(linkOf(old), kind)
const linkOf = ({ offer, host }: BoundPhone) => linkSegments(host, 'B', encodeBindingOffer(offer)).join('')

type Said = PersonEntry['credentials'][number]
const says = (credentials: Said[], who: Partial<PersonEntry> = {}) =>
  beside(ward, async ({ ledger, keys }) => {
    const facts = { staffId: nurse, displayName: 'A Nurse', roles: ['staff' as const], status: 'active' as const }
    const entry = { kind: 'person' as const, id: person, ...facts, reason: null, credentials, ...who }
    const assertions = await assertionsIn(ledger, [entry], phoneHost)
    ledger.record((recorder) => takeEntry(recorder, entry, { keys, nowMs: ward.clock.nowMs(), read: 1e6, assertions }))
  })
const statusOf = (id: string) => read<string>(ward, 'SELECT status FROM credential WHERE id = ?', id)[0]
/** What becomes of a phone with these keys that comes with this vouch. */
async function tried(keys: PhoneKeys, vouch: Uint8Array, id = newId()): Promise<string | undefined> {
  await says([{ kind: 'phone', id, status: 'active', keys, vouches: [Buffer.from(vouch).toString('base64url')] }])
  return statusOf(id)
}
const now = () => ward.clock.nowMs()

describe('the old phone’s word for a new one', () => {
  it('lets it in where the old one was bound, and ends that by the hub’s word', async () => {
    const { old, id } = await begin()
    const next = newPhone(old)
    const fresh = newId()
    const vouches = [old.vouch(next, now()).toString('base64url')]
    await says([
      { kind: 'phone', id: fresh, status: 'active', keys: next.publicKeys(), vouches },
      { kind: 'phone', id, status: 'ended' },
    ])
    expect([statusOf(fresh), statusOf(id)]).toEqual(['active', 'ended'])
    expect(eventsOf(ward, 'hub-credential-taken').at(-1)).toMatchObject({ details: { vouched_by: id } })
    expect(read(ward, "SELECT 1 FROM alert WHERE kind = 'hub-phone-waiting'")).toEqual([])
  })

  it('counts of a phone with a passkey only with its owner’s finger, face or PIN, once', async () => {
    const { old } = await begin('counting-passkey')
    const next = newPhone(old)
    expect(await tried(next.publicKeys(), old.vouch(next, now(), {}, { passkey: null }))).toBe('pending')
    const other = newPhone(old)
    const vouch = old.vouch(other, now())
    const spoilt = Buffer.from(vouch)
    spoilt[spoilt.length - 1] = (spoilt.at(-1) ?? 0) ^ 1
    expect(await tried(newPhone(old).publicKeys(), vouch)).toBe('pending')
    expect(await tried(other.publicKeys(), vouch)).toBe('active')
    expect(await tried(other.publicKeys(), spoilt)).toBe('pending')
  })
})

describe('whoever lacks it gets no phone in', () => {
  it('by a word of their own, one that was changed, or one for other keys', async () => {
    const { old } = await begin()
    const [next, thief] = [newPhone(old), newPhone(old)]
    const good = old.vouch(next, now())
    expect(await tried(thief.publicKeys(), good)).toBe('pending')
    const credential = old.welcome.credential
    expect(await tried(newPhone(old).publicKeys(), vouchWith(thief, credential))).toBe('pending')
    const forger = newPhone(old)
    expect(await tried(forger.publicKeys(), vouchWith(forger, credential))).toBe('pending')
    for (const at of [3, 20, 30, 60, 100, good.length - 1]) {
      const changed = Buffer.from(good)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(await tried(newPhone(old).publicKeys(), changed)).toBe('pending')
    }
    expect(await tried({ ...next.publicKeys(), agreementKey: thief.publicKeys().agreementKey }, good)).toBe('pending')
    expect(await tried(thief.publicKeys(), Buffer.from('nothing'))).toBe('pending')
  })

  it('by the word of a phone that ended, is closed, or is somebody else’s', async () => {
    const { old, id } = await begin()
    const answer = old.shownAnswer(await freshChallenge(ward), { decision: 'not-mine' })
    await ward.desk.handlers.submitShownAnswer({ text: answer })
    const closed = newPhone(old)
    expect(await tried(closed.publicKeys(), old.vouch(closed, now()))).toBe('pending')
    ward.clock.pass(16 * 60_000)
    await signIn(ward)
    const mine = await bind(ward, ward.desk.handlers.bindOwnPhone({}))
    const [a, b] = [newPhone(old), newPhone(old)]
    expect(await tried(a.publicKeys(), mine.vouch(a, now()))).toBe('pending')
    await says([{ kind: 'phone', id, status: 'ended' }])
    expect(await tried(b.publicKeys(), old.vouch(b, now()))).toBe('pending')
  })

  it('by one that was said long ago, or is of tomorrow', async () => {
    const { old } = await begin()
    for (const atMs of [now() - vouchLivesMs - 1000, now() + 2 * 60 * 60_000]) {
      const next = newPhone(old)
      expect(await tried(next.publicKeys(), old.vouch(next, atMs))).toBe('pending')
    }
  })

  it('by one that was used: what was revoked comes back under no other name', async () => {
    const { old } = await begin()
    const next = newPhone(old)
    const vouch = old.vouch(next, now())
    const first = newId()
    expect(await tried(next.publicKeys(), vouch, first)).toBe('active')
    await says([{ kind: 'phone', id: first, status: 'ended' }])
    expect(await tried(next.publicKeys(), vouch)).toBe('pending')
    expect(await tried(next.publicKeys(), vouch, first)).toBe('ended')
  })

  it('by one that waits here itself', async () => {
    const { old } = await begin()
    const [held, next] = [newPhone(old), newPhone(old)]
    const id = newId()
    await says([{ kind: 'phone', id, status: 'active', keys: held.publicKeys() }])
    expect(statusOf(id)).toBe('pending')
    expect(await tried(next.publicKeys(), vouchWith(held, Buffer.from(id.replaceAll('-', ''), 'hex'), next))).toBe(
      'pending',
    )
  })
})

/** Signed by this phone's own key, and said in another's name. */
function vouchWith(signer: BoundPhone, credential: Uint8Array, next = signer): Buffer {
  const { signingKey, agreementKey } = next.publicKeys()
  const unsigned = {
    ...{ verified: false, credential, atSeconds: Math.floor(now() / 1000), passkey: null },
    ...{ signingKey: Buffer.from(signingKey, 'base64'), agreementKey: Buffer.from(agreementKey, 'base64') },
  }
  return Buffer.from(encodeVouch({ ...unsigned, signature: signer.sign(vouchMessage(unsigned)), assertion: null }))
}
