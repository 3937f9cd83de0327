// Wrong codes of one authenticator app, a few at each of three stations: together they suspend it everywhere.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeAll, codeNow, read, type Ward } from '../../support/attack-station.ts'
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
import { SoftLog, SoftStation } from '../../support/hub/soft-station.ts'

const patient = { timeout: 15_000 }
let hub: RunningHub
let acme: Organisation
let desk: Ward
const soft: { station: SoftStation; log: SoftLog }[] = []
let nina: Awaited<ReturnType<typeof enrollAtHub>>
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  desk = await wardBy(hub)
  expect(await join(desk, await joinLink(hub, acme))).toMatchObject({ ok: true })
  nina = await enrollAtHub(hub, acme, 'NINA-1')
  for (let i = 0; i < 2; i++) {
    const station = new SoftStation(hub, 'acme')
    await station.join(await joinLink(hub, acme))
    const log = new SoftLog(station).grow(1)
    await station.changes(log)
    await station.send(log, 1, 1)
    soft.push({ station, log })
  }
}, 60_000)
afterAll(async () => {
  await closeAll(true)
  await hub?.close()
})

const statusAt = (ward: Ward) => read(ward, 'SELECT status FROM credential WHERE id = ?', nina.credentialId)[0]
const atHub = async () =>
  (await call(hub, 'GET', '/v1/acme/people?find=NINA-1', undefined, acme.token)).body.people[0].credentials[0].status
const attempt = (reason: string, outcome = 'refused') => ({
  type: 'login-attempted',
  method: 'totp',
  person: nina.id,
  credential: nina.credentialId,
  subject: 'a'.repeat(64),
  outcome,
  reason,
})
async function tell(which: number, count: number, what: Record<string, unknown>): Promise<void> {
  const { station, log } = soft[which] as (typeof soft)[number]
  const from = log.bodies.length + 1
  log.grow(count, what)
  for (let at = from; at < from + count; at += 200)
    expect((await station.send(log, at, Math.min(at + 199, from + count - 1))).status).toBe(200)
}

it('counts no try that nobody looked at, and begins anew after a right code', async () => {
  await expect.poll(() => statusAt(desk), patient).toBe('active')
  await tell(0, 120, attempt('throttled'))
  await tell(0, 120, attempt('suspended'))
  await tell(0, 99, attempt('wrong-code'))
  await tell(1, 1, attempt('', 'accepted'))
  await tell(1, 99, attempt('wrong-code'))
  expect(await atHub()).toBe('active')
  await tell(0, 1, attempt('', 'accepted'))
})

it('sums a real station’s wrong codes with those of two others, and suspends it at all three', async () => {
  const failHere = async () => {
    desk.clock.pass(40 * 60_000)
    const code = codeNow(desk, nina.setupKey).replace(/./g, (digit) => String((Number(digit) + 5) % 10))
    return desk.desk.handlers.submitCode({ staffId: 'NINA-1', code })
  }
  await tell(0, 48, attempt('wrong-code'))
  await tell(1, 49, attempt('already-used'))
  for (let i = 0; i < 2; i++) expect(await failHere()).toMatchObject({ reason: 'wrong-code' })
  await expect.poll(async () => statusAt(desk), { timeout: 2500 }).toBe('active')
  expect(await failHere()).toMatchObject({ reason: 'wrong-code' })
  await expect.poll(atHub, patient).toBe('suspended')
  await expect.poll(() => statusAt(desk), patient).toBe('suspended')
  const { alerts } = (await call(hub, 'GET', '/v1/acme/alerts', undefined, acme.token)).body
  expect(alerts.map((each: { kind: string }) => each.kind)).toEqual(['many-failures'])
})

it('lets an administrator say that it works again, from nothing on', async () => {
  const path = `/v1/acme/credentials/${nina.credentialId}/reinstate`
  expect((await call(hub, 'POST', path, { reason: 'it was the cat' }, acme.token)).body).toEqual({ ok: true })
  expect((await call(hub, 'POST', path, { reason: 'it was the cat' }, acme.token)).status).toBe(404)
  await expect.poll(() => statusAt(desk), patient).toBe('active')
  await tell(0, 99, attempt('wrong-code'))
  expect(await atHub()).toBe('active')
  await tell(1, 1, attempt('wrong-code'))
  expect(await atHub()).toBe('suspended')
})

it('never closes out the last administrator, who has to put it right', async () => {
  const { people } = (await call(hub, 'GET', '/v1/acme/people?find=HUB-1', undefined, acme.token)).body
  const [own] = people[0].credentials
  await tell(0, 150, { ...attempt('wrong-code'), person: people[0].id, credential: own.id })
  const after = (await call(hub, 'GET', '/v1/acme/people?find=HUB-1', undefined, acme.token)).body
  expect(after.people[0].credentials[0].status).toBe('active')
})
