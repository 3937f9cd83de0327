// A new workstation joins on its first screen: it has nobody of its own, and locks as soon as the hub has sent somebody.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isSetUp, openStation } from '../../../src/station/open-station.ts'
import { begin, closeAll, codeNow, eventsOf } from '../../support/attack-station.ts'
import { codeOf } from '../../support/fakes.ts'
import {
  beginOrganisation,
  enrollAtHub,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'

const patient = { timeout: 15_000 }
const place = { name: 'Ward 9, bay 1', location: 'Level 4' }
let hub: RunningHub
let acme: Organisation
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

async function newStation() {
  const bench = await begin()
  bench.clock.pass(hub.time.ms - bench.clock.nowMs())
  return bench
}

it('joins, takes its people, and lets one of them in', async () => {
  const bench = await newStation()
  const { handlers } = bench.desk
  const nina = await enrollAtHub(hub, acme, 'NINA-9')
  const link = await joinLink(hub, acme, 'Ward 9')
  expect(await handlers.joinAtFirstRun({ ...place, link })).toMatchObject({ ok: true, group: 'Ward 9' })
  // Until the first people are there it says so, and takes neither a set-up of its own nor another hub.
  expect(bench.desk.screen()).toMatchObject({ kind: 'first-run', name: place.name, hub: { state: expect.any(String) } })
  const own = { ...place, administratorName: 'Eve', administratorStaffId: 'E1' }
  expect(await handlers.setUpStation(own)).toEqual({ ok: false, reason: 'not-now' })
  expect(await handlers.joinAtFirstRun({ ...place, link })).toEqual({ ok: false, reason: 'not-now' })
  await expect.poll(() => bench.desk.screen().kind, patient).toBe('locked')
  expect(bench.desk.screen()).toMatchObject({ station: place, challenge: { state: 'shown' } })
  await expect.poll(() => bench.desk.screen(), patient).toMatchObject({ hub: { state: 'online' } })
  bench.clock.pass(30_000)
  const code = codeNow(bench, nina.setupKey)
  expect(await handlers.submitCode({ staffId: 'NINA-9', code })).toMatchObject({ ok: true })
  expect(eventsOf(bench, 'hub-joined')).toHaveLength(1)
})

it('stays as it was where the link is none, is used, or leads nowhere; then it may be set up without a hub', async () => {
  const bench = await newStation()
  const { handlers } = bench.desk
  const refused = (reason: string) => ({ ok: false, reason })
  expect(await handlers.joinAtFirstRun({ ...place, link: 'ward nine' })).toEqual(refused('not-a-link'))
  const link = await joinLink(hub, acme, 'Ward 9')
  const nowhere = link.replace(/^http:\/\/[^/]+/, 'http://127.0.0.1:1')
  expect(await handlers.joinAtFirstRun({ ...place, link: nowhere })).toEqual(refused('unreachable'))
  const spoilt = link.replace(/#.*$/, '#AAAA-AAAA-AAAA-AAAA')
  expect(await handlers.joinAtFirstRun({ ...place, link: spoilt })).toEqual(refused('join-refused'))
  expect(bench.desk.screen()).toMatchObject({ kind: 'first-run', ...place, hub: null, administratorStaffId: '' })
  const own = { ...place, administratorName: 'Ada Kern', administratorStaffId: 'A1001' }
  const offered = await handlers.setUpStation(own)
  if (!offered.ok) throw new Error('no offer')
  const code = codeOf(offered.secret.setupKey, bench.clock.nowMs())
  expect(await handlers.confirmOffer({ code })).toMatchObject({ ok: true })
})

it('lets nobody in who was named as administrator before the hub was chosen', async () => {
  const bench = await newStation()
  const { handlers } = bench.desk
  const own = { ...place, administratorName: 'Ada Kern', administratorStaffId: 'A1001' }
  expect(await handlers.setUpStation(own)).toMatchObject({ ok: true })
  const joining = { ...place, link: await joinLink(hub, acme, 'Ward 9') }
  // The offer is on the screen: it ends first.
  expect(await handlers.joinAtFirstRun(joining)).toEqual({ ok: false, reason: 'not-now' })
  expect(await handlers.abandonOffer({})).toEqual({ ok: true })
  expect(await handlers.joinAtFirstRun(joining)).toMatchObject({ ok: true })
  await expect.poll(() => bench.desk.screen().kind, patient).toBe('locked')
  await bench.desk.close()
  const parts = { dataFolder: bench.folder, keychain: bench.keychain, clock: bench.clock, appVersion: 'test' }
  const result = await openStation({ ...parts, sqliteBinding: undefined })
  if (result.kind !== 'opened') throw new Error(result.kind)
  const { ledger, db } = result.opened
  expect(isSetUp(ledger)).toBe(true)
  expect(ledger.find('person', "staff_id = 'A1001'")).toMatchObject([{ status: 'left' }])
  expect(ledger.find('offer', "status != 'ended'")).toEqual([])
  db.close()
})
