// The hub as a process on a PostgreSQL that waits for its disk.

import { startPostgres } from '../support/hub/postgres.ts'
import { type RealHub, startRealHub } from '../support/hub/real-hubs.ts'
import { type Organisation, setUpBy } from '../support/hub/running-hub.ts'
import { benchBacklog } from './hub-backlog.ts'
import { benchIngest } from './hub-ingest.ts'
import type { Result } from './result.ts'

export interface BenchHub {
  readonly reached: RealHub
  readonly databaseUrl: string
  readonly acme: Organisation
}

export async function benchHub(): Promise<Result[]> {
  const server = await startPostgres(true)
  const databaseUrl = server.newDatabase()
  const reached = await startRealHub({
    WARDKEY_HUB_DATABASE_URL: databaseUrl,
    WARDKEY_HUB_KEY: Buffer.alloc(32, 5).toString('base64'),
  })
  try {
    const acme = await setUpBy(reached, 'acme', reached.process.setupLink?.split('#')[1] ?? '')
    const hub = { reached, databaseUrl, acme }
    return [...(await benchIngest(hub)), ...(await benchBacklog(hub))]
  } finally {
    await reached.process.stop()
    server.stop()
  }
}
