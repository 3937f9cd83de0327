// What a network does to a station's requests: twice, late, out of order. None of it is a copy, and none of it a fork.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../../../src/hub/database.ts'
import { type PostgresServer, startPostgres } from '../../support/hub/postgres.ts'
import {
  beginOrganisation,
  call,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'
import { SoftLog, SoftStation } from '../../support/hub/soft-station.ts'

let server: PostgresServer
let hub: RunningHub
let acme: Organisation
beforeAll(async () => {
  server = await startPostgres()
  hub = await startTestHub(await openPostgres(server.newDatabase()))
  acme = await beginOrganisation(hub, 'acme')
}, 60_000)
afterAll(async () => {
  await hub?.close()
  server?.stop()
})

const path = '/station/changes'
async function joined(): Promise<{ station: SoftStation; log: SoftLog }> {
  const station = new SoftStation(hub, 'acme')
  expect((await station.join(await joinLink(hub, acme))).status).toBe(200)
  return { station, log: new SoftLog(station).grow(3) }
}
const alerts = async () => (await call(hub, 'GET', '/v1/acme/alerts', undefined, acme.token)).body.alerts

describe('a request of a station', () => {
  it('that comes twice does not move the station on twice', async () => {
    const { station, log } = await joined()
    const request = await station.prepare(path, station.asking(log))
    expect((await station.deliver(request)).status).toBe(200)
    for (let i = 0; i < 3; i++) expect((await station.deliver(request, false)).status).toBe(200)
    expect((await station.changes(log)).status).toBe(200)
    expect((await station.deliver(request, false)).body).toEqual({ ok: false, reason: 'token-old' })
    expect((await station.changes(log)).status).toBe(200)
  })

  it('that was given up, and comes once another was answered, does not close its station out', async () => {
    const { station, log } = await joined()
    const late = await station.prepare(path, station.asking(log))
    expect((await station.changes(log)).status).toBe(200)
    expect((await station.deliver(late, false)).status).toBe(200)
    expect((await station.changes(log)).status).toBe(200)
    expect((await station.deliver(late, false)).status).toBe(401)
    expect((await station.changes(log)).status).toBe(200)
  })

  it('of before its log went on is not taken for a log that fell back', async () => {
    const { station, log } = await joined()
    const late = await station.prepare(path, station.asking(log))
    await station.changes(log)
    log.grow(5)
    expect((await station.send(log, 1, 8)).body).toMatchObject({ acknowledged: 8 })
    await station.deliver(late, false)
    await station.changes(log)
  })

  it('many of which were lost goes on from whichever answer came', async () => {
    const { station, log } = await joined()
    for (let i = 0; i < 50; i++) await station.deliver(await station.prepare(path, station.asking(log)), false)
    for (let i = 0; i < 3; i++) expect((await station.changes(log)).status).toBe(200)
  })

  it('for news that comes late is refused, and nobody is held for it', async () => {
    const { station, log } = await joined()
    const late = station.token
    for (let i = 0; i < 3; i++) await station.changes(log)
    expect((await station.listen({ token: late })).status).toBe(401)
    expect((await station.changes(log)).status).toBe(200)
  })

  it('none of these raises an alert', async () => {
    expect(await alerts()).toEqual([])
  })
})

describe('an old token', () => {
  it('signed with a challenge of before is asked again, and with the newest it holds the station', async () => {
    const { station, log } = await joined()
    const old = station.token
    for (let i = 0; i < 2; i++) await station.changes(log)
    const refused = await station.deliver(await station.prepare(path, station.asking(log), { token: old }), false)
    expect(refused).toMatchObject({ status: 401, body: { reason: 'token-old' } })
    const signed = await station.prepare(path, station.asking(log), { token: old, challenge: station.challenge })
    await station.changes(log)
    expect((await station.deliver(signed, false)).body).toEqual({ ok: false, reason: 'token-old' })
    station.token = old
    expect((await station.changes(log)).body).toEqual({ ok: false, reason: 'station-held' })
    expect(await alerts()).toMatchObject([{ kind: 'copied-station', station: station.number }])
  })
})

describe('a hub whose database lost what came last', () => {
  it('goes on with its stations, and tells them all anew', async () => {
    const { station, log } = await joined()
    await station.changes(log)
    const kept = await hub.parts.db.outside((all) =>
      all
        .selectFrom('station')
        .select(['token_sequence', 'previous_token_hash', 'epoch'])
        .where('number', '=', station.number)
        .executeTakeFirstOrThrow(),
    )
    for (let i = 0; i < 4; i++) await station.changes(log)
    await hub.parts.db.outside((all) =>
      all
        .updateTable('station')
        .set({ ...kept, token_sequence: Number(kept.token_sequence) })
        .where('number', '=', station.number)
        .execute(),
    )
    for (let i = 0; i < 3; i++) expect((await station.changes(log)).status).toBe(200)
    const row = await hub.parts.db.outside((all) =>
      all.selectFrom('station').select('epoch').where('number', '=', station.number).executeTakeFirstOrThrow(),
    )
    expect(row.epoch).toBe(kept.epoch + 1)
  })

  it('tells a station that has come further than it knows everything from the beginning', async () => {
    const { station, log } = await joined()
    const { body } = await station.ask(path, { ...station.asking(log, 1_000_000), epoch: 1 })
    const [, payload = ''] = body.statement.split('.')
    const { cursor } = JSON.parse(Buffer.from(payload, 'base64url').toString())
    expect(cursor).toBeLessThan(1_000_000)
    expect(body.entries.length).toBeGreaterThan(0)
  })

  it('takes no token that it never made', async () => {
    const { station, log } = await joined()
    const bytes = Buffer.from(station.token, 'base64url')
    bytes.writeUIntBE(1_000_000, 0, 6)
    const made = await station.prepare(path, station.asking(log), { token: bytes.toString('base64url') })
    expect((await station.deliver(made, false)).body).toEqual({ ok: false, reason: 'no-proof' })
    const { station: another } = await joined()
    const borrowed = await station.prepare(path, station.asking(log), { token: another.token })
    expect((await station.deliver(borrowed, false)).body).toEqual({ ok: false, reason: 'no-proof' })
    expect((await station.changes(log)).status).toBe(200)
  })
})
