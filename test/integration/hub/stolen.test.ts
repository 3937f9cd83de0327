// A stolen station: what it had is listed, ends everywhere in one action, and it gets nothing more.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeAll, codeNow, read, type Ward } from '../../support/attack-station.ts'
import { codeOf } from '../../support/fakes.ts'
import { join, wardBy } from '../../support/hub/joined-ward.ts'
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
import { SoftLog, SoftStation } from '../../support/hub/soft-station.ts'

const patient = { timeout: 15_000 }
const reason = 'taken from the ward at night'
let hub: RunningHub
let acme: Organisation
let desk: Ward
let stolen: SoftStation
let log: SoftLog
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  desk = await wardBy(hub)
  expect(await join(desk, await joinLink(hub, acme, 'Ward 7'))).toMatchObject({ ok: true })
  stolen = new SoftStation(hub, 'acme')
  await stolen.join(await joinLink(hub, acme, 'Ward 7'))
  log = new SoftLog(stolen).grow(1)
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

const at = (method: string, path: string, body?: unknown) => call(hub, method, `/v1/acme${path}`, body, acme.token)
const secrets = async () => (await at('GET', `/stations/${stolen.number}/secrets`)).body
const statusAt = (credential: string) => read(desk, 'SELECT status FROM credential WHERE id = ?', credential)[0]
const staffIds = (list: { staffId: string }[]) => list.map(({ staffId }) => staffId)

it('lists whose secrets it was sent, also of whoever left its roster since, and of nobody else', async () => {
  const nina = await enrollAtHub(hub, acme, 'NINA-1', { groups: ['Ward 7'] })
  await enrollAtHub(hub, acme, 'FAR-1', { groups: ['Ward 8'] })
  await enrollAtHub(hub, acme, 'OLU-1', { groups: ['Ward 7'] })
  expect((await secrets()).secrets).toEqual([])
  await stolen.changes(log)
  expect(staffIds((await secrets()).secrets)).toEqual(['HUB-1', 'NINA-1', 'OLU-1'])
  expect((await secrets()).secrets.filter((each: { own: boolean }) => each.own)).toMatchObject([{ staffId: 'HUB-1' }])
  await at('POST', `/stations/${stolen.number}`, { group: 'Ward 9', reason })
  await stolen.changes(log)
  expect(staffIds((await secrets()).secrets)).toEqual(['HUB-1', 'NINA-1', 'OLU-1'])
  await expect.poll(() => statusAt(nina.credentialId), patient).toBe('active')
})

it('ends them all in one action: worthless at another station within a second, and at the hub', async () => {
  // A thief has been at the hub with the secret of somebody who may come in there.
  const sam = await enrollAtHub(hub, acme, 'SAM-1', { groups: ['Ward 9'], roles: ['supervisor'] })
  await stolen.changes(log)
  hub.time.pass(30_000)
  const thief = await call(hub, 'POST', '/v1/acme/sessions', {
    staffId: 'SAM-1',
    code: codeOf(sam.setupKey, hub.time.ms),
  })
  expect(thief.status).toBe(200)

  const { secrets: held } = await secrets()
  const nina = held.find((each: { staffId: string }) => each.staffId === 'NINA-1')
  const before = Date.now()
  const renewed = await at('POST', `/stations/${stolen.number}/stolen`, { reason })
  expect(staffIds(renewed.body.own)).toEqual(['HUB-1'])
  expect(staffIds(renewed.body.ended)).toEqual(['NINA-1', 'OLU-1', 'SAM-1'])
  await expect.poll(() => statusAt(nina.credentialId), { timeout: 5000, interval: 20 }).toBe('ended')
  expect(Date.now() - before).toBeLessThan(1000)
  expect(read(desk, 'SELECT secret FROM credential WHERE id = ?', nina.credentialId)).toEqual([null])
  expect((await call(hub, 'GET', '/v1/acme/people', undefined, thief.body.token)).status).toBe(401)
  // Whoever did it is still in, and enrolls anew; with the old secret their access ends.
  expect(staffIds((await secrets()).secrets)).toEqual(['HUB-1'])
  const offer = await at('POST', `/people/${renewed.body.own[0].personId}/offers`, {})
  await at('POST', `/offers/${offer.body.offerId}/confirm`, { code: codeOf(offer.body.setupKey, hub.time.ms) })
  expect((await secrets()).reason).toBe('not-signed-in')
  acme.token = await signIn(hub, 'acme', 'HUB-1', offer.body.setupKey)
  expect((await secrets()).secrets).toEqual([])
})

it('gives the stolen one nothing more', async () => {
  expect((await stolen.changes(log)).body).toEqual({ ok: false, reason: 'station-removed' })
  expect((await stolen.send(log, 1, 1)).body).toEqual({ ok: false, reason: 'station-removed' })
})

it('names who has to be enrolled anew, who then gets in by the new secret and not by the old one', async () => {
  const list = async () => staffIds((await at('GET', '/people?only=unenrolled')).body.people)
  expect(await list()).toEqual(['NINA-1', 'OLU-1', 'SAM-1'])
  const { people } = (await at('GET', '/people?find=NINA-1')).body
  const offer = await at('POST', `/people/${people[0].id}/offers`, {})
  hub.time.pass(desk.clock.nowMs() - hub.time.ms)
  const code = codeOf(offer.body.setupKey, hub.time.ms)
  const { body } = await at('POST', `/offers/${offer.body.offerId}/confirm`, { code })
  expect(await list()).toEqual(['OLU-1', 'SAM-1'])
  await expect.poll(() => statusAt(body.credentialId), patient).toBe('active')
  desk.clock.pass(30_000)
  const login = { staffId: 'NINA-1', code: codeNow(desk, offer.body.setupKey) }
  expect(await desk.desk.handlers.submitCode(login)).toMatchObject({ ok: true })
})

it('is on record, with who did it and why', async () => {
  const rows = await hub.parts.db.outside((all) =>
    all.selectFrom('action').selectAll().where('type', '=', 'station-stolen').execute(),
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.actor).not.toBeNull()
  expect(JSON.parse(rows[0]?.details ?? '')).toMatchObject({ station: stolen.number, before: 'active', reason })
})
