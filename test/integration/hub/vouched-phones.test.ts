// Somebody with their old phone at hand binds a new one: the old one's word goes by way of the hub, and every other station takes the new one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidOf } from '../../../src/core/phone-answer.ts'
import { closeAll, read, signIn as signInAt, type Ward } from '../../support/attack-station.ts'
import { BoundPhone } from '../../support/bound-phone.ts'
import { join, scanningWardBy } from '../../support/hub/joined-ward.ts'
import {
  type Answer,
  beginOrganisation,
  call,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'
import { bind, freshChallenge, offerText, welcome } from '../../support/scanning-ward.ts'

const patient = { timeout: 20_000 }
let hub: RunningHub
let acme: Organisation
let desk: Ward
let bedside: Ward
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  await beginOrganisation(hub, 'other')
  desk = await scanningWardBy(hub)
  bedside = await scanningWardBy(hub)
  for (const ward of [desk, bedside])
    expect(await join(ward, await joinLink(hub, acme, 'Ward 7'))).toMatchObject({ ok: true })
}, 120_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

const at = (method: string, path: string, body?: unknown) => call(hub, method, `/v1/acme${path}`, body, acme.token)
const idOf = ({ welcome: { credential } }: BoundPhone): string => uuidOf(credential)
const statusOf = (ward: Ward, phone: BoundPhone) =>
  read<string>(ward, 'SELECT status FROM credential WHERE id = ?', idOf(phone))[0]
const send = (vouch: Buffer, slug = 'acme'): Promise<Answer> =>
  call(hub, 'POST', `/v1/${slug}/vouches`, { vouch: vouch.toString('base64url') })
const now = () => hub.time.ms

async function known(staffId: string, roles = ['staff']): Promise<string> {
  const { id } = (await at('POST', '/people', { staffId, displayName: `Person ${staffId}`, roles })).body
  for (const ward of [desk, bedside])
    await expect.poll(() => read(ward, 'SELECT status FROM person WHERE id = ?', id), patient).toEqual(['active'])
  return id
}
async function bindAt(ward: Ward, personId: string, reason?: string): Promise<BoundPhone> {
  ward.clock.pass(30_000)
  await signInAt(ward)
  const why = reason === undefined ? {} : { reason }
  const phone = await bind(ward, ward.desk.handlers.bindPhone({ personId, ...why }))
  await ward.desk.handlers.lockNow({})
  return phone
}
/** The old one scans what the new one shows, before the digits are typed. */
async function moveAt(ward: Ward, personId: string, old: BoundPhone): Promise<BoundPhone> {
  ward.clock.pass(30_000)
  await signInAt(ward)
  const { handlers } = ward.desk
  const next = new BoundPhone(await offerText(handlers.bindPhone({ personId, reason: 'a new phone' })))
  expect((await send(old.vouch(next, now()))).body).toEqual({ ok: true })
  expect(await handlers.submitPhonePart({ text: next.part() })).toEqual({ ok: true })
  expect(await handlers.confirmBinding({ digits: next.digitsForPart() })).toEqual({ ok: true })
  await welcome(ward, next)
  await handlers.lockNow({})
  return next
}
const opens = async (ward: Ward, phone: BoundPhone) => {
  const text = phone.shownAnswer(await freshChallenge(ward))
  const answer = await ward.desk.handlers.submitShownAnswer({ text })
  await ward.desk.handlers.lockNow({})
  return answer
}

describe('a new phone that the old one speaks for', () => {
  it('opens the station that had bound the old one, which ends there, and nobody lets it in', async () => {
    const personId = await known('NINA-1')
    const old = await bindAt(bedside, personId)
    await expect.poll(() => statusOf(desk, old), patient).toBe('active')
    const next = await moveAt(desk, personId, old)
    await expect.poll(() => statusOf(bedside, next), patient).toBe('active')
    await expect.poll(() => statusOf(bedside, old), patient).toBe('ended')
    expect(await opens(bedside, next)).toMatchObject({ ok: true })
    expect(await opens(bedside, old)).toMatchObject({ ok: false })
    expect(read(bedside, "SELECT kind FROM alert WHERE kind = 'hub-phone-waiting'")).toEqual([])
  })

  it('of a supervisor does not wait at the hub where the old one had been let in, and does where it had not', async () => {
    const personId = await known('SUE-1', ['supervisor'])
    const waiting = async () => (await at('GET', '/phones')).body.phones.map(({ id }: { id: string }) => id)
    const first = await bindAt(bedside, personId)
    await expect.poll(waiting, patient).toEqual([idOf(first)])
    const reason = 'met her at the desk'
    await at('POST', `/phones/${idOf(first)}/approve`, { reason })
    await expect.poll(() => statusOf(desk, first), patient).toBe('active')
    const second = await moveAt(desk, personId, first)
    await expect.poll(() => statusOf(bedside, second), patient).toBe('active')
    expect(await waiting()).toEqual([])
    const other = await known('SUE-2', ['supervisor'])
    const held = await bindAt(bedside, other)
    await expect.poll(waiting, patient).toEqual([idOf(held)])
    const next = await moveAt(bedside, other, held)
    await expect.poll(waiting, patient).toEqual([idOf(next)])
    expect(statusOf(desk, next)).toBeUndefined()
  })

  it('is held as ever where the old one said nothing, or spoke for another', async () => {
    const personId = await known('OLU-1')
    const old = await bindAt(bedside, personId)
    await expect.poll(() => statusOf(desk, old), patient).toBe('active')
    await send(old.vouch(new BoundPhone(await linkAt(desk, personId)), now()))
    await desk.desk.handlers.lockNow({})
    const next = await bindAt(desk, personId, 'lost')
    await expect.poll(() => statusOf(bedside, next), patient).toBe('pending')
    expect(await opens(bedside, next)).toMatchObject({ ok: false })
  })
})

async function linkAt(ward: Ward, personId: string): Promise<string> {
  ward.clock.pass(30_000)
  await signInAt(ward)
  return offerText(ward.desk.handlers.bindPhone({ personId, reason: 'a new phone' }))
}

it('the hub takes no word but one that a phone it knows has signed, and few of them', async () => {
  const old = await bindAt(desk, await known('EVE-1'))
  await expect.poll(() => statusOf(bedside, old), patient).toBe('active')
  const link = await linkAt(desk, await known('EVE-2'))
  const next = () => new BoundPhone(link)
  const good = old.vouch(next(), now())
  const unknown = { ok: false, reason: 'no-such-phone' }
  const changed = Buffer.from(good)
  changed[40] = (changed[40] ?? 0) ^ 1
  expect((await send(changed)).body).toEqual(unknown)
  expect((await send(old.vouch(next(), now(), { credential: Buffer.alloc(16, 4) }))).body).toEqual(unknown)
  for (const slug of ['other', 'nowhere']) expect((await send(good, slug)).body).toEqual(unknown)
  expect((await send(Buffer.from('nothing'))).body).toEqual({ ok: false, reason: 'not-a-vouch' })
  for (let i = 0; i < 5; i++) expect((await send(old.vouch(next(), now()))).status).toBe(200)
  expect((await send(old.vouch(next(), now()))).status).toBe(429)
  await desk.desk.handlers.lockNow({})
})
