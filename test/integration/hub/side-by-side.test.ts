// Two hub processes on one PostgreSQL: they start at once, a code works once over both, and what one is told the other tells.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeAll, codeNow, type Ward } from '../../support/attack-station.ts'
import { join, wardBy } from '../../support/hub/joined-ward.ts'
import { type RealHub, type RealHubs, startRealHub, startRealHubs } from '../../support/hub/real-hubs.ts'
import { call, enrollAtHub, joinLink } from '../../support/hub/running-hub.ts'
import { SoftLog, SoftStation } from '../../support/hub/soft-station.ts'

let real: RealHubs
let near: RealHub
let far: RealHub
let ward: Ward
beforeAll(async () => {
  real = await startRealHubs(2)
  ;[near, far] = real.hubs as [RealHub, RealHub]
}, 120_000)
afterAll(async () => {
  await closeAll(true)
  await real?.close()
}, 30_000)

it('makes the tables once, though both found none', async () => {
  for (const hub of [near, far]) expect((await fetch(`${hub.url}/readyz`)).status).toBe(200)
  const third = await startRealHub({ ...real.env })
  expect((await fetch(`${third.url}/readyz`)).status).toBe(200)
  expect(await third.process.stop()).toBe(0)
})

it('prints one link for the first administrator, whoever starts, and leaves it to whoever has it', async () => {
  const env = { ...real.env, WARDKEY_HUB_DATABASE_URL: real.server.newDatabase() }
  const both = await Promise.all([startRealHub(env), startRealHub(env)])
  const printed = both.filter(({ process }) => process.setupLink !== null)
  expect(printed).toHaveLength(1)
  const [first] = printed
  const later = both.find((each) => each !== first)
  expect(later?.process.output()).toContain('the first process on this database')
  await first?.process.kill()
  // Nobody can know its link any more: whoever starts next prints another one.
  await later?.process.stop()
  const next = await startRealHub(env)
  expect(next.process.setupLink).not.toBeNull()
  expect(next.process.setupLink?.split('#')[1]).not.toBe(first?.process.setupLink?.split('#')[1])
  await next.process.stop()
}, 60_000)

it('takes a join code once, whoever is asked, and both at the same moment', async () => {
  for (let round = 0; round < 5; round++) {
    const code = (await joinLink(near, real.acme)).split('#')[1] ?? ''
    const answers = await Promise.all([near, far].map((hub) => new SoftStation(hub, 'acme').join(`#${code}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  }
})

it('tells a station at one hub within a second what was decided at the other', async () => {
  ward = await wardBy(far)
  expect(await join(ward, await joinLink(far, real.acme))).toMatchObject({ ok: true })
  const nina = await enrollAtHub(near, real.acme, 'NINA-1')
  await expect.poll(() => ward.desk.screen(), { timeout: 15_000 }).toMatchObject({ hub: { state: 'online' } })
  const signIn = async () => {
    ward.clock.pass(30_000)
    return ward.desk.handlers.submitCode({ staffId: 'NINA-1', code: codeNow(ward, nina.setupKey) })
  }
  await expect.poll(signIn, { timeout: 15_000, interval: 300 }).toMatchObject({ ok: true })
  const path = `/v1/acme/people/${nina.id}/status`
  const before = performance.now()
  await call(near, 'POST', path, { status: 'suspended', reason: 'lost phone' }, real.acme.token)
  await expect.poll(() => ward.desk.screen().kind, { timeout: 5000, interval: 10 }).toBe('locked')
  expect(performance.now() - before).toBeLessThan(1000)
})

it('keeps one log of a station that goes from one hub to the other with each request', async () => {
  const station = new SoftStation(near, 'acme')
  await station.join(await joinLink(near, real.acme))
  const log = new SoftLog(station).grow(60)
  for (let at = 1; at <= 60; at += 10) {
    station.hub = at % 20 === 1 ? far : near
    expect((await station.send(log, at, at + 9)).body).toMatchObject({ ok: true, acknowledged: at + 9 })
  }
  const { stations } = (await call(far, 'GET', '/v1/acme/stations', undefined, real.acme.token)).body
  const found = stations.find(({ number }: { number: string }) => number === station.number)
  expect(found).toMatchObject({ events: 60, status: 'active' })
  expect((await call(far, 'GET', '/v1/acme/alerts', undefined, real.acme.token)).body.alerts).toEqual([])
})
