// doctor: looks at everything a station stands on, goes on past what is wrong, and says how to mend each.
import fs from 'node:fs'
import path from 'node:path'
import type { HealthItem } from '../contracts/health.ts'
import { ClockFloor } from '../station/clock-floor.ts'
import { freeBytes, probeFolder } from '../station/data-folder.ts'
import { ownFolder } from '../station/database.ts'
import {
  lastBackupAtMs,
  lookAtBackup,
  lookAtClock,
  lookAtDisk,
  lookAtFolder,
  lookAtKeychain,
  lookAtLog,
  lookAtStore,
  ntpState,
} from '../station/health.ts'
import { migrations } from '../station/migrations.ts'
import { failureOf } from '../station/open-station.ts'
import { isUnconfirmed } from '../station/people-confirmation.ts'
import { readPolicy } from '../station/policy.ts'
import { verifyAll } from './audit.ts'
import type { CliParts } from './compose.ts'
import { found, type Looked } from './doctor-words.ts'
import { beyond, lookAtKiosk } from './kiosk-health.ts'
import { clock, type OpenFolder, withFolder } from './open-folder.ts'
import type { Answer } from './output.ts'
import { lookAtRuntime, lookAtSandbox } from './runtime-health.ts'

const marks = { good: 'ok  ', look: 'look', stop: 'STOP' } as const

const fromHealth = ({ name, state, said }: HealthItem): Looked => found(name, state, said)

/** @param kiosk whether the ways out of the window are looked at as well. */
export async function doctor(parts: CliParts, kiosk = false): Promise<Answer> {
  const looked: Looked[] = [fromHealth(await lookAtKeychain(parts.keychain, null))]
  if (fs.existsSync(parts.folder)) looked.push(...lookAtPlace(parts.folder))
  const inside = await withFolder(parts, async (open) => {
    looked.push(...(await lookInside(open)))
    return { found: false, lines: [], json: null }
  })
  // What keeps the store from being opened is itself the finding.
  if (inside.status !== undefined) looked.push(found('store', 'look', 'store-older'))
  else if (inside.found)
    looked.push({
      ...{ name: 'store', state: 'stop', said: inside.lines[0] ?? '' },
      next: 'start the station: its screen says how to mend it',
    })
  looked.push(lookAtRuntime(), lookAtSandbox())
  if (kiosk) looked.push(...lookAtKiosk())
  const stops = looked.filter(({ state }) => state === 'stop').length
  return {
    found: stops > 0,
    lines: looked
      .flatMap(({ name, state, said, next }) => [
        `${marks[state]}  ${name.padEnd(9)} ${said}`,
        ...(next === null ? [] : [`${' '.repeat(16)}-> ${next}`]),
      ])
      .concat(kiosk ? [beyond] : []),
    json: { ok: stops === 0, checks: looked },
  }
}

function lookAtPlace(folder: string): Looked[] {
  const looked = [fromHealth(lookAtFolder(folder)), fromHealth(lookAtDisk(freeBytes(folder)))]
  try {
    const failure = probeFolder(folder)
    if (failure === 'data-readonly')
      looked.push({
        ...{ name: 'folder', state: 'stop', said: 'the data folder may not be written' },
        next: 'correct its rights, or mount its disk for writing',
      })
    if (failure === 'disk-full') looked.push(found('disk', 'stop', 'disk-nearly-full'))
    if (!failure) looked.push(found('station', 'good', isRunning(folder) ? 'station-runs' : 'station-rests'))
  } catch (error) {
    looked.push({
      ...{ name: 'folder', state: 'stop', said: `the data folder does not answer (${failureOf(error)})` },
      next: 'check the disk',
    })
  }
  return looked
}

/** Its lock is tried and let go at once; where no station has ever been, there is none to try. */
function isRunning(folder: string): boolean {
  if (!fs.existsSync(path.join(folder, 'owner.db'))) return false
  const letGo = ownFolder(folder)
  letGo?.()
  return letGo === null
}

async function lookInside(open: OpenFolder): Promise<Looked[]> {
  const { db, ledger, anchor } = open
  const log = await verifyAll(open, [])
  const sound: Looked =
    'found' in log
      ? {
          ...{ name: 'log', state: 'stop', said: log.lines[0] ?? '' },
          next: 'keep this computer as it is and tell security',
        }
      : fromHealth(lookAtLog(log.events, anchor?.frontier.size ?? null, false))
  return [
    fromHealth(lookAtStore(db, false)),
    { name: 'schema', state: 'good', said: `version ${migrations.length}, exactly ours`, next: null },
    sound,
    fromHealth(lookAtClock(new ClockFloor(clock).isClosed(ledger), ntpState())),
    lookAtPolicy(open),
    fromHealth(lookAtBackup(lastBackupAtMs(db), clock.nowMs())),
    ...(isUnconfirmed(ledger) ? [found('people', 'look', 'people-unconfirmed')] : []),
  ]
}

function lookAtPolicy({ ledger }: OpenFolder): Looked {
  try {
    readPolicy(ledger)
    return found('policy', 'good', 'policy-readable')
  } catch (error) {
    if (failureOf(error) === 'unexpected') throw error
    return found('policy', 'stop', 'policy-unreadable')
  }
}
