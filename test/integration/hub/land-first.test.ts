// A station joins a hub; its log goes up and is held to what was seen; people come down, and a revocation locks a session.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpHub } from '../../../src/station/hub/http.ts'
import { joinHub, parseJoinLink } from '../../../src/station/hub/joining.ts'
import { HubSync } from '../../../src/station/hub/sync.ts'
import { openStation } from '../../../src/station/open-station.ts'
import { newId } from '../../../src/station/primitives.ts'
import { closeAll, newWard, read, signIn as signInAt, type Ward } from '../../support/attack-station.ts'
import {
  beginOrganisation,
  call,
  enrollAtHub,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'

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

async function openBeside(ward: Ward) {
  const result = await openStation({
    dataFolder: ward.folder,
    keychain: ward.keychain,
    clock: ward.clock,
    appVersion: 'test',
    sqliteBinding: undefined,
  })
  if (result.kind !== 'opened') throw new Error(JSON.stringify(result))
  return result.opened
}

describe('a station and its hub', () => {
  it('joins, hands in its log, gets its people, and locks at a revocation', async () => {
    const ward = await newWard()
    ward.clock.pass(hub.time.ms - ward.clock.nowMs())
    const nina = await enrollAtHub(hub, acme, 'NINA-1')
    const opened = await openBeside(ward)
    const link = parseJoinLink(await joinLink(hub, acme, 'Ward 7'))
    if (!link) throw new Error('no link')
    const joined = await joinHub(opened, createHttpHub(), link, 'test', ward.clock.nowMs(), newId())
    expect(joined).toMatchObject({ ok: true, organisation: 'Organisation acme', group: 'Ward 7' })
    const failures: unknown[] = []
    const log = { info: () => {}, warn: () => {}, error: () => {} }
    const sync = new HubSync(
      { ...opened, clock: ward.clock, hub: createHttpHub(), log, appVersion: 'test' },
      () => {},
      (error) => failures.push(error),
    )
    sync.start()
    await expect
      .poll(() => read(ward, 'SELECT count(*) FROM person WHERE hub_id IS NOT NULL'), { timeout: 10_000 })
      .toEqual([2])
    await expect
      .poll(async () => (await call(hub, 'GET', '/v1/acme/stations', undefined, acme.token)).body.stations[0].events, {
        timeout: 10_000,
      })
      .toBeGreaterThan(5)
    await expect
      .poll(async () => (await call(hub, 'GET', '/v1/acme/stations', undefined, acme.token)).body.stations[0].events, {
        timeout: 10_000,
      })
      .toBe(opened.ledger.frontier().size)
    expect(failures).toEqual([])

    await signInAt(ward, 'NINA-1', nina.setupKey)
    expect(ward.desk.screen().kind).toBe('session')
    const suspended = await call(
      hub,
      'POST',
      `/v1/acme/people/${nina.id}/status`,
      { status: 'suspended', reason: 'lost phone' },
      acme.token,
    )
    expect(suspended.body).toEqual({ ok: true })
    await expect.poll(() => ward.desk.screen().kind, { timeout: 10_000 }).toBe('locked')
    await sync.stop()
    opened.db.close()
    expect((await call(hub, 'GET', '/v1/acme/alerts', undefined, acme.token)).body.alerts).toEqual([])
  }, 30_000)
})
