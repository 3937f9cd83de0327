// The hub's HTTP interface: what holds for every request, and the routes in their groups.

import type { IncomingMessage, ServerResponse } from 'node:http'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type RawServerDefault } from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { parseJson } from '../contracts/json.ts'
import { Metrics } from './metrics.ts'
import type { News } from './news.ts'
import { addPhonePage, type PhoneFiles } from './phone-page.ts'
import type { HubParts } from './ports.ts'
import { addBindingRoutes } from './routes/bindings.ts'
import { addCareRoutes } from './routes/care.ts'
import { addDeskRoutes } from './routes/desk.ts'
import { addKeepingRoutes } from './routes/keeping.ts'
import { Refused } from './routes/organisation.ts'
import { addPendingRoutes } from './routes/pending.ts'
import { addPhoneRoutes } from './routes/phone.ts'
import { addSetUpRoutes } from './routes/set-up.ts'
import { addStationRoutes } from './routes/station.ts'
import { addWatchRoutes } from './routes/watch.ts'
import type { HubSettings } from './settings.ts'

export type HubServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>
export interface ServerOptions {
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null
  /** Structured lines to standard output; tests have none. */
  readonly logs: boolean
  readonly version: string
  readonly behindProxy: HubSettings['behindProxy']
  /** The phone page's files, where this hub serves them. */
  readonly phonePage?: PhoneFiles | null
}
/** Of one address; a station behind a wall of others shares it with them. */
const requestsAMinute = 6000
/** More only where a route says so. */
const bodyBytes = 256 * 1024
const requestMs = 30_000

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came, for whoever signed it. */
    text: string
  }
}

export async function buildServer(parts: HubParts, news: News, options: ServerOptions): Promise<HubServer> {
  const app = Fastify({
    // Neither bodies nor headers: a token or a code never reaches the log.
    logger: options.logs && { serializers: { req: loggedRequest } },
    bodyLimit: bodyBytes,
    requestTimeout: requestMs,
    trustProxy: options.behindProxy.length > 0 && [...options.behindProxy],
    ...(options.tls ? { https: options.tls } : {}),
  } as object).withTypeProvider<ZodTypeProvider>() as unknown as HubServer
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorateRequest('text', '')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    request.text = body as string
    const parsed = parseJson(request.text)
    if (parsed === undefined) done(Object.assign(new Error('no JSON'), { statusCode: 400 }))
    else done(null, parsed)
  })
  const metrics = new Metrics(app)
  answerPlainly(app)
  await app.register(rateLimit, { max: requestsAMinute, timeWindow: 60_000 })
  await app.register(swagger, {
    openapi: { info: { title: 'Wardkey hub', version: options.version } },
    transform: jsonSchemaTransform,
  })
  await app.register(async (routes) => {
    const scope = routes as unknown as HubServer
    addWatchRoutes(scope, parts, metrics)
    addSetUpRoutes(scope, parts)
    addDeskRoutes(scope, parts)
    addCareRoutes(scope, parts)
    addKeepingRoutes(scope, parts)
    addPendingRoutes(scope, parts)
    addStationRoutes(scope, parts, news, metrics)
    addPhoneRoutes(scope, parts)
    addBindingRoutes(scope, parts)
    if (options.phonePage) addPhonePage(scope, options.phonePage)
  })
  return app
}

/** Whatever goes wrong is said by a name, and never with what was asked or what the database said. */
function answerPlainly(app: HubServer): void {
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ ok: false, reason: 'no-such-route' }))
  app.setErrorHandler((error: { statusCode?: number; validation?: unknown }, request, reply) => {
    if (error instanceof Refused) return reply.code(error.statusCode).send({ ok: false, reason: error.reason })
    const status = error.validation ? 400 : (error.statusCode ?? 500)
    if (status >= 500) request.log.error({ name: (error as Error).name, message: (error as Error).message }, 'failed')
    return reply.code(status).send({ ok: false, reason: reasonOf(status) })
  })
  app.addHook('onSend', async (_, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    reply.header('x-content-type-options', 'nosniff')
  })
}

function reasonOf(status: number): string {
  if (status === 400) return 'bad-request'
  if (status === 413) return 'too-large'
  if (status === 415) return 'not-json'
  if (status === 429) return 'too-many-requests'
  return status < 500 ? 'refused' : 'failed'
}

const loggedRequest = ({ method, url, id }: { method: string; url: string; id: string }) => ({
  id,
  method,
  path: url.split('?')[0],
})
