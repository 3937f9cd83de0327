// A hub that runs as a process: nothing that opens anything is in what it prints, in what it counts, or in its database.
import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fromBase32 } from '../../../src/core/base32.ts'
import { codeOf } from '../../support/fakes.ts'
import { type HubProcess, startHubProcess } from '../../support/hub/hub-process.ts'
import { type PostgresServer, startPostgres } from '../../support/hub/postgres.ts'
import { call, type RunningHub } from '../../support/hub/running-hub.ts'
import { SoftLog, SoftStation } from '../../support/hub/soft-station.ts'

let server: PostgresServer
let url = ''
let hub: HubProcess
const key = randomBytes(32).toString('base64')
const secrets: Record<string, string> = { 'the key of the hub': key }
const at = () => ({ url: hub.url, time: { ms: Date.now() } }) as unknown as RunningHub
/** What must succeed. */
async function ok(method: string, path: string, body?: unknown, token?: string) {
  const answer = await call(at(), method, path, body, token)
  expect(answer.status, `${method} ${path}`).toBe(200)
  return answer.body
}

beforeAll(async () => {
  server = await startPostgres()
  url = server.newDatabase()
  hub = await startHubProcess({ WARDKEY_HUB_DATABASE_URL: url, WARDKEY_HUB_KEY: key })
}, 120_000)
afterAll(async () => {
  await hub?.stop()
  server?.stop()
})

async function liveADay(): Promise<void> {
  const link = hub.setupLink?.split('#')[1] ?? ''
  const organisation = { slug: 'acme', name: 'Acme' }
  const first = { token: link, organisation, administrator: { staffId: 'HUB-1', displayName: 'Hanna' } }
  const { setupKey } = await ok('POST', '/v1/set-up', first)
  await ok('POST', '/v1/set-up/confirm', { token: link, code: codeOf(setupKey, Date.now() - 30_000) })
  const code = codeOf(setupKey, Date.now())
  const { token } = await ok('POST', '/v1/acme/sessions', { staffId: 'HUB-1', code })
  const person = { staffId: 'NINA-1', displayName: 'Nina', roles: ['staff'] }
  const { id } = await ok('POST', '/v1/acme/people', person, token)
  const offer = await ok('POST', `/v1/acme/people/${id}/offers`, {}, token)
  const proof = { code: codeOf(offer.setupKey, Date.now()) }
  await ok('POST', `/v1/acme/offers/${offer.offerId}/confirm`, proof, token)
  const open = await ok('POST', `/v1/acme/people/${id}/offers`, {}, token)
  const unused = await ok('POST', '/v1/acme/join-codes', {}, token)
  const joining = await ok('POST', '/v1/acme/join-codes', {}, token)
  const station = new SoftStation(at(), 'acme')
  expect((await station.join(joining.link)).status).toBe(200)
  const log = new SoftLog(station).grow(5)
  const shown = station.token
  expect((await station.changes(log)).status).toBe(200)
  expect((await station.send(log, 1, 5)).status).toBe(200)
  // What fails is logged, too.
  await call(at(), 'POST', '/v1/acme/sessions', { staffId: setupKey.slice(0, 20), code: '123456' })
  await call(at(), 'GET', `/v1/acme/people?find=${token}`, undefined, token)
  await call(at(), 'POST', '/v1/set-up', { ...first, token: `${link.slice(0, -1)}A` })
  Object.assign(secrets, {
    'the set-up link': link,
    'a setup key': setupKey,
    'the setup key of somebody else': offer.setupKey,
    'the setup key of an open offer': open.setupKey,
    'an access token': token,
    'a join code': unused.code,
    'a join code that was used': joining.code,
    'a token of a station': station.token,
    'a token that was shown': shown,
    'a one-time code': `"${code}"`,
  })
}

/** A secret as it is, as base64 and as hex, where it stands for bytes. */
function formsOf(secret: string): string[] {
  const raw = /^[A-Z2-7]{32}$/.test(secret) ? Buffer.from(fromBase32(secret) ?? []) : Buffer.from(secret)
  return [secret, raw.toString('base64').replace(/=+$/, ''), raw.toString('hex')]
}

async function everythingIn(): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
  )
  let text = ''
  for (const { table_name } of rows) {
    const found = await client.query(`SELECT row_to_json(each)::text AS row FROM "${table_name}" each`)
    text += `${table_name}\n${found.rows.map(({ row }) => row).join('\n')}\n`
  }
  await client.end()
  return text
}

it('holds over a day of it', { timeout: 60_000 }, async () => {
  await liveADay()
  const places = {
    'what it prints': hub.output().replaceAll(hub.setupLink ?? '', ''),
    'what it counts': await (await fetch(`${hub.url}/metrics`)).text(),
    'its database': await everythingIn(),
  }
  expect(places['what it prints']).toContain('/v1/acme/sessions')
  expect(places['what it counts']).toContain('wardkey_request_seconds')
  expect(places['its database']).toContain('NINA-1')
  for (const [name, secret] of Object.entries(secrets))
    for (const [place, text] of Object.entries(places))
      for (const form of formsOf(secret)) expect(text.includes(form), `${name} in ${place}`).toBe(false)
  // And the search finds what is there: of a join code, its hash.
  const hash = createHash('sha256')
    .update(secrets['a join code'] ?? '')
    .digest('hex')
  expect(places['its database']).toContain(hash)
})
