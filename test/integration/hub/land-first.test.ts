// A station joins a hub; its log goes up and is held to what was seen; people come down, and a revocation locks a session.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLink, readProgress } from '../../../src/station/hub/link.ts'
import {
  addPerson,
  closeAll,
  codeNow,
  enroll,
  read,
  signIn as signInAt,
  type Ward,
} from '../../support/attack-station.ts'
import { join, openBeside, wardBy } from '../../support/hub/joined-ward.ts'
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
let ward: Ward
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  ward = await wardBy(hub)
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

const get = async (path: string) => (await call(hub, 'GET', `/v1/acme${path}`, undefined, acme.token)).body
const station = async () => (await get('/stations')).stations[0]
const eventsHere = () => read<number>(ward, 'SELECT max(number) FROM event')[0]
const suspend = (id: string) =>
  call(hub, 'POST', `/v1/acme/people/${id}/status`, { status: 'suspended', reason: 'lost phone' }, acme.token)

describe('a station and its hub', () => {
  let nina: Awaited<ReturnType<typeof enrollAtHub>>

  it('joins by a link that works once', async () => {
    nina = await enrollAtHub(hub, acme, 'NINA-1')
    const link = await joinLink(hub, acme, 'Ward 7')
    const wrong = link.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    expect(await join(ward, wrong)).toEqual({ ok: false, reason: 'join-refused' })
    expect(await join(ward, link)).toMatchObject({ ok: true, organisation: 'Organisation acme', group: 'Ward 7' })
    expect(await join(ward, link)).toEqual({ ok: false, reason: 'joined-before' })
    expect(read(ward, 'SELECT station_group FROM station')).toEqual(['Ward 7'])
  })

  it('hands in its whole log, countersigned', async () => {
    await expect.poll(async () => (await station()).events, patient).toBeGreaterThan(5)
    await expect.poll(async () => (await station()).events === eventsHere(), patient).toBe(true)
    expect(await station()).toMatchObject({ name: 'Ward 7', group: 'Ward 7', status: 'active' })
    await expect.poll(() => ward.desk.screen(), patient).toMatchObject({ hub: { state: 'online', lease: 'holds' } })
    const counts = await (await fetch(`${hub.url}/metrics`)).text()
    const counted = /^wardkey_events_total (\d+)$/m.exec(counts)?.[1]
    // Each counted once, however often it was sent.
    expect(Number(counted)).toBe((await station()).events)
  })

  it('knows the people of its roster before their first visit, and lets them in', async () => {
    await expect.poll(() => read(ward, 'SELECT count(*) FROM person WHERE hub_id IS NOT NULL'), patient).toEqual([2])
    await signInAt(ward, 'NINA-1', nina.setupKey)
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', person: { staffId: 'NINA-1' } })
  })

  it('locks the open session of whom the hub suspends', async () => {
    expect((await suspend(nina.id)).body).toEqual({ ok: true })
    await expect.poll(() => ward.desk.screen().kind, patient).toBe('locked')
    ward.clock.pass(30_000)
    const code = codeNow(ward, nina.setupKey)
    expect(await ward.desk.handlers.submitCode({ staffId: 'NINA-1', code })).toMatchObject({ reason: 'suspended' })
  })

  it('keeps those who were added here, and asks nothing of the hub for them', async () => {
    await signInAt(ward)
    const id = await addPerson(ward, 'LOCAL-1')
    const setupKey = await enroll(ward, id)
    ward.desk.lock('lock-button')
    await signInAt(ward, 'LOCAL-1', setupKey)
    ward.desk.lock('lock-button')
    expect(read(ward, "SELECT hub_id FROM person WHERE staff_id = 'LOCAL-1'")).toEqual([null])
  })

  it('takes nobody who is on the roster of other stations alone', async () => {
    const other = await enrollAtHub(hub, acme, 'OTHER-1', { groups: ['Ward 8'] })
    const own = await enrollAtHub(hub, acme, 'OWN-1', { groups: ['Ward 7'] })
    await expect.poll(() => read(ward, 'SELECT 1 FROM person WHERE hub_id = ?', own.id), patient).toEqual([1])
    expect(read(ward, 'SELECT 1 FROM person WHERE hub_id = ?', other.id)).toEqual([])
    expect(read(ward, 'SELECT 1 FROM event WHERE body LIKE ?', `%${other.id}%`)).toEqual([])
  })

  it('raises no alert in all that', async () => {
    await expect.poll(async () => (await station()).events === eventsHere(), patient).toBe(true)
    expect((await get('/alerts')).alerts).toEqual([])
  })

  it('refuses what came from the hub once its lease is over, and nothing else', async () => {
    const own = await enrollAtHub(hub, acme, 'LEASE-1')
    await expect.poll(() => read(ward, 'SELECT 1 FROM credential WHERE id = ?', own.credentialId), patient).toEqual([1])
    await hub.cutOff()
    ward.clock.pass(73 * 60 * 60_000)
    const code = codeNow(ward, own.setupKey)
    expect(await ward.desk.handlers.submitCode({ staffId: 'LEASE-1', code })).toMatchObject({ reason: 'stale' })
    await signInAt(ward)
    expect(ward.desk.screen()).toMatchObject({ kind: 'session', hub: { lease: 'over' } })
  })
})

it('keeps what it has come to under a key that only its keychain holds', async () => {
  const { db, keys, ledger } = await openBeside(ward)
  const progress = readProgress(db, keys)
  expect(readLink(ledger)?.url).toBe(hub.url)
  const sealed = db.prepare('SELECT sealed FROM hub_sync').pluck().get() as Buffer
  expect(sealed.includes(Buffer.from(progress?.token ?? 'none'))).toBe(false)
  db.close()
})
