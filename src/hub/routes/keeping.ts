// What is kept, how long, and for whom to prove: logs of stations, retention, legal holds.
import * as desk from '../../contracts/hub/desk.ts'
import { keptLogPage, logQuery } from '../../contracts/hub/kept-log.ts'
import { holdMade, holdRequest, holdsAnswer, retentionAnswer, retentionRequest } from '../../contracts/hub/retention.ts'
import { readKeptLog } from '../kept-log.ts'
import { liftHold, listHolds, setHold } from '../legal-holds.ts'
import type { HubParts } from '../ports.ts'
import { readRetention, setRetention } from '../retention.ts'
import type { HubServer } from '../server.ts'
import { answer, asHolder } from './organisation.ts'
import { base, change, ofId, ofStation, read, responses } from './responses.ts'

export function addKeepingRoutes(app: HubServer, parts: HubParts): void {
  app.get(
    `${base}/stations/:number/log`,
    { schema: { params: ofStation, querystring: logQuery, response: responses(keptLogPage) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, ['administrator', 'auditor'], (scope, _, organisation) =>
          readKeptLog(parts, scope, organisation, request.params.number, request.query),
        ),
      ),
  )
  app.get(`${base}/retention`, { schema: { response: responses(retentionAnswer) } }, async (request) =>
    asHolder(parts, request, read, async (scope) => ({ ok: true as const, days: await readRetention(scope) })),
  )
  app.post(
    `${base}/retention`,
    { schema: { body: retentionRequest, response: responses(retentionAnswer) } },
    async (request) =>
      asHolder(parts, request, change, (scope, doer) =>
        setRetention(scope, doer, request.body.days, request.body.reason),
      ),
  )
  app.get(`${base}/holds`, { schema: { response: responses(holdsAnswer) } }, async (request) =>
    asHolder(parts, request, read, async (scope) => ({ ok: true as const, holds: await listHolds(scope) })),
  )
  app.post(`${base}/holds`, { schema: { body: holdRequest, response: responses(holdMade) } }, async (request, reply) =>
    answer(reply, await asHolder(parts, request, change, (scope, doer) => setHold(scope, doer, request.body))),
  )
  app.post(
    `${base}/holds/:id/lift`,
    { schema: { params: ofId, body: desk.reasoned, response: responses(desk.done) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, change, (scope, doer) =>
          liftHold(scope, doer, request.params.id, request.body.reason),
        ),
      ),
  )
}
