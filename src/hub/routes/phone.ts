// What bound phones ask: to carry an answer to a workstation, and for the directory of their owner's workstations.
import { directoryAnswer, phoneHeader, phoneProof, sentAnswer, sentAnswerTaken } from '../../contracts/hub/answers.ts'
import { sentVouch, vouchTaken } from '../../contracts/hub/vouches.ts'
import { directoryMessage } from '../../core/directory.ts'
import { directoryFor } from '../directory.ts'
import { isSignedBy } from '../phone-proof.ts'
import type { HubParts } from '../ports.ts'
import { phoneOf, takeAnswer } from '../sent-answers.ts'
import type { HubServer } from '../server.ts'
import { takeVouch } from '../vouches.ts'
import { answer, organisationOf, Refused } from './organisation.ts'
import { base, responses } from './responses.ts'

const answerBytes = 16 * 1024
/** A phone's clock may be off; what it signed lets nobody in, and only shows what it shows anyhow. */
const proofLivesSeconds = 15 * 60

export function addPhoneRoutes(app: HubServer, parts: HubParts): void {
  app.post(
    `${base}/answers`,
    {
      bodyLimit: answerBytes,
      // Of one address: a ward behind one shares it, and each phone has a limit of its own.
      config: { rateLimit: { max: 600, timeWindow: 60_000 } },
      schema: { body: sentAnswer, response: responses(sentAnswerTaken) },
    },
    async (request, reply) => {
      const organisation = await organisationOf(parts, request)
      const bytes = Buffer.from(request.body.answer, 'base64url')
      const said = await parts.db.within(organisation.id, async (scope) => {
        const taken = await takeAnswer(scope, organisation.id, bytes, parts.nowMs())
        if (!taken.ok) return taken
        const directory = await directoryFor(parts, scope, organisation, taken.person, request.body.version)
        return { ok: true as const, directory }
      })
      return answer(reply, said)
    },
  )
  app.post(
    `${base}/vouches`,
    {
      bodyLimit: answerBytes,
      config: { rateLimit: { max: 60, timeWindow: 60_000 } },
      schema: { body: sentVouch, response: responses(vouchTaken) },
    },
    async (request, reply) => {
      // As of a phone that isn't known: a stranger learns nothing of either.
      const organisation = await organisationOf(parts, request, { statusCode: 404, reason: 'no-such-phone' })
      const bytes = Buffer.from(request.body.vouch, 'base64url')
      return answer(
        reply,
        await parts.db.within(organisation.id, (scope) => takeVouch(scope, organisation.id, bytes, parts.nowMs())),
      )
    },
  )
  app.get(
    `${base}/directory`,
    {
      config: { rateLimit: { max: 300, timeWindow: 60_000 } },
      schema: { response: responses(directoryAnswer) },
    },
    async (request) => {
      const organisation = await organisationOf(parts, request)
      const proof = phoneProof.safeParse(request.headers[phoneHeader])
      if (!proof.success) throw new Refused(401, 'not-signed-in')
      const { credential, atSeconds, signature } = proof.data
      if (Math.abs(parts.nowMs() / 1000 - atSeconds) > proofLivesSeconds) throw new Refused(401, 'clock-wrong')
      return parts.db.within(organisation.id, async (scope) => {
        const phone = await phoneOf(scope, credential)
        const message = directoryMessage(organisation.slug, credential, atSeconds)
        if (!phone || !isSignedBy(phone.keys, message, Buffer.from(signature, 'base64url')))
          throw new Refused(401, 'not-signed-in')
        const directory = await directoryFor(parts, scope, organisation, phone.person, null)
        return { ok: true as const, directory: directory ?? '' }
      })
    },
  )
}
