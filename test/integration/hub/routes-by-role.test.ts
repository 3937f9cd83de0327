// Every route that the hub describes, by everybody: nobody, a made-up or an ended token, each role, and another organisation.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../../../src/hub/database.ts'
import { newId } from '../../../src/station/primitives.ts'
import { codeOf } from '../../support/fakes.ts'
import { type PostgresServer, startPostgres } from '../../support/hub/postgres.ts'
import {
  beginOrganisation,
  call,
  enrollAtHub,
  type Organisation,
  type RunningHub,
  signIn,
  startTestHub,
} from '../../support/hub/running-hub.ts'

const reason = 'to see whether it works'
const id = newId()
const number = '0'.repeat(16)
type Who = 'auditor' | 'supervisor' | 'administrator'
const all: readonly Who[] = ['auditor', 'supervisor', 'administrator']
const helpers: readonly Who[] = ['supervisor', 'administrator']
const administrators: readonly Who[] = ['administrator']

/** Who may; null: needs no token, but what is in its body or its proof. With ids that nobody has: who may is told so. */
const routes: Record<string, { who: readonly Who[] | null; body?: unknown }> = {
  'POST /v1/set-up': { who: null, body: {} },
  'POST /v1/set-up/confirm': { who: null, body: {} },
  'POST /v1/{organisation}/sessions': { who: null, body: {} },
  'DELETE /v1/{organisation}/sessions': { who: all },
  'GET /v1/{organisation}/people': { who: all },
  'POST /v1/{organisation}/people': {
    who: administrators,
    body: { staffId: 'N-1', displayName: 'N', roles: ['staff'] },
  },
  'POST /v1/{organisation}/people/{id}/status': { who: administrators, body: { status: 'left', reason } },
  'POST /v1/{organisation}/people/{id}/offers': { who: administrators },
  'POST /v1/{organisation}/offers/{id}/confirm': { who: administrators, body: { code: '000000' } },
  'POST /v1/{organisation}/credentials/{id}/revoke': { who: helpers, body: { reason } },
  'POST /v1/{organisation}/credentials/{id}/reinstate': { who: administrators, body: { reason } },
  'GET /v1/{organisation}/stations/{number}/secrets': { who: all },
  'POST /v1/{organisation}/stations/{number}/stolen': { who: administrators, body: { reason } },
  'GET /v1/{organisation}/stations/{number}/log': { who: ['auditor', 'administrator'] },
  'GET /v1/{organisation}/retention': { who: all },
  'POST /v1/{organisation}/retention': { who: administrators, body: { days: null, reason } },
  'GET /v1/{organisation}/holds': { who: all },
  'POST /v1/{organisation}/holds': { who: administrators, body: { reason } },
  'POST /v1/{organisation}/holds/{id}/lift': { who: administrators, body: { reason } },
  'GET /v1/{organisation}/offers': { who: all },
  'POST /v1/{organisation}/offers/{id}/withdraw': { who: administrators, body: { reason } },
  'GET /v1/{organisation}/join-codes': { who: all },
  'POST /v1/{organisation}/join-codes/{id}/withdraw': { who: administrators, body: { reason } },
  'POST /v1/{organisation}/purge': { who: administrators, body: { days: 30, reason } },
  'GET /v1/{organisation}/actions': { who: ['auditor', 'administrator'] },
  'POST /v1/{organisation}/people/{id}/access': { who: administrators, body: { roles: ['staff'], reason } },
  'GET /v1/{organisation}/phones': { who: all },
  'POST /v1/{organisation}/phones/{id}/approve': { who: administrators, body: { reason } },
  'POST /v1/{organisation}/phones/{id}/refuse': { who: administrators, body: { reason } },
  'POST /v1/{organisation}/join-codes': { who: administrators, body: {} },
  'GET /v1/{organisation}/stations': { who: all },
  'POST /v1/{organisation}/stations/{number}': { who: administrators, body: { reason } },
  'GET /v1/{organisation}/alerts': { who: all },
  'POST /v1/{organisation}/alerts/{id}/acknowledge': { who: administrators },
  'GET /v1/{organisation}/policy': { who: all },
  'POST /v1/{organisation}/policy': { who: administrators, body: { document: {}, reason } },
  'POST /v1/{organisation}/join': { who: null, body: {} },
  'POST /v1/{organisation}/station/changes': { who: null, body: {} },
  'POST /v1/{organisation}/station/events': { who: null, body: {} },
  'POST /v1/{organisation}/station/phones': { who: null, body: {} },
  'POST /v1/{organisation}/station/answers': { who: null, body: { of: 'nothing' } },
  'POST /v1/{organisation}/station/boxes': { who: null, body: {} },
  'POST /v1/{organisation}/station/parts': { who: null, body: { of: 'nothing' } },
  'POST /v1/{organisation}/station/welcomes': { who: null, body: {} },
  'POST /v1/{organisation}/answers': { who: null, body: {} },
  'POST /v1/{organisation}/bindings': { who: null, body: {} },
  'POST /v1/{organisation}/bindings/welcome': { who: null, body: {} },
  'GET /v1/{organisation}/directory': { who: null },
  'GET /v1/{organisation}/station/stream': { who: null },
}

let server: PostgresServer
let hub: RunningHub
let acme: Organisation
let other: Organisation
const tokens = {} as Record<Who | 'ended', string>
beforeAll(async () => {
  server = await startPostgres()
  hub = await startTestHub(await openPostgres(server.newDatabase()))
  acme = await beginOrganisation(hub, 'acme')
  other = await beginOrganisation(hub, 'other')
  for (const who of all) {
    const { setupKey } = await enrollAtHub(hub, acme, `${who}-1`, { roles: [who] })
    tokens[who] = await signIn(hub, 'acme', `${who}-1`, setupKey)
    if (who !== 'auditor') continue
    tokens.ended = await signIn(hub, 'acme', `${who}-1`, setupKey)
    await call(hub, 'DELETE', '/v1/acme/sessions', undefined, tokens.ended)
  }
}, 60_000)
afterAll(async () => {
  await hub?.close()
  server?.stop()
})

const described = async () => {
  const { paths } = (await call(hub, 'GET', '/openapi.json')).body
  return Object.entries(paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
}
const ask = (route: string, token?: string, slug = 'acme') => {
  const [method = '', path = ''] = route.split(' ')
  const filled = path.replace('{organisation}', slug).replace('{id}', id).replace('{number}', number)
  const body = routes[route]?.body ?? (method === 'POST' ? {} : undefined)
  return call(hub, method, filled, body, token)
}

describe('a route', () => {
  it('is in this table, or nobody has thought about who may', async () => {
    expect((await described()).sort()).toEqual(Object.keys(routes).sort())
  })

  it.each(Object.keys(routes).filter((route) => routes[route]?.who))('%s', async (route) => {
    const may = routes[route]?.who ?? []
    for (const token of [undefined, 'x', 'A'.repeat(43), tokens.ended, other.token])
      expect((await ask(route, token)).status).toBe(401)
    expect((await ask(route, tokens.administrator, 'other')).status).toBe(401)
    expect((await ask(route, tokens.administrator, 'nowhere')).status).toBe(401)
    for (const who of all) {
      // Last of all, since it ends the token: below.
      if (route.startsWith('DELETE')) continue
      const { status } = await ask(route, tokens[who])
      if (may.includes(who)) expect([200, 404, 409], `${route} by ${who}`).toContain(status)
      else expect(status, `${route} by ${who}`).toBe(403)
    }
  })

  it('without a token takes nothing that has no proof in it', async () => {
    for (const route of Object.keys(routes).filter((each) => routes[each]?.who === null))
      expect([400, 401], route).toContain((await ask(route, tokens.administrator)).status)
  })

  it('is closed to staff: they get no token at all', async () => {
    const { setupKey } = await enrollAtHub(hub, acme, 'STAFF-1')
    hub.time.pass(30_000)
    const body = { staffId: 'STAFF-1', code: codeOf(setupKey, hub.time.ms) }
    expect(await call(hub, 'POST', '/v1/acme/sessions', body)).toEqual({
      status: 401,
      body: { ok: false, reason: 'wrong-code' },
    })
  })

  it('is closed to whoever has signed out, or whose quarter of an hour is over', async () => {
    for (const who of ['auditor', 'supervisor'] as const) {
      expect((await ask('DELETE /v1/{organisation}/sessions', tokens[who])).status).toBe(200)
      expect((await ask('GET /v1/{organisation}/people', tokens[who])).status).toBe(401)
    }
    expect((await ask('GET /v1/{organisation}/people', tokens.administrator)).status).toBe(200)
    hub.time.pass(15 * 60_000)
    expect((await ask('GET /v1/{organisation}/people', tokens.administrator)).status).toBe(401)
  })
})
