// What whoever asks at the hub's desk can try: one code twice, a link again, a stolen phone's access, two at once. Two processes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doChores } from '../../../src/hub/chores.ts'
import { openPostgres } from '../../../src/hub/database.ts'
import { makeSetupSecret } from '../../../src/hub/organisations.ts'
import { buildServer } from '../../../src/hub/server.ts'
import { codeOf } from '../../support/fakes.ts'
import { type PostgresServer, startPostgres } from '../../support/hub/postgres.ts'
import {
  type Answer,
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

let server: PostgresServer
let hub: RunningHub
/** Another process on the same database. */
let second: RunningHub
let acme: Organisation
let lateAnswer: Promise<Answer> | undefined
beforeAll(async () => {
  server = await startPostgres()
  const url = server.newDatabase()
  hub = await startTestHub(await openPostgres(url))
  second = await startTestHub(await openPostgres(url), hub.time)
  acme = await beginOrganisation(hub, 'acme')
}, 60_000)
afterAll(async () => {
  await second?.close()
  await hub?.close()
  server?.stop()
})

const at = (method: string, path: string, body?: unknown, token = acme.token) =>
  call(hub, method, `/v1/acme${path}`, body, token)
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort()
const reason = 'to see whether it works'
const patient = { timeout: 10_000 }

describe('a code at the hub', () => {
  it('opens once, at whichever process it comes to', async () => {
    const { setupKey } = await enrollAtHub(hub, acme, 'RACE-1', { roles: ['auditor'] })
    for (let round = 0; round < 5; round++) {
      hub.time.pass(30_000)
      const body = { staffId: 'RACE-1', code: codeOf(setupKey, hub.time.ms) }
      const tries = [hub, second, hub, second].map((each) => call(each, 'POST', '/v1/acme/sessions', body))
      const answers = await Promise.all(tries)
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      await hub.parts.db.outside((all) => all.deleteFrom('throttle').execute())
    }
  })

  it('is told to every station that knows whose it is, so that it opens none of them', async () => {
    const audit = await enrollAtHub(hub, acme, 'STEP-1', { roles: ['auditor'] })
    const station = new SoftStation(hub, 'acme')
    await station.join(await joinLink(hub, acme))
    const log = new SoftLog(station).grow(1)
    await station.changes(log)
    const cursor = async () => await hub.parts.db.outside((all) => all.selectFrom('change').selectAll().execute())
    await signIn(hub, 'acme', 'STEP-1', audit.setupKey)
    const told = (await cursor()).filter(({ kind, subject }) => kind === 'step' && subject === audit.credentialId)
    expect(told).toHaveLength(1)
  })

  it('is not taken again because a station spoke of a later one in between', async () => {
    const { setupKey, credentialId } = await enrollAtHub(hub, acme, 'LATER-1', { roles: ['auditor'] })
    hub.time.pass(60_000)
    const code = codeOf(setupKey, hub.time.ms)
    const step = Math.floor(hub.time.ms / 30_000) + 1
    // As a station's word would, committed between what the sign-in reads and what it writes.
    const within = hub.parts.db.within.bind(hub.parts.db)
    const organisation = (await hub.parts.db.outside((all) => all.selectFrom('organisation').selectAll().execute()))[0]
    await within(organisation?.id ?? '', async (scope) => {
      await scope.selectFrom('organisation').select('id').forUpdate().execute()
      await scope.updateTable('credential').set({ last_step: step }).where('id', '=', credentialId).execute()
      const late = call(second, 'POST', '/v1/acme/sessions', { staffId: 'LATER-1', code })
      await new Promise((resolve) => setTimeout(resolve, 500))
      lateAnswer = late
    })
    expect((await lateAnswer)?.status).toBe(401)
    const row = await hub.parts.db.outside((all) =>
      all.selectFrom('credential').select('last_step').where('id', '=', credentialId).executeTakeFirst(),
    )
    expect(Number(row?.last_step)).toBe(step)
  })
})
describe('a station that says of every code that it was used there', () => {
  it('closes no administrator out of the hub', async () => {
    const { id, setupKey, credentialId } = await enrollAtHub(hub, acme, 'BURNT-1', { roles: ['administrator'] })
    const liar = new SoftStation(hub, 'acme')
    await liar.join(await joinLink(hub, acme))
    const log = new SoftLog(liar)
    await liar.changes(log.grow(1))
    const tryIn = async () => {
      const body = { staffId: 'BURNT-1', code: codeOf(setupKey, hub.time.ms) }
      const { status } = await call(hub, 'POST', '/v1/acme/sessions', body)
      await hub.parts.db.outside((all) => all.deleteFrom('throttle').execute())
      return status
    }
    const tries: number[] = []
    for (let round = 0; round < 8; round++) {
      const from = round === 0 ? 1 : log.bodies.length + 1
      for (const ahead of [2, 20]) {
        const details = { step: Math.floor(hub.time.ms / 30_000) + ahead }
        log.grow(1, { type: 'login-attempted', person: id, credential: credentialId, details })
      }
      expect((await liar.send(log, from, log.bodies.length)).status).toBe(200)
      tries.push(await tryIn())
      if (tries.at(-1) === 200) break
      hub.time.pass(90_000)
    }
    expect(tries[0]).toBe(401)
    expect(tries.at(-1)).toBe(200)
    // And that code is used now, here as well.
    expect(await tryIn()).toBe(401)
  })
})

describe('access to the hub', () => {
  it('ends with the credential that it came by, however that ends', async () => {
    const ends: ((person: Awaited<ReturnType<typeof enrollAtHub>>) => Promise<unknown>)[] = [
      ({ credentialId }) => at('POST', `/credentials/${credentialId}/revoke`, { reason }),
      async ({ id }) => {
        const offer = await at('POST', `/people/${id}/offers`, {})
        const code = codeOf(offer.body.setupKey, hub.time.ms)
        return at('POST', `/offers/${offer.body.offerId}/confirm`, { code })
      },
    ]
    for (const [index, end] of ends.entries()) {
      const thief = await enrollAtHub(hub, acme, `THIEF-${index}`, { roles: ['administrator'] })
      const token = await signIn(hub, 'acme', `THIEF-${index}`, thief.setupKey)
      expect((await at('GET', '/people', undefined, token)).status).toBe(200)
      await end(thief)
      expect((await at('GET', '/people', undefined, token)).status).toBe(401)
    }
  })

  it('lets a supervisor revoke what staff have, and nothing of those above', async () => {
    const boss = await enrollAtHub(hub, acme, 'SUPER-1', { roles: ['supervisor'] })
    const admin = await enrollAtHub(hub, acme, 'ADMIN-2', { roles: ['administrator'] })
    const staff = await enrollAtHub(hub, acme, 'STAFF-2')
    const token = await signIn(hub, 'acme', 'SUPER-1', boss.setupKey)
    const revoke = (id: string) => at('POST', `/credentials/${id}/revoke`, { reason }, token)
    expect(await revoke(admin.credentialId)).toMatchObject({ status: 403, body: { reason: 'not-allowed' } })
    expect((await revoke(staff.credentialId)).status).toBe(200)
    const found = (await at('GET', '/people?find=ADMIN-2')).body.people[0]
    expect(found).toMatchObject({ credentials: [{ status: 'active' }] })
  })
})

describe('a set-up link', () => {
  it('is no way in once its administrator is enrolled, also where the hub ended before it noted that', async () => {
    const token = await makeSetupSecret(hub.parts)
    const organisation = { slug: 'crashed', name: 'Crashed' }
    const body = { token, organisation, administrator: { staffId: 'FIRST-1', displayName: 'First' } }
    const made = await call(hub, 'POST', '/v1/set-up', body)
    const code = codeOf(made.body.setupKey, hub.time.ms)
    expect((await call(hub, 'POST', '/v1/set-up/confirm', { token, code })).status).toBe(200)
    await hub.parts.db.outside((all) => all.updateTable('setup_link').set({ used_at: null }).execute())
    expect((await call(hub, 'POST', '/v1/set-up', body)).body).toEqual({ ok: false, reason: 'link-over' })
    const again = await call(hub, 'POST', '/v1/set-up/confirm', { token, code })
    expect(again.body).toEqual({ ok: false, reason: 'link-over' })
  })
})

describe('two processes', () => {
  it('miss a silent station once between them', async () => {
    const stations = []
    for (let i = 0; i < 4; i++) {
      const station = new SoftStation(hub, 'acme')
      await station.join(await joinLink(hub, acme))
      stations.push(station.number)
    }
    hub.time.pass(2 * 60 * 60_000)
    await Promise.all([hub, second, hub, second].map(({ parts }) => doChores(parts)))
    acme.token = await signIn(hub, 'acme', 'HUB-1', acme.setupKey)
    const { alerts } = (await at('GET', '/alerts?limit=200')).body
    for (const number of stations)
      expect(alerts.filter((each: { station: string }) => each.station === number)).toHaveLength(1)
  })
})

describe('two at once', () => {
  it('who set a policy have two versions of it', async () => {
    const { document } = (await at('GET', '/policy')).body
    const set = (each: RunningHub) => call(each, 'POST', '/v1/acme/policy', { document, reason }, acme.token)
    const answers = await Promise.all([hub, second, hub, second].map(set))
    expect(statuses(answers)).toEqual([200, 200, 200, 200])
    expect(answers.map(({ body }) => body.number).sort()).toEqual([1, 2, 3, 4])
  })

  it('of whose stations tell of the same people in another order, both are kept', async () => {
    const people: Awaited<ReturnType<typeof enrollAtHub>>[] = []
    for (let i = 0; i < 6; i++) people.push(await enrollAtHub(hub, acme, `ORDER-${i}`))
    const step = Math.floor(hub.time.ms / 30_000)
    const stations = []
    for (const each of [hub, second]) {
      const station = new SoftStation(each, 'acme')
      await station.join(await joinLink(hub, acme))
      const log = new SoftLog(station)
      await station.changes(log.grow(1))
      stations.push({ station, log })
    }
    for (let round = 0; round < 4; round++) {
      const sent = stations.map(({ station, log }, which) => {
        const from = log.bodies.length + (round === 0 ? 0 : 1)
        const order = which === 0 ? people : [...people].reverse()
        for (const { id, credentialId } of order)
          log.grow(1, {
            type: 'login-attempted',
            person: id,
            credential: credentialId,
            details: { step: step + round },
          })
        return station.send(log, from, log.bodies.length)
      })
      expect(statuses(await Promise.all(sent))).toEqual([200, 200])
    }
  })
})

describe('whoever asks', () => {
  it('learns from no refusal what is not theirs to know', async () => {
    const words = async (slug: string) => [
      await call(hub, 'POST', `/v1/${slug}/sessions`, { staffId: 'X', code: '000000' }),
      await call(hub, 'GET', `/v1/${slug}/people`),
      await call(hub, 'POST', `/v1/${slug}/station/changes`, {
        after: 0,
        epoch: 0,
        checkpoint: '',
        appVersion: 'test',
      }),
      await call(hub, 'GET', `/v1/${slug}/station/stream`),
      await new SoftStation(hub, slug).join(`x#${'A'.repeat(16)}`),
    ]
    expect(await words('nowhere')).toEqual(await words('acme'))
  })

  it('with a cursor or an id of their own making is told that it is none', async () => {
    for (const path of ['/alerts?after=x', '/stations?after=%00', '/people?after=%00', '/people?limit=100000'])
      expect((await at('GET', path)).status, path).toBe(400)
    for (const path of ['/people/x/status', '/credentials/1/revoke', '/stations/x', '/alerts/x/acknowledge'])
      expect((await at('POST', path, { reason })).status, path).toBe(400)
  })

  it('says more than a request may hold is not heard', async () => {
    const big = { staffId: 'A'.repeat(300_000), code: '000000' }
    expect((await at('POST', '/sessions', big)).body).toEqual({ ok: false, reason: 'too-large' })
  })

  it('behind a proxy is counted by the address that the proxy saw, whatever they say themselves', async () => {
    const app = await buildServer(hub.parts, { hear: () => () => {} } as never, {
      tls: null,
      logs: false,
      version: 'test',
      behindProxy: ['127.0.0.1'],
    })
    const ask = (index: number) =>
      app.inject({
        method: 'POST',
        url: '/v1/set-up/confirm',
        headers: { 'x-forwarded-for': `198.51.100.${index}, 203.0.113.9` },
        payload: { token: 'A'.repeat(43), code: '000000' },
      })
    const answers = []
    for (let i = 0; i < 21; i++) answers.push((await ask(i)).statusCode)
    expect(answers.at(-1)).toBe(429)
    expect(answers.slice(0, 20)).not.toContain(429)
    await app.close()
  })

  it('with ever new staff IDs fills no table without an end', async () => {
    const id = (await hub.parts.db.outside((all) => all.selectFrom('organisation').select('id').execute()))[0]?.id ?? ''
    const rows = Array.from({ length: 10_050 }, (_, index) => ({
      organisation_id: id,
      subject: index.toString(16).padStart(64, '0'),
      failures: index < 50 ? 3 : 9,
      waits_until: hub.time.ms,
    }))
    await hub.parts.db.outside(async (all) => {
      await all.deleteFrom('throttle').execute()
      for (let from = 0; from < rows.length; from += 5000)
        await all
          .insertInto('throttle')
          .values(rows.slice(from, from + 5000))
          .execute()
    })
    await doChores(hub.parts)
    const left = await hub.parts.db.outside((all) => all.selectFrom('throttle').select('failures').execute())
    expect(left).toHaveLength(10_000)
    expect(left.every(({ failures }) => failures === 9)).toBe(true)
  })
})

describe('a stream', () => {
  it('is one of a station: another ends it', async () => {
    const station = new SoftStation(hub, 'acme')
    await station.join(await joinLink(hub, acme))
    const first = await station.listen()
    expect(first.status).toBe(200)
    const others = []
    for (let i = 0; i < 5; i++) others.push(await station.listen())
    const reader = first.body?.getReader()
    const ended = (async () => {
      while (!(await reader?.read())?.done);
      return true
    })()
    expect(await ended).toBe(true)
    await others.at(-1)?.body?.cancel()
  })

  async function listening() {
    const station = new SoftStation(hub, 'acme')
    await station.join(await joinLink(hub, acme))
    const reader = (await station.listen()).body?.getReader()
    let heard = ''
    void (async () => {
      for (;;) {
        const next = await reader?.read()
        if (!next || next.done) return
        heard += Buffer.from(next.value).toString()
      }
    })()
    const times = () => heard.match(/data: /g)?.length ?? 0
    await expect.poll(times, patient).toBe(1)
    return { station, times, leave: () => reader?.cancel() }
  }

  it('tells a station that was moved or suspended to ask', async () => {
    const { station, times, leave } = await listening()
    await at('POST', `/stations/${station.number}`, { status: 'suspended', reason })
    await expect.poll(times, patient).toBe(2)
    await leave()
  })

  it('says nothing to the others when one more station listens', async () => {
    const first = await listening()
    const more = [await listening(), await listening(), await listening()]
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(first.times()).toBe(1)
    for (const { leave } of [first, ...more]) await leave()
  })
})
