// The hub's database: PGlite in a folder or a PostgreSQL server, one interface; each transaction is of one organisation.
import fs from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { PGliteDialect } from 'kysely-pglite-dialect'
import pg from 'pg'
import { migrate, workRole } from './migrations.ts'
import type { Tables } from './tables.ts'

export type Scope = Transaction<Tables>

/** Says that something of an organisation has changed: a hint, and no more; whoever hears it looks for themselves. */
export type Listener = (organisation: string) => void

export interface HubDatabase {
  readonly kind: 'pglite' | 'postgres'
  readonly kysely: Kysely<Tables>
  /**
   * One transaction in which only this organisation's rows are there. Where it raised the organisation's cursor, whoever
   * listens is told after the commit, in every process.
   */
  within<R>(organisation: string, work: (scope: Scope) => Promise<R>): Promise<R>
  /** Outside every organisation: for the few things that are in none. */
  outside<R>(work: (transaction: Scope) => Promise<R>): Promise<R>
  listen(listener: Listener): Promise<() => Promise<void>>
  /**
   * True for one process of those on this database, as long as it lives: what only one of them may say.
   */
  isFirst(): Promise<boolean>
  close(): Promise<void>
}

const channel = 'wardkey_change'
/** A connection that waits longer for the next statement of its transaction is let go. */
const limits = { statement_timeout: 30_000, idle_in_transaction_session_timeout: 30_000, connectionTimeoutMillis: 5000 }

/** A PostgreSQL server. Throws where it can't be reached, or where it is of a later version. */
export async function openPostgres(url: string): Promise<HubDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: 10, ...limits })
  // An idle connection that breaks is replaced by the pool at its next use.
  pool.on('error', () => {})
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  await migrateOr(kysely)
  const first = standFirst(url)
  const { close, ...rest } = scopes(kysely)
  return {
    kind: 'postgres',
    ...rest,
    listen: (listener) => listenOn(url, listener),
    isFirst: first.isFirst,
    async close() {
      await first.stop()
      await close()
    },
  }
}

/** PostgreSQL within this process, its files in a folder that no other process may use meanwhile. */
export async function openPGlite(folder: string | null): Promise<HubDatabase> {
  if (folder) fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const engine = await PGlite.create(folder ?? 'memory://')
  const kysely = new Kysely<Tables>({ dialect: new PGliteDialect(engine) })
  await migrateOr(kysely)
  return {
    kind: 'pglite',
    ...scopes(kysely),
    listen: async (listener) => engine.listen(channel, listener),
    // No other process may use the folder.
    isFirst: async () => true,
  }
}

async function migrateOr(kysely: Kysely<Tables>): Promise<void> {
  try {
    await migrate(kysely)
  } catch (error) {
    await kysely.destroy()
    throw error
  }
}

const scopes = (kysely: Kysely<Tables>): Omit<HubDatabase, 'kind' | 'listen' | 'isFirst'> => ({
  kysely,
  within: (organisation, work) =>
    kysely.transaction().execute(async (scope) => {
      // Both until its end, in one go: every request has several of these.
      await sql`SELECT set_config('wardkey.organisation', ${organisation}, true), set_config('role', ${workRole}, true)`.execute(
        scope,
      )
      return work(scope)
    }),
  outside: (work) => kysely.transaction().execute(work),
  close: () => kysely.destroy(),
})

/** In the transaction of a change: heard by all who listen once it is committed. */
export const announce = async (scope: Scope, organisation: string): Promise<void> => {
  await sql`SELECT pg_notify(${channel}, ${organisation})`.execute(scope)
}

/** By a lock that the server holds for a connection of its own, and lets go with it, however the process ends. */
function standFirst(url: string): { isFirst(): Promise<boolean>; stop(): Promise<void> } {
  let client: pg.Client | null = null
  return {
    async isFirst() {
      if (client) return true
      const next = new pg.Client({ connectionString: url, connectionTimeoutMillis: limits.connectionTimeoutMillis })
      // Cut off, it is first no more, and another one may be.
      next.on('error', () => {})
      next.on('end', () => {
        client = null
      })
      await next.connect()
      const { rows } = await next.query('SELECT pg_try_advisory_lock(7261203982) AS first')
      if (rows[0]?.first !== true) {
        await next.end()
        return false
      }
      client = next
      return true
    },
    stop: async () => client?.end(),
  }
}

/** On a connection of its own, made anew where it breaks: what is missed meanwhile, polling finds. */
async function listenOn(url: string, listener: Listener): Promise<() => Promise<void>> {
  let stopped = false
  let client: pg.Client | null = null
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, connectionTimeoutMillis: limits.connectionTimeoutMillis })
    next.on('notification', ({ payload }) => payload && listener(payload))
    next.on('error', () => {})
    next.on('end', () => {
      if (!stopped) setTimeout(() => void connect().catch(() => {}), 500 + Math.random() * 1000)
    })
    client = next
    await next.connect()
    await next.query(`LISTEN ${channel}`)
  }
  try {
    await connect()
  } catch (error) {
    // Or it would go on trying under a hub that has given up, and keep its process alive.
    stopped = true
    throw error
  }
  return async () => {
    stopped = true
    await client?.end()
  }
}
