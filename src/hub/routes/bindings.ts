// What phones ask that are being bound: to carry their part to the workstation, and for its welcome.
import type { FastifyRequest } from 'fastify'
import { boxAnswer, sentPart, welcomeForPhone, welcomeRequest } from '../../contracts/hub/bindings.ts'
import { takePart, welcomeFor } from '../bindings.ts'
import type { HubParts } from '../ports.ts'
import { bytesOf } from '../primitives.ts'
import type { HubServer } from '../server.ts'
import { answer, organisationOf } from './organisation.ts'
import { base, responses } from './responses.ts'

const bodyLimit = 2 * 1024
const minute = 60_000

export function addBindingRoutes(app: HubServer, parts: HubParts): void {
  // An organisation that isn't there, and a box that isn't: whoever has not scanned the offer learns nothing of either.
  const organisationFor = (request: FastifyRequest) =>
    organisationOf(parts, request, { statusCode: 404, reason: 'no-such-box' })
  app.post(
    `${base}/bindings`,
    {
      bodyLimit,
      // Of one address, which a ward may share: a phone sends one part.
      config: { rateLimit: { max: 60, timeWindow: minute } },
      schema: { body: sentPart, response: responses(boxAnswer) },
    },
    async (request, reply) => {
      const organisation = await organisationFor(request)
      const { box, part, claim } = request.body
      const sent = { box: bytesOf(box), part: bytesOf(part), claim: bytesOf(claim) }
      return answer(
        reply,
        await parts.db.within(organisation.id, (scope) => takePart(scope, organisation.id, sent, parts.nowMs())),
      )
    },
  )
  app.post(
    `${base}/bindings/welcome`,
    {
      bodyLimit,
      // A phone asks each second until its owner has typed the digits.
      config: { rateLimit: { max: 600, timeWindow: minute } },
      schema: { body: welcomeRequest, response: responses(welcomeForPhone) },
    },
    async (request, reply) => {
      const organisation = await organisationFor(request)
      const asked = { box: bytesOf(request.body.box), claim: bytesOf(request.body.claim) }
      return answer(reply, await parts.db.within(organisation.id, (scope) => welcomeFor(scope, asked, parts.nowMs())))
    },
  )
}
