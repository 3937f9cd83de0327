// Offers and codes to join with, tracked, withdrawn and purged; what was done stays on record. On both databases.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPGlite, openPostgres } from '../../../src/hub/database.ts'
import { codeOf } from '../../support/fakes.ts'
import { type PostgresServer, startPostgres } from '../../support/hub/postgres.ts'
import {
  beginOrganisation,
  call,
  joinLink,
  type Organisation,
  type RunningHub,
  signIn,
  startTestHub,
} from '../../support/hub/running-hub.ts'
import { SoftStation } from '../../support/hub/soft-station.ts'

const reason = 'made by mistake'
const dayMs = 24 * 60 * 60_000

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
  }, 90_000)
  afterAll(async () => {
    await hub?.close()
    server?.stop()
  })

  const at = (method: string, path: string, body?: unknown, { slug, token } = acme) =>
    call(hub, method, `/v1/${slug}${path}`, body, token)
  const offers = async (query = '', of = acme) => (await at('GET', `/offers${query}`, undefined, of)).body.offers
  const codes = async (query = '', of = acme) => (await at('GET', `/join-codes${query}`, undefined, of)).body.joinCodes
  const added = async (staffId: string): Promise<string> =>
    (await at('POST', '/people', { staffId, displayName: `Person ${staffId}`, roles: ['staff'] })).body.id

  it('shows an open offer without its secret, and ends it when it is withdrawn', async () => {
    const person = await added('OFFER-1')
    const { offerId, setupKey } = (await at('POST', `/people/${person}/offers`, {})).body
    const listed = await at('GET', '/offers')
    expect(listed.body.offers).toMatchObject([{ id: offerId, staffId: 'OFFER-1', status: 'open', tries: 0 }])
    expect(JSON.stringify(listed.body)).not.toContain(setupKey)
    expect(await offers('', other)).toEqual([])
    expect(await at('POST', `/offers/${offerId}/withdraw`, { reason }, other)).toMatchObject({ status: 404 })
    expect(await at('POST', `/offers/${offerId}/withdraw`, {})).toMatchObject({ status: 400 })
    expect((await at('POST', `/offers/${offerId}/withdraw`, { reason })).body).toEqual({ ok: true })
    const code = codeOf(setupKey, hub.time.ms)
    expect((await at('POST', `/offers/${offerId}/confirm`, { code })).body).toMatchObject({ reason: 'offer-ended' })
    expect((await at('POST', `/offers/${offerId}/withdraw`, { reason })).body).toMatchObject({
      reason: 'no-such-offer',
    })
    expect(await offers()).toEqual([])
    expect(await offers('?only=all')).toContainEqual(expect.objectContaining({ id: offerId, status: 'ended' }))
  })

  it('calls an offer ended from the moment that its time is over', async () => {
    const { offerId } = (await at('POST', `/people/${await added('OFFER-2')}/offers`, {})).body
    hub.time.pass(5 * 60_000)
    expect(await offers()).toEqual([])
    expect(await offers('?only=all')).toContainEqual(expect.objectContaining({ id: offerId, status: 'ended' }))
    expect(await at('POST', `/offers/${offerId}/withdraw`, { reason })).toMatchObject({ status: 404 })
  })

  it('shows a code to join with but not what it is, and lets nobody join by one that was withdrawn', async () => {
    const link = await joinLink(hub, acme, 'Ward 7')
    const [open] = await codes()
    expect(open).toMatchObject({ group: 'Ward 7', status: 'open', madeBy: 'HUB-1' })
    expect(JSON.stringify(open)).not.toContain(link.split('#')[1])
    expect(await codes('', other)).toEqual([])
    expect(await at('POST', `/join-codes/${open.id}/withdraw`, { reason }, other)).toMatchObject({ status: 404 })
    expect((await at('POST', `/join-codes/${open.id}/withdraw`, { reason })).body).toEqual({ ok: true })
    const station = new SoftStation(hub, 'acme')
    expect(await station.join(link)).toMatchObject({ status: 409, body: { reason: 'join-refused' } })
    expect(await at('POST', `/join-codes/${open.id}/withdraw`, { reason })).toMatchObject({ status: 404 })
    expect(await station.join(await joinLink(hub, acme))).toMatchObject({ status: 200 })
    expect(await codes()).toEqual([])
    expect((await codes('?only=all')).map(({ status }: { status: string }) => status)).toEqual(['ended', 'used'])
  })

  it('goes through them page by page', async () => {
    for (const name of ['A', 'B', 'C']) await at('POST', `/people/${await added(`PAGE-${name}`)}/offers`, {})
    const first = (await at('GET', '/offers?limit=2')).body
    expect(first.offers).toHaveLength(2)
    const second = (await at('GET', `/offers?limit=2&after=${first.next}`)).body
    expect(second).toMatchObject({ next: null, offers: [{ staffId: 'PAGE-C' }] })
    expect((await at('GET', '/offers?limit=0')).status).toBe(400)
    expect((await at('GET', '/offers?after=1')).status).toBe(400)
    expect((await at('GET', '/join-codes?only=secret')).status).toBe(400)
  })

  it('purges what is over, of its own organisation, and nothing that is open', async () => {
    other.token = await signIn(hub, 'other', 'HUB-1', other.setupKey)
    const mine = await at('POST', '/people', { staffId: 'KEPT-1', displayName: 'K', roles: ['staff'] }, other)
    await at('POST', `/people/${mine.body.id}/offers`, {}, other)
    hub.time.pass(2 * dayMs)
    acme.token = await signIn(hub, 'acme', 'HUB-1', acme.setupKey)
    other.token = await signIn(hub, 'other', 'HUB-1', other.setupKey)
    const { offerId } = (await at('POST', `/people/${await added('NEW-1')}/offers`, {})).body
    await joinLink(hub, acme)
    expect((await at('POST', '/purge', { days: -1, reason })).status).toBe(400)
    expect((await at('POST', '/purge', { days: 30, reason })).body).toMatchObject({ offers: 0, joinCodes: 0 })
    const { body } = await at('POST', '/purge', { days: 1, reason })
    expect(body).toMatchObject({ ok: true, joinCodes: 2 })
    expect(body.offers).toBeGreaterThan(4)
    expect(await offers('?only=all')).toMatchObject([{ id: offerId }])
    expect(await codes('?only=all')).toHaveLength(1)
    expect((await offers('?only=all', other)).map(({ staffId }: { staffId: string }) => staffId)).toContain('KEPT-1')
  })

  it('keeps on record who did what, for administrators and auditors of this organisation', async () => {
    const { actions, next } = (await at('GET', '/actions?limit=5')).body
    expect(actions).toHaveLength(5)
    expect(next).toBe(actions[4].id)
    expect(actions[0]).toMatchObject({
      type: 'pending-purged',
      actor: { staffId: 'HUB-1' },
      details: { days: 1, reason },
    })
    const all = (await at('GET', '/actions?limit=200')).body.actions
    for (const type of ['offer-withdrawn', 'join-code-withdrawn', 'offer-made', 'join-code-made', 'station-joined'])
      expect(all).toContainEqual(expect.objectContaining({ type }))
    const theirs = (await at('GET', '/actions?limit=200', undefined, other)).body.actions
    expect(theirs).not.toContainEqual(expect.objectContaining({ type: 'offer-withdrawn' }))
  })
})
