// A hub in this process, on a database of its own, with its first administrator enrolled.

import { type HubDatabase, openPGlite } from '../../../src/hub/database.ts'
import { HubKeys } from '../../../src/hub/keys.ts'
import { News } from '../../../src/hub/news.ts'
import { makeSetupSecret } from '../../../src/hub/organisations.ts'
import type { PhoneFiles } from '../../../src/hub/phone-page.ts'
import type { HubParts } from '../../../src/hub/ports.ts'
import { buildServer, type HubServer } from '../../../src/hub/server.ts'
import type { HubSettings } from '../../../src/hub/settings.ts'
import { codeOf, FakeClock } from '../fakes.ts'

/** Time that a test moves by hand; it starts as that of a station in a test does. */
export class HubTime {
  ms = new FakeClock().wallMs
  pass(ms: number): void {
    this.ms += ms
  }
}

/** What most of a test needs of a hub, in this process or in another. */
export interface Reached {
  readonly url: string
  readonly time: { readonly ms: number; pass(ms: number): void | Promise<void> }
}

export interface RunningHub {
  readonly url: string
  readonly time: HubTime
  readonly parts: HubParts
  readonly app: HubServer
  /** Nobody reaches it any more; the database goes on. */
  cutOff(): Promise<void>
  close(): Promise<void>
}

const rootKey = Buffer.alloc(32, 7)

/** @param db another than a new one in memory. */
export async function startTestHub(
  db?: HubDatabase,
  time = new HubTime(),
  phonePage: PhoneFiles | null = null,
  behindProxy: HubSettings['behindProxy'] = [],
): Promise<RunningHub> {
  const database = db ?? (await openPGlite(null))
  let url = ''
  const parts: HubParts = {
    db: database,
    keys: new HubKeys(rootKey),
    nowMs: () => time.ms,
    get publicUrl() {
      return url
    },
  }
  const failures: unknown[] = []
  const news = new News(database, parts.nowMs, (error) => failures.push(error))
  const app = await buildServer(parts, news, { tls: null, logs: false, version: 'test', behindProxy, phonePage })
  await news.start()
  url = await app.listen({ host: '127.0.0.1', port: 0 })
  const cutOff = async () => {
    const closing = app.close()
    app.server.closeAllConnections()
    await closing
  }
  return {
    url,
    time,
    parts,
    app,
    cutOff,
    async close() {
      await cutOff()
      await news.stop()
      await database.close()
      if (failures.length > 0) throw failures[0]
    },
  }
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads out of an answer it asserts.
  readonly body: any
}

export async function call(
  hub: Reached,
  method: string,
  path: string,
  body?: unknown,
  token?: string,
): Promise<Answer> {
  const response = await fetch(`${hub.url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

export interface Organisation {
  readonly slug: string
  readonly setupKey: string
  /** Of the administrator; it lasts a quarter of an hour. */
  token: string
}

/** As whoever opens the link does. */
export const beginOrganisation = async (hub: RunningHub, slug: string): Promise<Organisation> =>
  setUpBy(hub, slug, await makeSetupSecret(hub.parts))

/** @param token of the link. */
export async function setUpBy(hub: Reached, slug: string, token: string): Promise<Organisation> {
  const organisation = { slug, name: `Organisation ${slug}` }
  const administrator = { staffId: 'HUB-1', displayName: 'Hanna Hub' }
  const made = await call(hub, 'POST', '/v1/set-up', { token, organisation, administrator })
  if (made.status !== 200) throw new Error(JSON.stringify(made))
  const { setupKey } = made.body
  const confirmed = await call(hub, 'POST', '/v1/set-up/confirm', { token, code: codeOf(setupKey, hub.time.ms) })
  if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed))
  return { slug, setupKey, token: await signIn(hub, slug, 'HUB-1', setupKey) }
}

/** With the next code, since one is taken once. */
export async function signIn(hub: Reached, slug: string, staffId: string, setupKey: string): Promise<string> {
  await hub.time.pass(30_000)
  const code = codeOf(setupKey, hub.time.ms)
  const answer = await call(hub, 'POST', `/v1/${slug}/sessions`, { staffId, code })
  if (answer.status !== 200) throw new Error(JSON.stringify(answer))
  return answer.body.token
}

/** Somebody of the organisation whose authenticator app is confirmed. */
export async function enrollAtHub(
  hub: Reached,
  { slug, token }: Organisation,
  staffId: string,
  more: { groups?: string[]; roles?: string[] } = {},
): Promise<{ id: string; setupKey: string; credentialId: string }> {
  const person = {
    staffId,
    displayName: `Person ${staffId}`,
    roles: more.roles ?? ['staff'],
    ...(more.groups ? { groups: more.groups } : {}),
  }
  const added = await call(hub, 'POST', `/v1/${slug}/people`, person, token)
  if (added.status !== 200) throw new Error(JSON.stringify(added))
  const offer = await call(hub, 'POST', `/v1/${slug}/people/${added.body.id}/offers`, {}, token)
  const code = codeOf(offer.body.setupKey, hub.time.ms)
  const confirmed = await call(hub, 'POST', `/v1/${slug}/offers/${offer.body.offerId}/confirm`, { code }, token)
  if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed))
  return { id: added.body.id, setupKey: offer.body.setupKey, credentialId: confirmed.body.credentialId }
}

export async function joinLink(
  hub: Reached,
  { slug, token }: Organisation,
  group: string | null = null,
): Promise<string> {
  const made = await call(hub, 'POST', `/v1/${slug}/join-codes`, { group }, token)
  if (made.status !== 200) throw new Error(JSON.stringify(made))
  return made.body.link
}
