// The first administrator of an organisation: by the link that the hub printed, and enrolled like anyone else.
import { z } from 'zod'
import { madeOffer, setUpConfirmation, setUpRequest, signedIn } from '../../contracts/hub/desk.ts'
import { hubRefusal } from '../../contracts/hub/names.ts'
import type { HubParts } from '../ports.ts'
import type { HubServer } from '../server.ts'
import { confirmSetUp, setUp } from '../setting-up.ts'
import { answer } from './organisation.ts'

const refusals = { 400: hubRefusal, 401: hubRefusal, 404: hubRefusal, 409: hubRefusal, 429: hubRefusal }
/** Of one address a minute: there is nothing here to try twenty times. */
const few = { rateLimit: { max: 20, timeWindow: 60_000 } }

export function addSetUpRoutes(app: HubServer, parts: HubParts): void {
  app.post(
    '/v1/set-up',
    { config: few, schema: { body: setUpRequest, response: { 200: madeOffer, ...refusals } } },
    async (request, reply) => answer(reply, await setUp(parts, request.body)),
  )
  app.post(
    '/v1/set-up/confirm',
    {
      config: few,
      schema: {
        body: setUpConfirmation,
        response: {
          200: z.strictObject({ ok: z.literal(true), organisation: signedIn.shape.organisation }),
          ...refusals,
        },
      },
    },
    async (request, reply) => answer(reply, await confirmSetUp(parts, request.body)),
  )
}
