// What administrators do: people, offers, stations, alerts, policy. Each route says who may, and is one transaction.
import { z } from 'zod'
import * as desk from '../../contracts/hub/desk.ts'
import { endAccess, signIn } from '../access.ts'
import { acknowledgeAlert, listAlerts } from '../alerts.ts'
import { confirmOffer, makeOffer } from '../enrollment.ts'
import { makeJoinCode } from '../joining.ts'
import { addPerson, changeStatus, listPeople, revokeCredential } from '../people.ts'
import { listWaitingPhones, settlePhone } from '../phones.ts'
import { readPolicy, setPolicy } from '../policies.ts'
import type { HubParts } from '../ports.ts'
import type { HubServer } from '../server.ts'
import { changeStation, listStations } from '../stations.ts'
import { answer, asHolder, organisationOf, tokenOf } from './organisation.ts'
import { base, change, help, ofId, ofStation, read, responses } from './responses.ts'

export function addDeskRoutes(app: HubServer, parts: HubParts): void {
  addAccess(app, parts)
  addPeople(app, parts)
  addPhones(app, parts)
  addStations(app, parts)
  addRest(app, parts)
}

function addAccess(app: HubServer, parts: HubParts): void {
  app.post(
    `${base}/sessions`,
    {
      config: { rateLimit: { max: 60, timeWindow: 60_000 } },
      schema: { body: desk.signInRequest, response: responses(desk.signedIn) },
    },
    async (request, reply) => {
      const organisation = await organisationOf(parts, request, { statusCode: 401, reason: 'wrong-code' })
      const said = await parts.db.within(organisation.id, (scope) => signIn(parts, scope, organisation, request.body))
      if (!said.ok) return reply.code(said.reason === 'throttled' ? 429 : 401).send({ ok: false, reason: said.reason })
      return { ...said, organisation: organisation.slug }
    },
  )
  app.delete(`${base}/sessions`, { schema: { response: responses(desk.done) } }, async (request) =>
    asHolder(parts, request, read, async (scope) => {
      await endAccess(parts, scope, tokenOf(request))
      return { ok: true as const }
    }),
  )
}

function addPeople(app: HubServer, parts: HubParts): void {
  app.get(
    `${base}/people`,
    { schema: { querystring: desk.peopleQuery, response: responses(desk.peoplePage) } },
    async (request) =>
      asHolder(parts, request, read, async (scope) => ({
        ok: true as const,
        ...(await listPeople(scope, request.query)),
      })),
  )
  app.post(
    `${base}/people`,
    { schema: { body: desk.newHubPerson, response: responses(z.strictObject({ ok: z.literal(true), id: z.uuid() })) } },
    async (request, reply) =>
      answer(reply, await asHolder(parts, request, change, (scope, doer) => addPerson(scope, doer, request.body))),
  )
  app.post(
    `${base}/people/:id/status`,
    { schema: { params: ofId, body: desk.personStatus, response: responses(desk.done) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, change, (scope, doer) =>
          changeStatus(scope, doer, request.params.id, request.body.status, request.body.reason),
        ),
      ),
  )
  app.post(
    `${base}/people/:id/offers`,
    { schema: { params: ofId, response: responses(desk.madeOffer) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, change, (scope, doer) => makeOffer(parts, scope, doer, request.params.id)),
      ),
  )
  app.post(
    `${base}/offers/:id/confirm`,
    {
      schema: {
        params: ofId,
        body: desk.confirmation,
        response: responses(z.strictObject({ ok: z.literal(true), personId: z.uuid(), credentialId: z.uuid() })),
      },
    },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, change, (scope, doer) =>
          confirmOffer(parts, scope, doer, request.params.id, request.body.code),
        ),
      ),
  )
  app.post(
    `${base}/credentials/:id/revoke`,
    { schema: { params: ofId, body: desk.reasoned, response: responses(desk.done) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, help, (scope, doer) =>
          revokeCredential(scope, doer, request.params.id, request.body.reason, doer.holder.roles),
        ),
      ),
  )
}

function addPhones(app: HubServer, parts: HubParts): void {
  app.get(
    `${base}/phones`,
    { schema: { querystring: desk.phonesQuery, response: responses(desk.waitingPhones) } },
    async (request) =>
      asHolder(parts, request, read, async (scope) => ({
        ok: true as const,
        ...(await listWaitingPhones(scope, request.query.after, request.query.limit)),
      })),
  )
  for (const [word, letIn] of [
    ['approve', 'yes'],
    ['refuse', 'no'],
  ] as const)
    app.post(
      `${base}/phones/:id/${word}`,
      { schema: { params: ofId, body: desk.reasoned, response: responses(desk.done) } },
      async (request, reply) =>
        answer(
          reply,
          await asHolder(parts, request, change, (scope, doer) =>
            settlePhone(scope, doer, request.params.id, letIn, request.body.reason),
          ),
        ),
    )
}

function addStations(app: HubServer, parts: HubParts): void {
  app.post(
    `${base}/join-codes`,
    { schema: { body: desk.joinCodeRequest, response: responses(desk.joinCodeMade) } },
    async (request) =>
      asHolder(parts, request, change, async (scope, doer, { slug }) => {
        const made = await makeJoinCode(scope, doer, request.body.group)
        return { ok: true as const, ...made, link: `${parts.publicUrl}/v1/${slug}/join#${made.code}` }
      }),
  )
  app.get(
    `${base}/stations`,
    { schema: { querystring: desk.stationsQuery, response: responses(desk.stationsPage) } },
    async (request) =>
      asHolder(parts, request, read, async (scope) => ({
        ok: true as const,
        ...(await listStations(scope, request.query.after, request.query.limit)),
      })),
  )
  app.post(
    `${base}/stations/:number`,
    { schema: { params: ofStation, body: desk.stationChange, response: responses(desk.done) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, change, (scope, doer) =>
          changeStation(scope, doer, request.params.number, request.body),
        ),
      ),
  )
}

function addRest(app: HubServer, parts: HubParts): void {
  app.get(
    `${base}/alerts`,
    { schema: { querystring: desk.alertsQuery, response: responses(desk.alertsPage) } },
    async (request) =>
      asHolder(parts, request, read, async (scope) => ({
        ok: true as const,
        ...(await listAlerts(scope, request.query.after, request.query.limit)),
      })),
  )
  app.post(
    `${base}/alerts/:id/acknowledge`,
    { schema: { params: ofId, response: responses(desk.done) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, change, async (scope, doer) =>
          (await acknowledgeAlert(scope, request.params.id, doer.actor, doer.nowMs))
            ? { ok: true as const }
            : { ok: false as const, reason: 'no-such-alert' },
        ),
      ),
  )
  app.get(`${base}/policy`, { schema: { response: responses(desk.policyAnswer) } }, async (request) =>
    asHolder(parts, request, read, async (scope) => ({ ok: true as const, ...(await readPolicy(scope)) })),
  )
  app.post(
    `${base}/policy`,
    { schema: { body: desk.policyRequest, response: responses(desk.policyAnswer) } },
    async (request, reply) =>
      answer(reply, await asHolder(parts, request, change, (scope, doer) => setPolicy(scope, doer, request.body))),
  )
}
