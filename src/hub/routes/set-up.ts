// The first administrator of an organisation: by the link that the hub printed, and enrolled like anyone else.
import { z } from 'zod'
import { madeOffer, setUpConfirmation, setUpRequest, signedIn } from '../../contracts/hub/desk.ts'
import type { HubParts } from '../ports.ts'
import type { HubServer } from '../server.ts'
import { confirmSetUp, setUp } from '../setting-up.ts'
import { answer } from './organisation.ts'
import { responses } from './responses.ts'

/** Of one address a minute: there is nothing here to try twenty times. */
const few = { rateLimit: { max: 20, timeWindow: 60_000 } }

const setUpDone = z.strictObject({ ok: z.literal(true), organisation: signedIn.shape.organisation })

export function addSetUpRoutes(app: HubServer, parts: HubParts): void {
  app.post(
    '/v1/set-up',
    { config: few, schema: { body: setUpRequest, response: responses(madeOffer) } },
    async (request, reply) => answer(reply, await setUp(parts, request.body)),
  )
  app.post(
    '/v1/set-up/confirm',
    {
      config: few,
      schema: { body: setUpConfirmation, response: responses(setUpDone) },
    },
    async (request, reply) => answer(reply, await confirmSetUp(parts, request.body)),
  )
}
