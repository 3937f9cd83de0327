// What stations ask: to join, what has changed, to keep their events, and to be told at once.
import type { FastifyRequest } from 'fastify'
import { changesAnswer, changesRequest } from '../../contracts/hub/down.ts'
import { joinAnswer, joinRequest } from '../../contracts/hub/join.ts'
import { hubRefusal } from '../../contracts/hub/names.ts'
import { proofHeader, tokenHeader } from '../../contracts/hub/proof.ts'
import { eventsAnswer, eventsRequest } from '../../contracts/hub/up.ts'
import { type Admission, type Admitted, admit } from '../admission.ts'
import { holdToHead, takeEvents } from '../ingest.ts'
import { joinStation } from '../joining.ts'
import type { News } from '../news.ts'
import type { Organisation } from '../organisations.ts'
import type { HubParts } from '../ports.ts'
import { changesFor } from '../sending.ts'
import type { HubServer } from '../server.ts'
import { answer, organisationOf, Refused } from './organisation.ts'

const base = '/v1/:organisation'
const refusals = {
  400: hubRefusal,
  401: hubRefusal,
  403: hubRefusal,
  404: hubRefusal,
  409: hubRefusal,
  429: hubRefusal,
}
const beatMs = 15_000

export function addStationRoutes(app: HubServer, parts: HubParts, news: News): void {
  app.post(
    `${base}/join`,
    {
      config: { rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: { body: joinRequest, response: { 200: joinAnswer, ...refusals } },
    },
    async (request, reply) => {
      const organisation = await organisationOf(parts, request)
      const { body } = request
      return answer(
        reply,
        await parts.db.within(organisation.id, (scope) => joinStation(parts, scope, organisation, body)),
      )
    },
  )
  app.post(
    `${base}/station/changes`,
    { schema: { body: changesRequest, response: { 200: changesAnswer, ...refusals } } },
    async (request, reply) => {
      const { organisation, admitted } = await stationOf(parts, request)
      reply.header(tokenHeader, admitted.token)
      const { after, epoch, checkpoint, appVersion } = request.body
      const { number, nonce } = admitted
      return parts.db.within(organisation.id, async (scope) => {
        await scope.updateTable('station').set({ app_version: appVersion }).where('number', '=', number).execute()
        await holdToHead(parts, scope, organisation, number, checkpoint)
        return changesFor(parts, scope, organisation, { number, nonce, after, epoch })
      })
    },
  )
  app.post(
    `${base}/station/events`,
    { schema: { body: eventsRequest, response: { 200: eventsAnswer, ...refusals } } },
    async (request, reply) => {
      const { organisation, admitted } = await stationOf(parts, request)
      reply.header(tokenHeader, admitted.token)
      const { body } = request
      const taken = await parts.db.within(organisation.id, (scope) =>
        takeEvents(parts, scope, organisation, admitted.number, body),
      )
      return answer(reply, taken)
    },
  )
  app.get(`${base}/station/stream`, async (request, reply) => {
    const { organisation } = await stationOf(parts, request, false)
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    const beat = setInterval(() => raw.write(': here\n\n'), beatMs)
    const stop = news.hear(organisation.id, (cursor) => raw.write(`data: ${cursor}\n\n`))
    raw.on('close', () => {
      clearInterval(beat)
      stop()
    })
  })
}

/** What the station is, by its own signature; throws Refused. @param goesOn whether its token goes on. */
async function stationOf(
  parts: HubParts,
  request: FastifyRequest,
  goesOn = true,
): Promise<{ organisation: Organisation; admitted: Admitted }> {
  const organisation = await organisationOf(parts, request)
  const proof = String(request.headers[proofHeader] ?? '')
  const asked = { method: request.method, path: request.url, body: request.text, proof }
  const admission: Admission = await parts.db.within(organisation.id, (scope) =>
    admit(parts, scope, organisation, asked, goesOn),
  )
  if (!admission.ok) throw new Refused(admission.reason.startsWith('station-') ? 403 : 401, admission.reason)
  return { organisation, admitted: admission }
}
