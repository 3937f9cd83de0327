// What stations ask: to join, what has changed, to keep their events, and to be told at once.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { answersForStation, answersRequest } from '../../contracts/hub/answers.ts'
import { boxAnswer, openBoxRequest, partsForStation, partsRequest, sentWelcome } from '../../contracts/hub/bindings.ts'
import { changesAnswer, changesRequest } from '../../contracts/hub/down.ts'
import { joinAnswer, joinRequest } from '../../contracts/hub/join.ts'
import { phonesAnswer, phonesRequest } from '../../contracts/hub/phones.ts'
import { challengeHeader, proofHeader, tokenHeader } from '../../contracts/hub/proof.ts'
import { eventsAnswer, eventsRequest } from '../../contracts/hub/up.ts'
import { type Admission, type Admitted, admit, isStillAsked } from '../admission.ts'
import { openBox, partsFor, putWelcome } from '../bindings.ts'
import type { Scope } from '../database.ts'
import { holdToHead, takeEvents } from '../ingest.ts'
import { joinStation } from '../joining.ts'
import type { Metrics } from '../metrics.ts'
import type { News } from '../news.ts'
import type { Organisation } from '../organisations.ts'
import { takePhones } from '../phones.ts'
import type { HubParts } from '../ports.ts'
import { bytesOf } from '../primitives.ts'
import { changesFor } from '../sending.ts'
import { answersFor } from '../sent-answers.ts'
import type { HubServer } from '../server.ts'
import { Streams } from '../streams.ts'
import { answer, organisationOf, Refused } from './organisation.ts'
import { base, responses } from './responses.ts'

/** A batch of a station is far below it. */
const eventsBytes = 16 * 1024 * 1024

export function addStationRoutes(app: HubServer, parts: HubParts, news: News, metrics: Metrics): void {
  const streams = new Streams(metrics)
  app.post(
    `${base}/join`,
    {
      config: { rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: { body: joinRequest, response: responses(joinAnswer) },
    },
    async (request, reply) => {
      const organisation = await organisationOf(parts, request, { statusCode: 409, reason: 'join-refused' })
      const { body } = request
      return answer(
        reply,
        await parts.db.within(organisation.id, (scope) => joinStation(parts, scope, organisation, body)),
      )
    },
  )
  app.post(
    `${base}/station/changes`,
    { schema: { body: changesRequest, response: responses(changesAnswer) } },
    async (request, reply) => {
      const { organisation, admitted } = await stationOf(parts, request, reply)
      reply.header(tokenHeader, admitted.token)
      const { after, epoch, checkpoint, appVersion } = request.body
      const { number, nonce } = admitted
      return parts.db.within(organisation.id, async (scope) => {
        await holdToAsked(scope, admitted)
        await scope.updateTable('station').set({ app_version: appVersion }).where('number', '=', number).execute()
        await holdToHead(parts, scope, organisation, number, checkpoint)
        return changesFor(parts, scope, organisation, { number, nonce, after, epoch })
      })
    },
  )
  app.post(
    `${base}/station/events`,
    {
      bodyLimit: eventsBytes,
      schema: { body: eventsRequest, response: responses(eventsAnswer) },
    },
    async (request, reply) => {
      const { organisation, admitted } = await stationOf(parts, request, reply)
      reply.header(tokenHeader, admitted.token)
      const { body } = request
      const taken = await parts.db.within(organisation.id, async (scope) => {
        await holdToAsked(scope, admitted)
        return takeEvents(parts, scope, organisation, admitted.number, body)
      })
      if (!taken.ok) return answer(reply, taken)
      const { kept, ...said } = taken
      metrics.events.inc(kept)
      return reply.send(said)
    },
  )
  app.post(
    `${base}/station/phones`,
    { schema: { body: phonesRequest, response: responses(phonesAnswer) } },
    async (request, reply) => {
      const { organisation, admitted } = await stationOf(parts, request, reply)
      reply.header(tokenHeader, admitted.token)
      const doer = { organisation: organisation.id, actor: null, station: admitted.number, nowMs: parts.nowMs() }
      await parts.db.within(organisation.id, async (scope) => {
        await holdToAsked(scope, admitted)
        await takePhones(scope, doer, admitted.number, request.body.phones)
      })
      return { ok: true as const }
    },
  )
  app.post(
    `${base}/station/answers`,
    { schema: { body: answersRequest, response: responses(answersForStation) } },
    async (request, reply) => {
      const { organisation, admitted } = await stationOf(parts, request, reply)
      reply.header(tokenHeader, admitted.token)
      const answers = await parts.db.within(organisation.id, async (scope) => {
        await holdToAsked(scope, admitted)
        return answersFor(scope, admitted.number, parts.nowMs())
      })
      return { ok: true as const, answers }
    },
  )
  app.post(
    `${base}/station/boxes`,
    { schema: { body: openBoxRequest, response: responses(boxAnswer) } },
    async (request, reply) => {
      const { organisation, admitted } = await stationOf(parts, request, reply)
      reply.header(tokenHeader, admitted.token)
      const { box, livesMs } = request.body
      await parts.db.within(organisation.id, async (scope) => {
        await holdToAsked(scope, admitted)
        const opened = { box: bytesOf(box), livesMs }
        await openBox(scope, organisation.id, admitted.number, opened, parts.nowMs())
      })
      return { ok: true as const }
    },
  )
  app.post(
    `${base}/station/parts`,
    { schema: { body: partsRequest, response: responses(partsForStation) } },
    async (request, reply) => {
      const { organisation, admitted } = await stationOf(parts, request, reply)
      reply.header(tokenHeader, admitted.token)
      const found = await parts.db.within(organisation.id, async (scope) => {
        await holdToAsked(scope, admitted)
        return partsFor(scope, admitted.number, parts.nowMs())
      })
      return { ok: true as const, parts: found }
    },
  )
  app.post(
    `${base}/station/welcomes`,
    { schema: { body: sentWelcome, response: responses(boxAnswer) } },
    async (request, reply) => {
      const { organisation, admitted } = await stationOf(parts, request, reply)
      reply.header(tokenHeader, admitted.token)
      const { box, part, welcome } = request.body
      const said = await parts.db.within(organisation.id, async (scope) => {
        await holdToAsked(scope, admitted)
        const put = { box: bytesOf(box), part: bytesOf(part), welcome: bytesOf(welcome) }
        return putWelcome(scope, admitted.number, put, parts.nowMs())
      })
      return answer(reply, said)
    },
  )
  app.get(`${base}/station/stream`, async (request, reply) => {
    const { organisation, admitted } = await stationOf(parts, request, reply, false)
    reply.hijack()
    streams.open(organisation.id, admitted.number, reply.raw, news)
  })
}

/** What the station is, by its own signature; throws Refused. @param goesOn whether its token goes on. */
async function stationOf(
  parts: HubParts,
  request: FastifyRequest,
  reply: FastifyReply,
  goesOn = true,
): Promise<{ organisation: Organisation; admitted: Admitted }> {
  const organisation = await organisationOf(parts, request, { statusCode: 401, reason: 'no-proof' })
  const proof = String(request.headers[proofHeader] ?? '')
  const asked = { method: request.method, path: request.url, body: request.text, proof }
  const admission: Admission = await parts.db.within(organisation.id, (scope) =>
    admit(parts, scope, organisation, asked, goesOn),
  )
  if (!admission.ok && admission.reason === 'token-old') reply.header(challengeHeader, admission.challenge)
  if (!admission.ok) throw new Refused(admission.reason.startsWith('station-') ? 403 : 401, admission.reason)
  return { organisation, admitted: admission }
}

/** Throws Refused where the station was closed out since it was admitted, or has gone on without this answer. */
async function holdToAsked(scope: Scope, admitted: Admitted): Promise<void> {
  if (!(await isStillAsked(scope, admitted))) throw new Refused(401, 'no-proof')
}
