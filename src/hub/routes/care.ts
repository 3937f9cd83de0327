// What keeps an organisation in order: stolen stations and what they took with them, suspended authenticator apps.
import * as desk from '../../contracts/hub/desk.ts'
import { heldSecrets, renewed } from '../../contracts/hub/stolen.ts'
import { reinstateCredential } from '../people.ts'
import type { HubParts } from '../ports.ts'
import type { HubServer } from '../server.ts'
import { renewStolen, secretsHeld } from '../stolen.ts'
import { answer, asHolder } from './organisation.ts'
import { base, change, ofId, ofStation, read, responses } from './responses.ts'

export function addCareRoutes(app: HubServer, parts: HubParts): void {
  app.get(
    `${base}/stations/:number/secrets`,
    { schema: { params: ofStation, response: responses(heldSecrets) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, read, (scope, doer) => secretsHeld(scope, doer.actor, request.params.number)),
      ),
  )
  app.post(
    `${base}/stations/:number/stolen`,
    { schema: { params: ofStation, body: desk.reasoned, response: responses(renewed) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, change, (scope, doer) =>
          renewStolen(scope, doer, request.params.number, request.body.reason),
        ),
      ),
  )
  app.post(
    `${base}/credentials/:id/reinstate`,
    { schema: { params: ofId, body: desk.reasoned, response: responses(desk.done) } },
    async (request, reply) =>
      answer(
        reply,
        await asHolder(parts, request, change, (scope, doer) =>
          reinstateCredential(scope, doer, request.params.id, request.body.reason),
        ),
      ),
  )
}
