// Somebody between a station and its hub, who can change each answer: what makes the station believe that its log is kept.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLink, readProgress } from '../../../src/station/hub/link.ts'
import { closeAll, read, type Ward } from '../../support/attack-station.ts'
import { join, openBeside, wardBy } from '../../support/hub/joined-ward.ts'
import {
  beginOrganisation,
  call,
  joinLink,
  type Organisation,
  type RunningHub,
  startTestHub,
} from '../../support/hub/running-hub.ts'

const patient = { timeout: 20_000 }
let hub: RunningHub
let acme: Organisation
let ward: Ward
let between: http.Server
let url = ''
/** What the one between makes of an answer of this path. */
let spoil: (path: string, body: string) => string = (_, body) => body
const lies: string[] = []
beforeAll(async () => {
  hub = await startTestHub()
  acme = await beginOrganisation(hub, 'acme')
  ward = await wardBy(hub)
  between = http.createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => void pass(request, Buffer.concat(chunks), response))
  })
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(between.address() as AddressInfo).port}`
}, 120_000)
afterAll(async () => {
  await closeAll(true)
  between?.closeAllConnections()
  between?.close()
  await hub?.close()
})

async function pass(request: http.IncomingMessage, body: Buffer, response: http.ServerResponse): Promise<void> {
  const path = request.url ?? ''
  // Without news: the station asks by itself.
  if (path.endsWith('/stream')) return void response.writeHead(503).end()
  const proof = request.headers['wardkey-proof']
  const answer = await fetch(`${hub.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(proof ? { 'wardkey-proof': String(proof) } : {}) },
    body: body.toString(),
  })
  const token = answer.headers.get('wardkey-token')
  const text = spoil(path, await answer.text())
  response.writeHead(answer.status, {
    'content-type': 'application/json',
    ...(token ? { 'wardkey-token': token } : {}),
  })
  response.end(text)
}

async function progress() {
  const opened = await openBeside(ward)
  try {
    return { progress: readProgress(opened.db, opened.keys), link: readLink(opened.ledger) }
  } finally {
    opened.db.close()
  }
}
const events = () => read<number>(ward, 'SELECT max(number) FROM event')[0] ?? 0

describe('whoever stands between', { timeout: 90_000 }, () => {
  it('makes no station believe that events are kept which the hub has not signed for', async () => {
    const link = (await joinLink(hub, acme)).replace(hub.url, url)
    spoil = (path, body) => {
      if (!path.endsWith('/events')) return body
      lies.push(path)
      const answer = JSON.parse(body)
      if (lies.length === 1) return JSON.stringify({ ...answer, acknowledged: 1_000_000 })
      if (lies.length === 2)
        return JSON.stringify({ ...answer, checkpoint: answer.checkpoint.split('\n').slice(0, 5).join('\n') })
      return JSON.stringify({ ok: true, acknowledged: 1_000_000, checkpoint: '' })
    }
    expect(await join(ward, link)).toMatchObject({ ok: true })
    await expect.poll(() => lies.length, patient).toBeGreaterThan(2)
    expect((await progress()).progress?.acknowledged).toBe(0)
  })

  it('and the truth is believed once it comes through', async () => {
    spoil = (_, body) => body
    await expect
      .poll(async () => (await progress()).progress?.acknowledged === events(), { timeout: 40_000, interval: 500 })
      .toBe(true)
    expect((await progress()).progress?.checkpoint).toContain('wardkey/acme/hub')
  })

  it('who sends without an end fills no memory', async () => {
    spoil = (path, body) => (path.endsWith('/changes') ? `${body}${' '.repeat(17 * 1024 * 1024)}` : body)
    const before = (await progress()).progress?.token
    await call(
      hub,
      'POST',
      '/v1/acme/policy',
      {
        document: (await call(hub, 'GET', '/v1/acme/policy', undefined, acme.token)).body.document,
        reason: 'a change',
      },
      acme.token,
    )
    await expect.poll(() => ward.desk.screen(), { timeout: 60_000 }).toMatchObject({ hub: { state: 'offline' } })
    expect((await progress()).progress?.token).toBe(before)
    spoil = (_, body) => body
    await expect.poll(() => ward.desk.screen(), { timeout: 60_000 }).toMatchObject({ hub: { state: 'online' } })
  })
})

it('a station that was let back in is open again, on its screen and for its lease', async () => {
  const { stations } = (await call(hub, 'GET', '/v1/acme/stations', undefined, acme.token)).body
  const change = (status: string) =>
    call(hub, 'POST', `/v1/acme/stations/${stations[0].number}`, { status, reason: 'a look at it' }, acme.token)
  await change('suspended')
  await expect.poll(() => ward.desk.screen(), { timeout: 60_000 }).toMatchObject({ hub: { state: 'closed' } })
  await change('active')
  await expect.poll(() => ward.desk.screen(), { timeout: 90_000 }).toMatchObject({ hub: { state: 'online' } })
  expect((await progress()).link?.closed).toBe(null)
}, 180_000)
