// A hub that lies about phones: swapped keys, other people's ids, a second phone for somebody whose phone is pinned here.
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonEntry } from '../../../src/contracts/hub/down.ts'
import { takeEntry } from '../../../src/station/hub/down.ts'
import { newId } from '../../../src/station/primitives.ts'
import { addPerson, beside, closeAll, read, signIn, type Ward } from '../../support/attack-station.ts'
import type { BoundPhone } from '../../support/bound-phone.ts'
import { bind, freshChallenge, newScanningWard, nurse } from '../../support/scanning-ward.ts'
import { compressed } from '../../support/soft-passkey.ts'

let ward: Ward
let phone: BoundPhone
let id: string
const person = newId()
beforeAll(async () => {
  ward = await newScanningWard()
  await signIn(ward)
  const nurseId = await addPerson(ward, nurse)
  phone = await bind(ward, ward.desk.handlers.bindPhone({ personId: nurseId }))
  await ward.desk.handlers.lockNow({})
  id = read<string>(ward, "SELECT id FROM credential WHERE kind = 'phone'")[0] ?? ''
}, 30_000)
afterAll(() => closeAll(true))

const point = () => compressed(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey).toString('base64')
const keys = () => ({ signingKey: point(), agreementKey: point(), passkey: null })
type Said = PersonEntry['credentials'][number]
const says = (credentials: Said[], who: Partial<PersonEntry> = {}) =>
  beside(ward, ({ ledger, keys }) => {
    const facts = { staffId: nurse, displayName: 'A Nurse', roles: ['staff' as const], status: 'active' as const }
    const entry = { kind: 'person' as const, id: person, ...facts, reason: null, credentials, ...who }
    ledger.record((recorder) => takeEntry(recorder, entry, { keys, nowMs: ward.clock.nowMs(), read: 1e6 }))
  })
const alerts = () => read<string>(ward, 'SELECT kind FROM alert WHERE acknowledged = 0 ORDER BY id')
const row = (of: string) => read<string>(ward, "SELECT status || ' ' || parameters FROM credential WHERE id = ?", of)[0]
const opens = async () => {
  const text = phone.shownAnswer(await freshChallenge(ward))
  const answer = await ward.desk.handlers.submitShownAnswer({ text })
  await ward.desk.handlers.lockNow({})
  return answer
}

describe('a hub that lies about phones', () => {
  it('can’t change the key of one that is pinned here', async () => {
    const before = row(id)
    await says([{ kind: 'phone', id, status: 'active', keys: keys() }])
    expect(row(id)).toBe(before)
    expect(alerts()).toEqual(['hub-key-refused'])
    expect(await opens()).toMatchObject({ ok: true })
  })

  it('can’t make it an authenticator app, or somebody else’s', async () => {
    const before = row(id)
    const app = { algorithm: 'SHA1', digits: 6, periodSeconds: 30, lastStep: -1 } as const
    await says([{ kind: 'totp', id, status: 'active', secret: Buffer.alloc(20, 9).toString('base64'), ...app }])
    await says([{ kind: 'phone', id, status: 'ended' }], { id: newId(), staffId: 'OTHER-1' })
    expect(row(id)).toBe(before)
    expect(await opens()).toMatchObject({ ok: true })
  })

  it('can’t slip in another phone of somebody whose phone is pinned here', async () => {
    const planted = newId()
    await says([{ kind: 'phone', id: planted, status: 'active', keys: keys() }])
    expect(row(planted)).toMatch(/^pending /)
    expect(alerts()).toContain('hub-phone-waiting')
    await says([{ kind: 'phone', id: planted, status: 'active', keys: keys() }])
    await says([{ kind: 'phone', id: planted, status: 'suspended', keys: keys() }])
    expect(row(planted)).toMatch(/^pending /)
    expect(await opens()).toMatchObject({ ok: true })
  })

  it('can’t give anybody a phone whose keys are none', async () => {
    const broken = newId()
    const none = { ...keys(), agreementKey: Buffer.alloc(33, 5).toString('base64') }
    await says([{ kind: 'phone', id: broken, status: 'active', keys: none }], { id: newId(), staffId: 'OTHER-2' })
    expect(row(broken)).toBeUndefined()
  })

  it('can take it away, which an administrator here can put right by binding it anew', async () => {
    await says([{ kind: 'phone', id, status: 'ended' }])
    expect(row(id)).toMatch(/^ended /)
    await says([{ kind: 'phone', id, status: 'active', keys: keys() }])
    expect(row(id)).toMatch(/^ended /)
    expect(await opens()).toMatchObject({ ok: false })
  })
})
