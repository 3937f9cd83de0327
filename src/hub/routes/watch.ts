// What keeps an eye on the hub asks: does it live, can it work, what does it count, what does it offer.
import { sql } from 'kysely'
import type { Metrics } from '../metrics.ts'
import type { HubParts } from '../ports.ts'
import type { HubServer } from '../server.ts'

export function addWatchRoutes(app: HubServer, { db }: HubParts, metrics: Metrics): void {
  const hidden = { schema: { hide: true } }
  app.get('/healthz', hidden, async () => ({ ok: true }))
  app.get('/readyz', hidden, async (_, reply) => {
    try {
      await sql`SELECT 1`.execute(db.kysely)
      return { ok: true }
    } catch (error) {
      app.log.error({ name: (error as Error).name }, 'the database does not answer')
      return reply.code(503).send({ ok: false, reason: 'database' })
    }
  })
  app.get('/metrics', hidden, async (_, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
  app.get('/openapi.json', hidden, async () => app.swagger())
}
