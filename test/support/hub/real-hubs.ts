// Hubs as processes side by side on one PostgreSQL server, in real time, with an organisation that is set up.
import { type HubPlace, type HubProcess, startHubProcess } from './hub-process.ts'
import { type PostgresServer, startPostgres } from './postgres.ts'
import { type Organisation, type Reached, setUpBy } from './running-hub.ts'

const stepMs = 30_000

/** As it passes: waiting for the next code takes as long as it takes. */
export const realTime: Reached['time'] = {
  get ms() {
    return Date.now()
  },
  pass: () => new Promise((resolve) => setTimeout(resolve, stepMs - (Date.now() % stepMs) + 50)),
}

export interface RealHub extends Reached {
  readonly process: HubProcess
}

export interface RealHubs {
  readonly server: PostgresServer
  readonly hubs: readonly RealHub[]
  readonly env: Readonly<Record<string, string>>
  readonly acme: Organisation
  close(): Promise<void>
}

/** All at once, on a database where nothing is yet. */
export async function startRealHubs(count: number, more: Record<string, string> = {}): Promise<RealHubs> {
  const server = await startPostgres()
  const env = {
    WARDKEY_HUB_DATABASE_URL: server.newDatabase(),
    WARDKEY_HUB_KEY: Buffer.alloc(32, 5).toString('base64'),
    ...more,
  }
  const hubs = await Promise.all(Array.from({ length: count }, () => startRealHub(env)))
  return { server, hubs, env, acme: await setUpFirst(hubs), close: () => closeAll(hubs, server) }
}

export async function startRealHub(env: Record<string, string>, place: HubPlace = {}): Promise<RealHub> {
  const process = await startHubProcess(env, place)
  return { url: process.url, time: realTime, process }
}

/** One of them printed the link. */
async function setUpFirst(hubs: readonly RealHub[]): Promise<Organisation> {
  const printed = hubs.filter(({ process }) => process.setupLink !== null)
  const [hub] = printed
  if (!hub || printed.length > 1) throw new Error(`${printed.length} of ${hubs.length} hubs printed a link`)
  return setUpBy(hub, 'acme', hub.process.setupLink?.split('#')[1] ?? '')
}

async function closeAll(hubs: readonly RealHub[], server: PostgresServer): Promise<void> {
  await Promise.all(hubs.map(({ process }) => process.stop()))
  server.stop()
}
