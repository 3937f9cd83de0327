// Roles and groups changed at the hub: in force at the stations within a second, phones asked for again, the last administrator kept.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uuidOf } from '../../../src/core/phone-answer.ts'
import { closeAll, read, signIn as signInAt, type Ward } from '../../support/attack-station.ts'
import type { BoundPhone } from '../../support/bound-phone.ts'
import { join, scanningWardBy } from '../../support/hub/joined-ward.ts'
import {
  beginOrganisation,
  call,
  enrollAtHub,
  joinLink,
  type Organisation,
  type RunningHub,
  signIn,
  startTestHub,
} from '../../support/hub/running-hub.ts'
import { bind, freshChallenge } from '../../support/scanning-ward.ts'

const patient = { timeout: 15_000 }
const reason = 'a new post'
let hub: RunningHub
let acme: Organisation
let other: Organisation
let desk: Ward
let bedside: Ward
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  other = await beginOrganisation(hub, 'other')
  desk = await scanningWardBy(hub)
  bedside = await scanningWardBy(hub)
  for (const ward of [desk, bedside])
    expect(await join(ward, await joinLink(hub, acme, 'Ward 7'))).toMatchObject({ ok: true })
}, 90_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

const at = (method: string, path: string, body?: unknown, { slug, token } = acme) =>
  call(hub, method, `/v1/${slug}${path}`, body, token)
const change = (id: string, what: object, of = acme) => at('POST', `/people/${id}/access`, { ...what, reason }, of)
const personAt = async (staffId: string) => (await at('GET', `/people?find=${staffId}`)).body.people[0]
const lastAction = async () => (await at('GET', '/actions?limit=1')).body.actions[0]
const rolesAt = (ward: Ward, id: string) => read<string>(ward, 'SELECT roles FROM person WHERE hub_id = ?', id)[0]
const statusOf = (ward: Ward, credential: string) =>
  read<string>(ward, 'SELECT status FROM credential WHERE id = ?', credential)[0]
const opens = async (ward: Ward, phone: BoundPhone) => {
  const text = phone.shownAnswer(await freshChallenge(ward))
  const answer = await ward.desk.handlers.submitShownAnswer({ text })
  await ward.desk.handlers.lockNow({})
  return answer
}

describe('a change of roles at the hub', () => {
  it('is in force at a station at once, and on record at both', async () => {
    const { id, setupKey } = await enrollAtHub(hub, acme, 'ROLE-1')
    await expect.poll(() => rolesAt(desk, id), patient).toBe('["staff"]')
    const startMs = performance.now()
    expect(await change(id, { roles: ['staff', 'supervisor'] })).toMatchObject({ body: { ok: true, phonesWaiting: 0 } })
    await expect.poll(() => rolesAt(desk, id), { timeout: 15_000, interval: 20 }).toBe('["staff","supervisor"]')
    expect(performance.now() - startMs).toBeLessThan(5000)
    expect(await lastAction()).toMatchObject({
      type: 'person-access-changed',
      actor: { staffId: 'HUB-1' },
      details: { person: id, before: { roles: ['staff'] }, after: { roles: ['staff', 'supervisor'] }, reason },
    })
    const told = `%"roles":"staff supervisor"%`
    expect(
      read(desk, "SELECT 1 FROM event WHERE body LIKE '%hub-person-taken%' AND body LIKE ?", told).length,
    ).toBeGreaterThan(0)
    const token = await signIn(hub, 'acme', 'ROLE-1', setupKey)
    expect((await call(hub, 'GET', '/v1/acme/people', undefined, token)).status).toBe(200)
    await change(id, { roles: ['staff'] })
    expect((await call(hub, 'GET', '/v1/acme/people', undefined, token)).status).toBe(401)
    await expect.poll(() => rolesAt(desk, id), patient).toBe('["staff"]')
  })

  it('takes from whoever is signed in at a station what they may do there', async () => {
    const { id, setupKey, credentialId } = await enrollAtHub(hub, acme, 'ROLE-2', { roles: ['administrator', 'staff'] })
    await expect.poll(() => statusOf(desk, credentialId), patient).toBe('active')
    // After the step by which they enrolled at the hub, whose clock has gone further.
    desk.clock.pass(60_000)
    await signInAt(desk, 'ROLE-2', setupKey)
    const may = () => {
      const screen = desk.desk.screen()
      return screen.kind === 'session' ? screen.person.may : screen.kind
    }
    // Their first recovery codes come before anything else.
    expect(await desk.desk.handlers.renewRecoveryCodes({})).toMatchObject({ ok: true })
    expect(await desk.desk.handlers.acknowledgeRecoveryCodes({})).toEqual({ ok: true })
    const add = (staffId: string) =>
      desk.desk.handlers.addPerson({ displayName: 'Somebody', staffId, roles: ['staff'] })
    expect(await add('ADDED-1')).toMatchObject({ ok: true })
    expect(may()).toContain('change-people')
    await change(id, { roles: ['staff'] })
    await expect.poll(() => rolesAt(desk, id), patient).toBe('["staff"]')
    await expect.poll(may, patient).not.toContain('change-people')
    expect(await add('ADDED-2')).toEqual({ ok: false, reason: 'not-allowed' })
    expect(read(desk, "SELECT staff_id FROM person WHERE staff_id LIKE 'ADDED-%'")).toEqual(['ADDED-1'])
    await desk.desk.handlers.lockNow({})
  })

  it('changes nothing of the last administrator, nor of somebody who is not there or has left', async () => {
    const { id } = await personAt('HUB-1')
    for (const what of [{ roles: ['staff'] }, { roles: ['supervisor', 'auditor'] }])
      expect(await change(id, what)).toMatchObject({ status: 409, body: { reason: 'last-administrator' } })
    expect((await personAt('HUB-1')).roles).toEqual(['administrator'])
    const { id: gone } = (await at('POST', '/people', { staffId: 'GONE-1', displayName: 'G', roles: ['staff'] })).body
    await at('POST', `/people/${gone}/status`, { status: 'left', reason })
    expect(await change(gone, { roles: ['administrator'] })).toMatchObject({ body: { reason: 'has-left' } })
    for (const bad of [{ roles: [] }, { roles: ['root'] }, { groups: ['<b>'] }, { roles: ['staff'], admin: true }])
      expect((await change(id, bad)).status).toBe(400)
  })

  it('reaches nobody of another organisation', async () => {
    const { id } = await enrollAtHub(hub, acme, 'ROLE-3')
    expect(await change(id, { roles: ['administrator'] }, other)).toMatchObject({ status: 404 })
    expect((await personAt('ROLE-3')).roles).toEqual(['staff'])
    expect((await at('GET', '/actions?limit=200', undefined, other)).body.actions).not.toContainEqual(
      expect.objectContaining({ type: 'person-access-changed' }),
    )
  })

  it('takes whoever changes groups away from the stations of the old one', async () => {
    const { id } = await enrollAtHub(hub, acme, 'ROLE-4', { groups: ['Ward 7'] })
    await expect.poll(() => rolesAt(desk, id), patient).toBe('["staff"]')
    expect(await change(id, { groups: ['Ward 8'] })).toMatchObject({ body: { ok: true } })
    await expect.poll(() => read(desk, 'SELECT status FROM person WHERE id = ?', id), patient).not.toEqual(['active'])
  })
})

describe('a phone of somebody who becomes more than staff', () => {
  it('rests at the other stations until it is let in again, and goes on where it was bound', async () => {
    const { id } = (await at('POST', '/people', { staffId: 'NINA-1', displayName: 'Nina', roles: ['staff'] })).body
    for (const ward of [desk, bedside]) await expect.poll(() => rolesAt(ward, id), patient).toBe('["staff"]')
    desk.clock.pass(30_000)
    await signInAt(desk)
    const phone = await bind(desk, desk.desk.handlers.bindPhone({ personId: id }))
    await desk.desk.handlers.lockNow({})
    const credential = uuidOf(phone.welcome.credential)
    await expect.poll(() => statusOf(bedside, credential), patient).toBe('active')

    expect(await change(id, { roles: ['supervisor'] })).toMatchObject({ body: { ok: true, phonesWaiting: 1 } })
    await expect.poll(() => statusOf(bedside, credential), patient).toBe('suspended')
    expect(await opens(bedside, phone)).toMatchObject({ ok: false })
    await expect.poll(() => rolesAt(desk, id), patient).toBe('["supervisor"]')
    expect(await opens(desk, phone)).toMatchObject({ ok: true })
    expect((await at('GET', '/phones')).body.phones).toMatchObject([{ id: credential, staffId: 'NINA-1' }])

    await at('POST', `/phones/${credential}/approve`, { reason })
    await expect.poll(() => statusOf(bedside, credential), patient).toBe('active')
    expect(await opens(bedside, phone)).toMatchObject({ ok: true })

    // Less, and more again: and this time it is refused.
    await change(id, { roles: ['staff'] })
    await change(id, { roles: ['administrator'] })
    await at('POST', `/phones/${credential}/refuse`, { reason })
    await expect.poll(() => statusOf(bedside, credential), patient).toBe('suspended')
    expect(await opens(desk, phone)).toMatchObject({ ok: true })
  })
})
