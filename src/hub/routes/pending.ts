// What was begun and done at the hub: offers and codes to join with, listed and withdrawn; actions; and who may how much.
import * as desk from '../../contracts/hub/desk.ts'
import * as pending from '../../contracts/hub/pending.ts'
import type { Role } from '../../contracts/roles.ts'
import { listActions } from '../actions.ts'
import { listJoinCodes, listOffers, purgePending, withdrawJoinCode, withdrawOffer } from '../pending.ts'
import { changeAccess } from '../person-access.ts'
import type { HubParts } from '../ports.ts'
import type { HubServer } from '../server.ts'
import { answer, asHolder } from './organisation.ts'
import { base, change, ofId, read, responses } from './responses.ts'

/** As for the stations' logs. */
const review: readonly Role[] = ['administrator', 'auditor']

export function addPendingRoutes(app: HubServer, parts: HubParts): void {
  app.get(
    `${base}/offers`,
    { schema: { querystring: pending.pendingQuery, response: responses(pending.offersPage) } },
    async (request) =>
      asHolder(parts, request, read, async (scope, { nowMs }) => ({
        ok: true as const,
        ...(await listOffers(scope, request.query, nowMs)),
      })),
  )
  app.get(
    `${base}/join-codes`,
    { schema: { querystring: pending.pendingQuery, response: responses(pending.joinCodesPage) } },
    async (request) =>
      asHolder(parts, request, read, async (scope, { nowMs }) => ({
        ok: true as const,
        ...(await listJoinCodes(scope, request.query, nowMs)),
      })),
  )
  for (const [what, withdraw] of [
    ['offers', withdrawOffer],
    ['join-codes', withdrawJoinCode],
  ] as const)
    app.post(
      `${base}/${what}/:id/withdraw`,
      { schema: { params: ofId, body: desk.reasoned, response: responses(desk.done) } },
      async (request, reply) =>
        answer(
          reply,
          await asHolder(parts, request, change, (scope, doer) =>
            withdraw(scope, doer, request.params.id, request.body.reason),
          ),
        ),
    )
  app.post(
    `${base}/purge`,
    { schema: { body: pending.purgeRequest, response: responses(pending.purged) } },
    async (request) =>
      asHolder(parts, request, change, (scope, doer) =>
        purgePending(scope, doer, request.body.days, request.body.reason),
      ),
  )
  app.get(
    `${base}/actions`,
    { schema: { querystring: pending.actionsQuery, response: responses(pending.actionsPage) } },
    async (request) =>
      asHolder(parts, request, review, async (scope) => ({
        ok: true as const,
        ...(await listActions(scope, request.query)),
      })),
  )
  app.post(
    `${base}/people/:id/access`,
    { schema: { params: ofId, body: pending.accessChange, response: responses(pending.accessChanged) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, change, (scope, doer) =>
          changeAccess(scope, doer, request.params.id, request.body),
        ),
      ),
  )
}
