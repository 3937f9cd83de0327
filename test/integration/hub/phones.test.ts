// A phone that was bound at one station opens the others of its owner's roster, and nobody gains by that who should not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidOf } from '../../../src/core/phone-answer.ts'
import { letInPhone } from '../../../src/station/people-changes.ts'
import { compressedKey } from '../../../src/station/phone-keys.ts'
import { stationNumber } from '../../../src/station/signing.ts'
import { beside, closeAll, read, signIn as signInAt, type Ward } from '../../support/attack-station.ts'
import type { BoundPhone } from '../../support/bound-phone.ts'
import { join, scanningWardBy } from '../../support/hub/joined-ward.ts'
import {
  beginOrganisation,
  call,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'
import { bind, challengeOf, freshChallenge } from '../../support/scanning-ward.ts'

const patient = { timeout: 15_000 }
let hub: RunningHub
let acme: Organisation
let desk: Ward
let bedside: Ward
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  desk = await scanningWardBy(hub)
  bedside = await scanningWardBy(hub)
  for (const ward of [desk, bedside])
    expect(await join(ward, await joinLink(hub, acme, 'Ward 7'))).toMatchObject({ ok: true })
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

const at = (method: string, path: string, body?: unknown) => call(hub, method, `/v1/acme${path}`, body, acme.token)
const statusOf = (ward: Ward, credential: string) =>
  read<string>(ward, 'SELECT status FROM credential WHERE id = ?', credential)[0]
const idOf = ({ welcome }: BoundPhone): string => uuidOf(welcome.credential)

/** Somebody who has nothing yet. */
async function known(staffId: string, roles = ['staff']): Promise<string> {
  const { id } = (await at('POST', '/people', { staffId, displayName: `Person ${staffId}`, roles })).body
  for (const ward of [desk, bedside])
    await expect.poll(() => read(ward, 'SELECT status FROM person WHERE id = ?', id), patient).toEqual(['active'])
  return id
}

/** The administrator of the station binds it with whoever stands beside them. */
async function bindAt(ward: Ward, personId: string): Promise<BoundPhone> {
  ward.clock.pass(30_000)
  await signInAt(ward)
  const phone = await bind(ward, ward.desk.handlers.bindPhone({ personId }))
  await ward.desk.handlers.lockNow({})
  return phone
}
const opens = async (ward: Ward, phone: BoundPhone) => {
  const text = phone.shownAnswer(await freshChallenge(ward))
  const answer = await ward.desk.handlers.submitShownAnswer({ text })
  await ward.desk.handlers.lockNow({})
  return answer
}
const atHub = async (staffId: string) => (await at('GET', `/people?find=${staffId}`)).body.people[0].credentials
const alertsAt = (ward: Ward): string[] => read(ward, 'SELECT kind FROM alert WHERE acknowledged = 0')

describe('a phone that was bound at one station', () => {
  let phone: BoundPhone

  it('opens another by what it shows', async () => {
    phone = await bindAt(desk, await known('NINA-1'))
    await expect.poll(() => statusOf(bedside, idOf(phone)), patient).toBe('active')
    const text = phone.shownAnswer(await freshChallenge(bedside))
    expect(await bedside.desk.handlers.submitShownAnswer({ text })).toMatchObject({ ok: true })
    await bedside.desk.handlers.lockNow({})
  })

  it('opens another by digits, once it knows that station’s key', async () => {
    const [signing = Buffer.alloc(0)] = read<Buffer>(bedside, 'SELECT signing_public FROM station')
    const [agreement = Buffer.alloc(0)] = read<Buffer>(bedside, 'SELECT agreement_public FROM station')
    const number = Buffer.from(stationNumber(signing), 'hex')
    const challenge = await freshChallenge(bedside)
    const digits = phone.digitsAt(challenge, { number, agreementKey: compressedKey(agreement) })
    expect(await bedside.desk.handlers.submitAnswer({ staffId: 'NINA-1', digits })).toMatchObject({ ok: true })
    await bedside.desk.handlers.lockNow({})
    // What it would type at the station that bound it opens nothing here.
    const wrong = phone.digits(await challengeOf(bedside))
    expect(await bedside.desk.handlers.submitAnswer({ staffId: 'NINA-1', digits: wrong })).toMatchObject({ ok: false })
  })

  it('ends everywhere when one station revokes it', async () => {
    bedside.clock.pass(30_000)
    await signInAt(bedside)
    const lost = { credentialId: idOf(phone), reason: 'lost on the bus' }
    expect(await bedside.desk.handlers.revokeCredential(lost)).toEqual({ ok: true })
    await bedside.desk.handlers.lockNow({})
    await expect.poll(() => statusOf(desk, idOf(phone)), patient).toBe('ended')
    expect(await atHub('NINA-1')).toMatchObject([{ kind: 'phone', status: 'ended' }])
    expect(await opens(desk, phone)).toMatchObject({ ok: false })
  })

  it('is followed by another only with somebody’s word at the station that had bound it', async () => {
    const next = await bindAt(
      bedside,
      read<string>(bedside, "SELECT id FROM person WHERE staff_id = 'NINA-1'")[0] ?? '',
    )
    await expect.poll(() => statusOf(desk, idOf(next)), patient).toBe('pending')
    expect(alertsAt(desk)).toContain('hub-phone-waiting')
    expect(await opens(desk, next)).toEqual({ ok: false, reason: 'bad-answer' })
    await beside(desk, ({ ledger }) => {
      const change = { actor: undefined, reason: 'asked Nina' }
      expect(ledger.record((recorder) => letInPhone(recorder, idOf(next), change, 1))).toEqual({ ok: true })
    })
    expect(await opens(desk, next)).toMatchObject({ ok: true })
  })
})

describe('a phone of somebody who may do more', () => {
  it('waits until an administrator at the hub lets it in', async () => {
    const phone = await bindAt(desk, await known('SUE-1', ['staff', 'supervisor']))
    await expect
      .poll(async () => (await at('GET', '/phones')).body.phones, patient)
      .toMatchObject([{ id: idOf(phone), staffId: 'SUE-1', roles: ['staff', 'supervisor'] }])
    expect((await at('GET', '/alerts')).body.alerts.map(({ kind }: { kind: string }) => kind)).toEqual(['phone-waits'])
    expect(await opens(desk, phone)).toMatchObject({ ok: true })
    const id = await known('LATER-1')
    expect(read(bedside, 'SELECT id FROM person WHERE id = ?', id)).toHaveLength(1)
    expect(statusOf(bedside, idOf(phone))).toBeUndefined()
    const reason = 'met her at the desk'
    expect(await at('POST', `/phones/${idOf(phone)}/approve`, { reason })).toMatchObject({ body: { ok: true } })
    await expect.poll(() => statusOf(bedside, idOf(phone)), patient).toBe('active')
    expect(await opens(bedside, phone)).toMatchObject({ ok: true })
    expect(await at('POST', `/phones/${idOf(phone)}/refuse`, { reason })).toMatchObject({ status: 404 })
  })

  it('stays where it was bound when they refuse it', async () => {
    const phone = await bindAt(desk, await known('SUE-2', ['supervisor']))
    await expect.poll(async () => (await at('GET', '/phones')).body.phones.length, patient).toBe(1)
    await at('POST', `/phones/${idOf(phone)}/refuse`, { reason: 'nobody knows it' })
    await known('LATER-2')
    expect(statusOf(bedside, idOf(phone))).toBeUndefined()
    expect(await opens(desk, phone)).toMatchObject({ ok: true })
    await at('POST', `/credentials/${idOf(phone)}/revoke`, { reason: 'nobody knows it' })
    await expect.poll(() => statusOf(desk, idOf(phone)), patient).toBe('ended')
  })
})

it('is stale elsewhere once the lease is over, and goes on where it was bound', async () => {
  const phone = await bindAt(desk, await known('OLU-1'))
  await expect.poll(() => statusOf(bedside, idOf(phone)), patient).toBe('active')
  await hub.cutOff()
  for (const ward of [desk, bedside]) {
    // In a session: the code on the lock screen is then one of afterwards.
    const text = phone.shownAnswer(await freshChallenge(ward))
    expect(await ward.desk.handlers.submitShownAnswer({ text })).toMatchObject({ ok: true })
    ward.clock.pass(73 * 60 * 60_000)
  }
  expect(await opens(bedside, phone)).toEqual({ ok: false, reason: 'stale' })
  expect(await opens(desk, phone)).toMatchObject({ ok: true })
})
