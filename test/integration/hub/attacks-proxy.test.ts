// A station behind a proxy that sends requests twice, keeps them back, cuts answers off and mixes their order: nothing of it shows.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPostgres } from '../../../src/hub/database.ts'
import { closeAll, read, signIn as signInAt, type Ward } from '../../support/attack-station.ts'
import { join, wardBy } from '../../support/hub/joined-ward.ts'
import { type PostgresServer, startPostgres } from '../../support/hub/postgres.ts'
import {
  beginOrganisation,
  call,
  enrollAtHub,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'

let server: PostgresServer
/** Two processes; each request goes to either. */
let hubs: RunningHub[] = []
let acme: Organisation
let ward: Ward
let proxy: http.Server
const late: Promise<unknown>[] = []
const done = { twice: 0, late: 0, cut: 0 }
let turn = 0
let count = 0

beforeAll(async () => {
  server = await startPostgres()
  const url = server.newDatabase()
  const first = await startTestHub(await openPostgres(url))
  hubs = [first, await startTestHub(await openPostgres(url), first.time)]
  acme = await beginOrganisation(first, 'acme')
  ward = await wardBy(first)
  proxy = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on(
      'end',
      () => void pass(request, Buffer.concat(chunks).toString(), response).catch(() => response.destroy()),
    )
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
}, 120_000)
afterAll(async () => {
  await closeAll(true)
  await Promise.allSettled(late)
  proxy?.closeAllConnections()
  proxy?.close()
  for (const hub of hubs) await hub.close()
  server?.stop()
})

/** In turns: once as it is, twice, kept back until others went by, or with the answer cut off. */
async function pass(request: http.IncomingMessage, body: string, response: http.ServerResponse): Promise<void> {
  const path = request.url ?? ''
  if (path.endsWith('/stream')) return void response.writeHead(503).end()
  const proof = request.headers['wardkey-proof']
  const send = () =>
    fetch(`${hubs[++turn % 2]?.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(proof ? { 'wardkey-proof': String(proof) } : {}) },
      body,
    })
  const what = path.endsWith('/join') ? 'plain' : ['plain', 'twice', 'late', 'cut'][++count % 4]
  if (what === 'twice') {
    done.twice++
    await send()
  }
  if (what === 'late') {
    done.late++
    // Sent once more when the station has long gone on.
    late.push(delay(700).then(send))
  }
  const answer = await send()
  if (what === 'cut') {
    done.cut++
    return void response.destroy()
  }
  const token = answer.headers.get('wardkey-token')
  const challenge = answer.headers.get('wardkey-challenge')
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    ...(token ? { 'wardkey-token': token } : {}),
    ...(challenge ? { 'wardkey-challenge': challenge } : {}),
  })
  response.end(await answer.text())
}

it('loses nothing, keeps nothing twice, holds no station and raises no alert', { timeout: 150_000 }, async () => {
  const [hub] = hubs as [RunningHub]
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  expect(await join(ward, (await joinLink(hub, acme)).replace(hub.url, url))).toMatchObject({ ok: true })
  const at = async (path: string) => (await call(hub, 'GET', `/v1/acme${path}`, undefined, acme.token)).body
  const patient = { timeout: 60_000, interval: 250 }
  const events = () => read<number>(ward, 'SELECT max(number) FROM event')[0]
  for (let round = 0; round < 12; round++) {
    await enrollAtHub(hub, acme, `N-${round}`)
    await signInAt(ward)
    ward.desk.lock('lock-button')
    await expect.poll(async () => (await at('/stations')).stations[0].events === events(), patient).toBe(true)
  }
  await Promise.allSettled(late)
  await expect.poll(async () => (await at('/stations')).stations[0].events === events(), patient).toBe(true)
  expect(Math.min(done.twice, done.late, done.cut)).toBeGreaterThan(0)
  expect((await at('/alerts')).alerts).toEqual([])
  expect((await at('/stations')).stations[0].status).toBe('active')
})
