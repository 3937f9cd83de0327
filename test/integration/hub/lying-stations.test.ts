// What a station can't do to its hub: twice, forked, cut, copied, for another, or for another organisation. On both databases.
import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPGlite, openPostgres } from '../../../src/hub/database.ts'
import { newId } from '../../../src/station/primitives.ts'
import { type PostgresServer, startPostgres } from '../../support/hub/postgres.ts'
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
import { compressed } from '../../support/soft-passkey.ts'

const point = () => compressed(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey).toString('base64')
const softKeys = () => ({ signingKey: point(), agreementKey: point(), passkey: null })

describe.each(['PGlite', 'PostgreSQL'])('over %s', (kind) => {
  let server: PostgresServer | undefined
  let hub: RunningHub
  let acme: Organisation
  let other: Organisation
  beforeAll(async () => {
    if (kind === 'PostgreSQL') server = await startPostgres()
    hub = await startTestHub(server ? await openPostgres(server.newDatabase()) : await openPGlite(null))
    acme = await beginOrganisation(hub, 'acme')
    other = await beginOrganisation(hub, 'other')
  }, 60_000)
  afterAll(async () => {
    await hub?.close()
    server?.stop()
  })

  const joined = async (of = acme): Promise<{ station: SoftStation; log: SoftLog }> => {
    const station = new SoftStation(hub, of.slug)
    expect((await station.join(await joinLink(hub, of))).status).toBe(200)
    return { station, log: new SoftLog(station) }
  }
  const alertsOf = async (station: SoftStation, of = acme): Promise<string[]> => {
    const { body } = await call(hub, 'GET', `/v1/${of.slug}/alerts?limit=200`, undefined, of.token)
    return body.alerts
      .filter((each: { station: string }) => each.station === station.number)
      .map((each: { kind: string }) => each.kind)
  }
  const kept = async (station: SoftStation): Promise<number> => {
    const { body } = await call(hub, 'GET', '/v1/acme/stations?limit=200', undefined, acme.token)
    return body.stations.find((each: { number: string }) => each.number === station.number).events
  }

  it('keeps each event once, however often it is sent', async () => {
    const { station, log } = await joined()
    log.grow(10)
    expect((await station.send(log, 1, 6)).body).toMatchObject({ ok: true, acknowledged: 6 })
    expect((await station.send(log, 1, 6)).body).toMatchObject({
      ok: true,
      acknowledged: 6,
      checkpoint: expect.stringContaining('wardkey/acme/hub'),
    })
    expect((await station.send(log, 4, 10)).body).toMatchObject({ ok: true, acknowledged: 10 })
    expect(await kept(station)).toBe(10)
    expect(await alertsOf(station)).toEqual([])
  })

  it('takes nothing of a batch with a gap, and says from where on', async () => {
    const { station, log } = await joined()
    log.grow(9)
    await station.send(log, 1, 3)
    expect((await station.send(log, 6, 9)).body).toMatchObject({ ok: false, reason: 'gap', number: 4 })
    expect(await kept(station)).toBe(3)
    expect(await alertsOf(station)).toEqual(['gap'])
  })

  it('finds another event for a number that it knows', async () => {
    const { station, log } = await joined()
    log.grow(6)
    await station.send(log, 1, 6)
    const forked = log.fork(4).grow(5)
    expect((await station.send(forked, 5, 9)).body).toMatchObject({ ok: false, reason: 'fork', number: 5 })
    expect((await station.send(forked, 7, 9)).body).toMatchObject({ ok: false, reason: 'fork', number: 7 })
    expect(await kept(station)).toBe(6)
    expect(await alertsOf(station)).toEqual(['fork'])
  })

  it('finds an event that was changed, reordered or left out on the way', async () => {
    for (const spoil of [
      (log: SoftLog) => log.bodies.splice(2, 1, log.bodies[2]?.replace('"atMs":1', '"atMs":2') ?? ''),
      (log: SoftLog) => log.bodies.splice(2, 2, log.bodies[3] ?? '', log.bodies[2] ?? ''),
      (log: SoftLog) => log.bodies.splice(2, 1),
      (log: SoftLog) => log.bodies.splice(2, 1, '{}'),
    ]) {
      const { station, log } = await joined()
      log.grow(6)
      spoil(log)
      expect((await station.send(log, 1, log.bodies.length)).body).toMatchObject({ ok: false })
      expect(await kept(station)).toBe(0)
      expect(await alertsOf(station)).toHaveLength(1)
    }
  })

  it('takes no checkpoint but one that this station signed for just these events', async () => {
    const { station, log } = await joined()
    const stranger = new SoftStation(hub, 'acme')
    log.grow(4)
    expect((await station.send(log, 1, 3, station.note(log, 4))).body).toMatchObject({ ok: false, reason: 'fork' })
    expect((await station.send(log, 1, 4, stranger.note(log, 4))).body).toMatchObject({ reason: 'bad-checkpoint' })
    expect(await kept(station)).toBe(0)
  })

  it('says once more by the same code what a station lost of its joining, until it has gone on from it', async () => {
    const link = await joinLink(hub, acme, 'Ward 7')
    const station = new SoftStation(hub, 'acme')
    const log = new SoftLog(station)
    const first = (await station.join(link)).body
    const again = await station.join(link)
    expect(again.body).toMatchObject({ ok: true, station: station.number, group: 'Ward 7', hubKey: first.hubKey })
    expect(again.body.token).not.toBe(first.token)
    // By nobody else, whatever else they sign with.
    expect((await new SoftStation(hub, 'acme').join(link)).body).toEqual({ ok: false, reason: 'join-refused' })
    expect((await station.join(link, new SoftStation(hub, 'acme'))).body).toEqual({ ok: false, reason: 'join-refused' })
    expect((await station.changes(log)).status).toBe(200)
    expect((await station.join(link)).body).toEqual({ ok: false, reason: 'join-refused' })
    // The one that has only what was said the first time is another one of it.
    station.token = first.token
    expect((await station.changes(log)).body).toMatchObject({ reason: 'station-held' })
    expect(await alertsOf(station)).toEqual(['copied-station'])
  })

  it('notices a log that fell back, or became another one', async () => {
    const { station, log } = await joined()
    log.grow(8)
    await station.send(log, 1, 8)
    await station.changes(log.fork(5))
    expect(await alertsOf(station)).toEqual(['rollback'])
    await station.changes(log.fork(7).grow(1))
    expect((await alertsOf(station)).sort()).toEqual(['fork', 'rollback'])
  })

  it('goes on from an answer that was lost, and holds both where there are two of a station', async () => {
    const { station, log } = await joined()
    log.grow(1)
    const before = station.token
    await station.changes(log)
    station.token = before
    expect((await station.changes(log)).status).toBe(200)
    const copy = station.token
    await station.changes(log)
    await station.changes(log)
    const ahead = station.token
    station.token = copy
    expect((await station.changes(log)).body).toEqual({ ok: false, reason: 'station-held' })
    station.token = ahead
    expect((await station.changes(log)).body).toEqual({ ok: false, reason: 'station-held' })
    expect(await alertsOf(station)).toEqual(['copied-station'])
  })

  it('believes no proof of another request, another key or another station', async () => {
    const { station, log } = await joined()
    const { station: second } = await joined()
    log.grow(1)
    const body = { after: 0, epoch: 0, checkpoint: station.note(log), appVersion: 'test' }
    for (const change of [
      { path: '/v1/acme/station/events' },
      { digest: 'A'.repeat(43) },
      { method: 'GET' },
      { station: second.number },
      { station: '0'.repeat(16) },
    ])
      expect((await station.ask('/station/changes', body, change)).status).toBe(401)
    expect((await station.changes(log)).status).toBe(200)
  })

  it('lets a station join by a code that works once and ends, with its own key alone', async () => {
    const link = await joinLink(hub, acme)
    const thief = new SoftStation(hub, 'acme')
    const station = new SoftStation(hub, 'acme')
    expect((await station.join(link, thief)).body).toEqual({ ok: false, reason: 'join-refused' })
    const late = await joinLink(hub, acme)
    expect((await station.join(link)).status).toBe(200)
    expect((await thief.join(link)).body).toEqual({ ok: false, reason: 'join-refused' })
    hub.time.pass(11 * 60_000)
    expect((await thief.join(late)).body).toEqual({ ok: false, reason: 'join-refused' })
    acme.token = await signIn(hub, 'acme', 'HUB-1', acme.setupKey)
    other.token = await signIn(hub, 'other', 'HUB-1', other.setupKey)
    expect((await station.join(await joinLink(hub, acme))).body).toEqual({ ok: false, reason: 'already-joined' })
  })

  it('gives a suspended or a removed station nothing more', async () => {
    const { station, log } = await joined()
    log.grow(1)
    for (const status of ['suspended', 'removed']) {
      await call(hub, 'POST', `/v1/acme/stations/${station.number}`, { status, reason: 'stolen' }, acme.token)
      expect((await station.changes(log)).body).toEqual({ ok: false, reason: `station-${status}` })
      expect((await station.send(log, 1, 1)).status).toBe(403)
    }
  })

  it('believes what a station says of its own roster, and suspends nobody else for it', async () => {
    const near = await enrollAtHub(hub, acme, 'NEAR-1', { groups: ['Ward 7'] })
    const far = await enrollAtHub(hub, acme, 'FAR-1', { groups: ['Ward 8'] })
    const station = new SoftStation(hub, 'acme')
    await station.join(await joinLink(hub, acme, 'Ward 7'))
    const log = new SoftLog(station)
    const suspended = { type: 'person-status-changed', reason: 'said so' }
    for (const person of [near.id, far.id]) log.grow(1, { ...suspended, person, details: { after: 'suspended' } })
    log.grow(1, { type: 'credential-ended', credential: far.credentialId, person: far.id, reason: 'said so' })
    // Of somebody whom it was not sent, also under another name.
    log.grow(1, { type: 'hub-person-taken', person: near.id, details: { hub_person: far.id } })
    log.grow(1, { ...suspended, person: near.id, details: { after: 'left' } })
    await station.changes(log)
    expect((await station.send(log, 1, 5)).body).toMatchObject({ ok: true, acknowledged: 5 })
    const { people } = (await call(hub, 'GET', '/v1/acme/people?limit=200', undefined, acme.token)).body
    const found = (id: string) => people.find((each: { id: string }) => each.id === id)
    expect(found(near.id)).toMatchObject({ status: 'left' })
    expect(found(far.id)).toMatchObject({ status: 'active', credentials: [{ status: 'active' }] })
  })

  it('finds after the fact that two stations took the same code', async () => {
    const near = await enrollAtHub(hub, acme, 'TWICE-1')
    const step = Math.floor(hub.time.ms / 30_000) + 1
    const both = [await joined(), await joined()]
    for (const { station, log } of both) {
      log.grow(1, { type: 'login-attempted', credential: near.credentialId, person: near.id, details: { step } })
      // One that would close its owner out for a year is not believed.
      log.grow(1, { type: 'login-attempted', credential: near.credentialId, details: { step: step + 1_000_000 } })
      await station.changes(log)
      expect((await station.send(log, 1, 2)).status).toBe(200)
    }
    expect(await Promise.all(both.map(({ station }) => alertsOf(station)))).toEqual([[], ['same-code-twice']])
  })

  it('takes a phone only from a station that was sent its owner, and never another key for it', async () => {
    const near = await enrollAtHub(hub, acme, 'PHONE-1', { groups: ['Ward 7'] })
    const station = new SoftStation(hub, 'acme')
    await station.join(await joinLink(hub, acme, 'Ward 7'))
    const { station: elsewhere, log: otherLog } = await joined()
    const log = new SoftLog(station).grow(1)
    await station.changes(log)
    await elsewhere.changes(otherLog.grow(1))
    const phone = { id: newId(), person: near.id, keys: softKeys() }
    const phonesOf = async () =>
      (await call(hub, 'GET', '/v1/acme/people?find=PHONE-1', undefined, acme.token)).body.people[0].credentials.filter(
        ({ kind }: { kind: string }) => kind === 'phone',
      )
    expect((await elsewhere.ask('/station/phones', { phones: [phone] })).status).toBe(200)
    expect(await phonesOf()).toEqual([])
    expect((await station.ask('/station/phones', { phones: [phone] })).status).toBe(200)
    expect((await station.ask('/station/phones', { phones: [phone] })).status).toBe(200)
    expect(await phonesOf()).toEqual([{ id: phone.id, kind: 'phone', status: 'active' }])
    expect(await alertsOf(station)).toEqual([])
    const noPoint = { ...softKeys(), signingKey: Buffer.alloc(33, 5).toString('base64') }
    for (const lie of [
      { ...phone, keys: softKeys() },
      { ...phone, id: near.credentialId },
      { ...phone, id: newId(), keys: noPoint },
    ])
      await station.ask('/station/phones', { phones: [lie] })
    expect(await phonesOf()).toHaveLength(1)
    expect(await alertsOf(station)).toEqual(['phone-conflict'])
    const many = Array.from({ length: 20 }, () => ({ id: newId(), person: near.id, keys: softKeys() }))
    await station.ask('/station/phones', { phones: many })
    expect(await phonesOf()).toHaveLength(10)
    // It opens nothing at the hub, and makes nobody its last administrator.
    await call(hub, 'POST', `/v1/acme/stations/${station.number}`, { status: 'removed', reason: 'stolen' }, acme.token)
    expect((await station.ask('/station/phones', { phones: [phone] })).status).toBe(403)
  })

  it('shows no organisation anything of another, on any route', async () => {
    const nina = await enrollAtHub(hub, acme, 'NINA-1')
    const { station, log } = await joined()
    log.grow(1)
    const reason = 'to see whether it works'
    const tries: [string, string, unknown?][] = [
      ['GET', '/people'],
      ['GET', '/stations'],
      ['GET', '/alerts'],
      ['GET', '/policy'],
      ['POST', '/people', { staffId: 'X-1', displayName: 'X', roles: ['staff'] }],
      ['POST', `/people/${nina.id}/status`, { status: 'left', reason }],
      ['POST', `/people/${nina.id}/offers`, {}],
      ['POST', `/credentials/${nina.credentialId}/revoke`, { reason }],
      ['POST', `/credentials/${nina.credentialId}/reinstate`, { reason }],
      ['GET', '/phones'],
      ['POST', `/phones/${nina.credentialId}/approve`, { reason }],
      ['POST', `/phones/${nina.credentialId}/refuse`, { reason }],
      ['POST', '/join-codes', { group: null }],
      ['POST', `/stations/${station.number}`, { status: 'removed', reason }],
      ['GET', `/stations/${station.number}/secrets`],
      ['POST', `/stations/${station.number}/stolen`, { reason }],
      ['GET', `/stations/${station.number}/log`],
      ['GET', '/retention'],
      ['POST', '/retention', { days: 30, reason }],
      ['GET', '/holds'],
      ['POST', '/holds', { personId: nina.id, reason }],
      ['POST', `/holds/${nina.id}/lift`, { reason }],
      ['POST', '/policy', { document: {}, reason }],
      ['DELETE', '/sessions'],
    ]
    for (const [method, path, body] of tries) {
      expect((await call(hub, method, `/v1/acme${path}`, body, other.token)).status, path).toBe(401)
      expect((await call(hub, method, `/v1/acme${path}`, body)).status, path).toBe(401)
      expect((await call(hub, method, `/v1/nowhere${path}`, body, acme.token)).status, path).toBe(401)
    }
    // By its own token, in its own place, with ids of the other.
    for (const [method, path, body] of tries.filter(([, path]) => /[0-9a-f]{8}/.test(path)))
      expect((await call(hub, method, `/v1/other${path}`, body, other.token)).status, path).toBe(404)
    const foreign = new SoftStation(hub, 'other')
    expect((await foreign.join((await joinLink(hub, acme)).replace('/acme/', '/other/'))).body.ok).toBe(false)
    expect((await station.changes(log)).status).toBe(200)
  })

  it('takes a code once, and slows whoever tries, known or not', async () => {
    const nina = await enrollAtHub(hub, acme, 'AUDIT-1', { roles: ['auditor'] })
    const token = await signIn(hub, 'acme', 'AUDIT-1', nina.setupKey)
    expect((await call(hub, 'GET', '/v1/acme/people', undefined, token)).status).toBe(200)
    expect((await call(hub, 'POST', '/v1/acme/join-codes', { group: null }, token)).status).toBe(403)
    for (const staffId of ['AUDIT-1', 'NOBODY-1']) {
      const answers = []
      for (let i = 0; i < 4; i++)
        answers.push(await call(hub, 'POST', '/v1/acme/sessions', { staffId, code: '000000' }))
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429])
    }
  })
})
