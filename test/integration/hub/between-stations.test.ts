// Two stations of one organisation: what is taken away at one desk is gone at the other, and nothing is given there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeAll, codeNow, eventsOf, read, signIn as signInAt, type Ward } from '../../support/attack-station.ts'
import { join, wardBy } from '../../support/hub/joined-ward.ts'
import {
  beginOrganisation,
  call,
  enrollAtHub,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'

const patient = { timeout: 15_000 }
let hub: RunningHub
let acme: Organisation
let desk: Ward
let bedside: Ward
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  desk = await wardBy(hub)
  bedside = await wardBy(hub)
  for (const ward of [desk, bedside])
    expect(await join(ward, await joinLink(hub, acme, 'Ward 7'))).toMatchObject({ ok: true })
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

const at = (method: string, path: string, body?: unknown) => call(hub, method, `/v1/acme${path}`, body, acme.token)
const rowOf = (ward: Ward, staffId: string) =>
  read<string>(ward, 'SELECT id FROM person WHERE staff_id = ?', staffId)[0] ?? ''
const statusAt = (ward: Ward, staffId: string) =>
  read<string>(ward, 'SELECT status FROM person WHERE staff_id = ?', staffId)[0]
const phoneAt = (ward: Ward, credential: string) =>
  read<string>(ward, 'SELECT status FROM credential WHERE id = ?', credential)[0]
const atHub = async (staffId: string) => (await at('GET', `/people?find=${staffId}`)).body.people[0]

async function known(staffId: string, more: { groups?: string[] } = {}) {
  const person = await enrollAtHub(hub, acme, staffId, more)
  for (const ward of [desk, bedside])
    await expect.poll(() => phoneAt(ward, person.credentialId), patient).toBe('active')
  return person
}

describe('a revocation at a desk', () => {
  it('locks the session that is open at another station', async () => {
    const nina = await known('NINA-1')
    await signInAt(bedside, 'NINA-1', nina.setupKey)
    await signInAt(desk)
    const person = { personId: rowOf(desk, 'NINA-1'), status: 'suspended' as const, reason: 'left their phone' }
    expect(await desk.desk.handlers.changePersonStatus(person)).toEqual({ ok: true })
    await expect.poll(() => bedside.desk.screen().kind, patient).toBe('locked')
    expect(await atHub('NINA-1')).toMatchObject({ status: 'suspended' })
    expect(statusAt(bedside, 'NINA-1')).toBe('suspended')
  })

  it('is taken back at the hub alone', async () => {
    const person = { personId: rowOf(desk, 'NINA-1'), status: 'active' as const, reason: 'found it again' }
    expect(await desk.desk.handlers.changePersonStatus(person)).toEqual({ ok: false, reason: 'of-hub' })
    await at('POST', `/people/${person.personId}/status`, { status: 'active', reason: 'found it again' })
    for (const ward of [desk, bedside]) await expect.poll(() => statusAt(ward, 'NINA-1'), patient).toBe('active')
  })

  it('ends one phone at every station', async () => {
    const olu = await known('OLU-1')
    const revoked = await desk.desk.handlers.revokeCredential({
      credentialId: olu.credentialId,
      reason: 'stolen phone',
    })
    expect(revoked).toEqual({ ok: true })
    const status = () => read(bedside, 'SELECT status FROM credential WHERE id = ?', olu.credentialId)
    await expect.poll(status, patient).toEqual(['ended'])
    expect(read(bedside, 'SELECT secret FROM credential WHERE id = ?', olu.credentialId)).toEqual([null])
    desk.desk.lock('lock-button')
  })

  it('reaches nobody who is not on the roster of that station', async () => {
    const far = await enrollAtHub(hub, acme, 'FAR-1', { groups: ['Ward 8'] })
    await signInAt(desk)
    const added = await desk.desk.handlers.addPerson({ displayName: 'Far Away', staffId: 'LOCAL-9', roles: ['staff'] })
    if (!added.ok) throw new Error(added.reason)
    const left = { personId: added.personId, status: 'left' as const, reason: 'was never here' }
    expect(await desk.desk.handlers.changePersonStatus(left)).toEqual({ ok: true })
    desk.desk.lock('lock-button')
    const { number } = (await at('GET', '/stations')).body.stations[0]
    expect(number).toMatch(/^[0-9a-f]{16}$/)
    expect(await atHub('FAR-1')).toMatchObject({ id: far.id, status: 'active' })
  })
})

describe('somebody who was at a station before it joined', () => {
  it('is the same person, keeps the phone they have there, and is closed out by what happens elsewhere', async () => {
    const localId = rowOf(desk, 'A1001')
    // The administrator of each station has the same staff ID, as on a ward that was set up one by one.
    const { id } = (
      await at('POST', '/people', { staffId: 'A1001', displayName: 'Ada Kern', roles: ['administrator'] })
    ).body
    for (const ward of [desk, bedside])
      await expect
        .poll(() => read(ward, 'SELECT hub_id FROM person WHERE staff_id = ?', 'A1001'), patient)
        .toEqual([id])
    expect(rowOf(desk, 'A1001')).toBe(localId)
    await signInAt(desk)
    desk.desk.lock('lock-button')
    await at('POST', `/people/${id}/status`, { status: 'suspended', reason: 'on leave' })
    for (const ward of [desk, bedside]) await expect.poll(() => statusAt(ward, 'A1001'), patient).toBe('suspended')
    desk.clock.pass(30_000)
    const code = codeNow(desk, desk.setupKey)
    expect(await desk.desk.handlers.submitCode({ staffId: 'A1001', code })).toMatchObject({ reason: 'suspended' })
    await at('POST', `/people/${id}/status`, { status: 'active', reason: 'back again' })
    for (const ward of [desk, bedside]) await expect.poll(() => statusAt(ward, 'A1001'), patient).toBe('active')
  })
})

it('refuses a code at one station that was used at another', async () => {
  const tom = await known('TOM-1')
  desk.clock.pass(60_000)
  bedside.clock.pass(desk.clock.nowMs() - bedside.clock.nowMs())
  hub.time.pass(desk.clock.nowMs() - hub.time.ms)
  const code = codeNow(desk, tom.setupKey)
  expect(await desk.desk.handlers.submitCode({ staffId: 'TOM-1', code })).toMatchObject({ ok: true })
  const stepAt = (ward: Ward) => read(ward, 'SELECT last_step FROM credential WHERE id = ?', tom.credentialId)[0]
  await expect.poll(() => stepAt(bedside) === stepAt(desk), patient).toBe(true)
  expect(await bedside.desk.handlers.submitCode({ staffId: 'TOM-1', code })).toMatchObject({ reason: 'already-used' })
  desk.desk.lock('lock-button')
})

it('takes whoever leaves the roster away, secret and all, and lets them in again when they come back', async () => {
  const { stations } = (await at('GET', '/stations')).body
  const move = (group: string) =>
    Promise.all(
      stations.map(({ number }: { number: string }) => at('POST', `/stations/${number}`, { group, reason: 'moved' })),
    )
  const other = await known('WARD7-1', { groups: ['Ward 7'] })
  await move('Ward 9')
  await expect.poll(() => statusAt(desk, 'WARD7-1'), patient).toBe('suspended')
  expect(read(desk, 'SELECT secret FROM credential WHERE id = ?', other.credentialId)).toEqual([null])
  expect(await atHub('WARD7-1')).toMatchObject({ status: 'active' })
  await move('Ward 7')
  await expect.poll(() => phoneAt(desk, other.credentialId), patient).toBe('active')
  await signInAt(desk, 'WARD7-1', other.setupKey)
  expect(desk.desk.screen()).toMatchObject({ kind: 'session', person: { staffId: 'WARD7-1' } })
})

it('renames a station at once, at which nobody but the hub may', async () => {
  const { number } = (desk.desk.screen() as { station: { number: string } }).station
  const wanted = { name: 'Ward 7, bay 4', location: 'Level 3', reason: 'moved one bay on' }
  expect((await at('POST', `/stations/${number}`, wanted)).status).toBe(200)
  const place = { name: 'Ward 7, bay 4', location: 'Level 3' }
  await expect.poll(() => desk.desk.screen(), patient).toMatchObject({ station: place })
  expect(eventsOf(desk, 'station-changed').at(-1)).toMatchObject({
    location: 'Level 2',
    details: { by: 'hub', nameAfter: 'Ward 7, bay 4', locationAfter: 'Level 3' },
  })
  desk.desk.lock('lock-button')
  await signInAt(desk)
  const own = { name: 'Elsewhere', location: 'Level 3', group: null }
  expect(await desk.desk.handlers.changeWorkstation(own)).toEqual({ ok: false, reason: 'of-hub' })
  // What is recorded from now on is of the new place.
  expect(eventsOf(desk, 'login-attempted').at(-1)).toMatchObject({ location: 'Level 3' })
})

it('raises no alert in all that', async () => {
  expect((await at('GET', '/alerts')).body.alerts).toEqual([])
})
