// The hub's composition root: database, keys, news and server, wired by hand.
import fs from 'node:fs'
import path from 'node:path'
import { startChores } from './chores.ts'
import { type HubDatabase, openPGlite, openPostgres } from './database.ts'
import { HubKeys } from './keys.ts'
import { News } from './news.ts'
import { isSetUp, makeSetupSecret } from './organisations.ts'
import type { HubParts } from './ports.ts'
import { buildServer, type HubServer } from './server.ts'
import type { HubSettings } from './settings.ts'

export interface RunningHub {
  /** Where it listens. */
  readonly address: string
  /** For whoever sets up the first organisation; null once that was done. */
  readonly setupLink: string | null
  /** Nobody is set up, and another process on this database has the link for it: two, and one would be worth nothing. */
  readonly isSetUpElsewhere: boolean
  /** Ends what is under way, then the streams, then the database. */
  stop(): Promise<void>
}
interface Around {
  readonly version: string
  readonly logs: boolean
  readonly nowMs?: () => number
}

export async function startHub(settings: HubSettings, around: Around): Promise<RunningHub> {
  const db = await open(settings)
  let app: HubServer | undefined
  let news: News | undefined
  try {
    let url = settings.url ?? ''
    const parts: HubParts = {
      db,
      keys: new HubKeys(settings.rootKey),
      nowMs: around.nowMs ?? Date.now,
      get publicUrl() {
        return url
      },
    }
    news = new News(db, parts.nowMs, (error) =>
      app?.log.error({ name: (error as Error).name }, 'could not look for changes'),
    )
    const { tls, behindProxy, phonePage } = settings
    app = await buildServer(parts, news, { tls, behindProxy, phonePage, logs: around.logs, version: around.version })
    await news.start()
    const address = await app.listen({ host: settings.host, port: settings.port })
    url = settings.url ?? address
    const stopChores = startChores(parts, (error) =>
      app?.log.error({ name: (error as Error).name }, 'could not do what is done each minute'),
    )
    const isNew = !(await isSetUp(db))
    const isFirst = isNew && (await db.isFirst())
    const setupLink = isFirst ? `${url}/set-up#${await makeSetupSecret(parts)}` : null
    const isSetUpElsewhere = isNew && !isFirst
    return { address, setupLink, isSetUpElsewhere, stop: () => stopChores().then(() => stop(app, news, db)) }
  } catch (error) {
    await stop(app, news, db)
    throw error
  }
}

async function open({ databaseUrl, folder }: HubSettings): Promise<HubDatabase> {
  if (databaseUrl) return openPostgres(databaseUrl)
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  return openPGlite(path.join(folder, 'database'))
}

async function stop(app: HubServer | undefined, news: News | undefined, db: HubDatabase): Promise<void> {
  // Streams never end by themselves: without this, close would wait for them.
  app?.server.closeIdleConnections()
  const closing = app?.close()
  app?.server.closeAllConnections()
  await closing
  await news?.stop()
  await db.close()
}
