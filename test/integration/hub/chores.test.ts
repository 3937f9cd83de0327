// What the hub does by itself: a station that says nothing is missed once, and what is over is forgotten, no sooner.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doChores } from '../../../src/hub/chores.ts'
import {
  beginOrganisation,
  call,
  joinLink,
  type Organisation,
  type RunningHub,
  signIn,
  startTestHub,
} from '../../support/hub/running-hub.ts'
import { SoftLog, SoftStation } from '../../support/hub/soft-station.ts'

const hourMs = 60 * 60_000
let hub: RunningHub
let acme: Organisation
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
}, 60_000)
afterAll(() => hub?.close())

const alerts = async () => (await call(hub, 'GET', '/v1/acme/alerts', undefined, acme.token)).body.alerts
const count = (table: 'access_token' | 'offer' | 'join_code' | 'throttle') =>
  hub.parts.db.outside(async (all) => (await all.selectFrom(table).selectAll().execute()).length)
const later = async (ms: number) => {
  hub.time.pass(ms)
  acme.token = await signIn(hub, 'acme', 'HUB-1', acme.setupKey)
}

describe('each minute', () => {
  it('misses a station that has said nothing for an hour, once', async () => {
    const station = new SoftStation(hub, 'acme')
    await station.join(await joinLink(hub, acme))
    const log = new SoftLog(station).grow(1)
    await later(0.9 * hourMs)
    await doChores(hub.parts)
    expect(await alerts()).toEqual([])
    await later(0.2 * hourMs)
    await doChores(hub.parts)
    await doChores(hub.parts)
    expect(await alerts()).toMatchObject([{ kind: 'silent', station: station.number }])
    await station.changes(log)
    await call(hub, 'POST', `/v1/acme/alerts/${(await alerts())[0].id}/acknowledge`, {}, acme.token)
    await doChores(hub.parts)
    expect(
      (await alerts()).filter((each: { acknowledgedAtMs: number | null }) => each.acknowledgedAtMs === null),
    ).toEqual([])
  })

  it('forgets what is over, and keeps a count of failures that somebody would wait out', async () => {
    for (const [staffId, tries] of [
      ['ONCE-1', 1],
      ['OFTEN-1', 3],
    ] as const)
      for (let i = 0; i < tries; i++) await call(hub, 'POST', '/v1/acme/sessions', { staffId, code: '000000' })
    await doChores(hub.parts)
    expect(await count('throttle')).toBe(2)
    await later(31 * 24 * hourMs)
    await doChores(hub.parts)
    expect(await count('throttle')).toBe(1)
    expect(await count('join_code')).toBe(0)
    expect(await count('offer')).toBe(0)
    expect(await count('access_token')).toBe(1)
    expect((await call(hub, 'GET', '/v1/acme/people', undefined, acme.token)).status).toBe(200)
  })
})
