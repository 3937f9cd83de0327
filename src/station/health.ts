// Looks at what a station stands on: keychain, clock, store, disk, log, folder, backup. Says each in one word.
import fs from 'node:fs'
import type { HealthItem } from '../contracts/health.ts'
import { lowSpaceBytes } from './data-folder.ts'
import { indexesAreSound, isDurable, type StationDatabase } from './database.ts'
import { StationKeys, sameBytes } from './keys.ts'
import { type Keychain, KeychainError } from './ports.ts'
import { parseRootKey } from './root-key.ts'
import { accessTables } from './schema.ts'

const dayMs = 24 * 60 * 60_000
/** A backup that is older asks for another. */
export const backupGrowsOldMs = 7 * dayMs

export type NtpState = 'synchronised' | 'not-synchronised' | 'unknown'
export type KeychainBackend = 'secret-service' | 'macos-keychain' | 'windows-vault'

export const keychainBackend = (platform: string = process.platform): KeychainBackend =>
  platform === 'darwin' ? 'macos-keychain' : platform === 'win32' ? 'windows-vault' : 'secret-service'

export async function lookAtKeychain(keychain: Keychain, keys: StationKeys | null): Promise<HealthItem> {
  const item = (state: HealthItem['state'], said: HealthItem['said']): HealthItem => ({ name: 'keychain', state, said })
  try {
    const kept = await keychain.read('root-key')
    if (kept === null) return item('stop', 'key-missing')
    const root = parseRootKey(kept)
    const fits = root && (!keys || sameBytes(new StationKeys(root).check, keys.check))
    return fits ? item('good', 'keychain-reachable') : item('stop', 'key-changed')
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    const said = { 'no-keychain': 'keychain-missing', 'keychain-locked': 'keychain-locked' } as const
    return item('stop', error.code === 'insecure-keychain' ? 'keychain-insecure' : said[error.code])
  }
}

/** systemd leaves a file where its own client has set the clock; of other clients nothing is known. */
export function ntpState(folder = '/run/systemd/timesync'): NtpState {
  if (!fs.existsSync(folder)) return 'unknown'
  return fs.existsSync(`${folder}/synchronized`) ? 'synchronised' : 'not-synchronised'
}

export function lookAtClock(closed: boolean, ntp: NtpState): HealthItem {
  if (closed) return { name: 'clock', state: 'stop', said: 'clock-closed' }
  if (ntp === 'not-synchronised') return { name: 'clock', state: 'look', said: 'clock-unsynchronised' }
  return { name: 'clock', state: 'good', said: 'clock-right' }
}

/** @param writes whether this connection is one that writes: only there the pragmas of writing say something. */
export function lookAtStore(db: StationDatabase, writes: boolean): HealthItem {
  if (!isDurable(db, writes)) return { name: 'store', state: 'stop', said: 'store-not-durable' }
  if (!indexesAreSound(db, accessTables)) return { name: 'store', state: 'stop', said: 'store-damaged' }
  return { name: 'store', state: 'good', said: 'store-durable' }
}

export function lookAtDisk(free: number): HealthItem {
  if (free < lowSpaceBytes / 10) return { name: 'disk', state: 'stop', said: 'disk-nearly-full' }
  if (free < lowSpaceBytes) return { name: 'disk', state: 'look', said: 'disk-low' }
  return { name: 'disk', state: 'good', said: 'disk-room' }
}

/**
 * @param anchored events that the keychain's checkpoint covers; null: it has none that this station signed.
 * @param checking whether the whole log is still being read.
 */
export function lookAtLog(events: number, anchored: number | null, checking: boolean): HealthItem {
  if (anchored === null) return { name: 'log', state: 'stop', said: 'log-unanchored' }
  // What was written within the last second is on its way.
  if (events - anchored > 20) return { name: 'log', state: 'look', said: 'log-behind' }
  return { name: 'log', state: 'good', said: checking ? 'log-checking' : 'log-anchored' }
}

/** Rights say nothing of the kind on Windows. */
export function lookAtFolder(folder: string, account = process.getuid?.()): HealthItem {
  const { mode, uid } = fs.statSync(folder)
  if (account !== undefined && uid !== account) return { name: 'folder', state: 'look', said: 'folder-foreign' }
  if (account !== undefined && (mode & 0o077) !== 0) return { name: 'folder', state: 'look', said: 'folder-open' }
  return { name: 'folder', state: 'good', said: 'folder-private' }
}

export function lookAtBackup(lastAtMs: number | null, nowMs: number): HealthItem {
  if (lastAtMs === null) return { name: 'backup', state: 'look', said: 'backup-never' }
  if (nowMs - lastAtMs > backupGrowsOldMs) return { name: 'backup', state: 'look', said: 'backup-old' }
  return { name: 'backup', state: 'good', said: 'backup-recent' }
}

/** When the newest backup of this station was made, as its log has it. */
export function lastBackupAtMs(db: StationDatabase): number | null {
  const at = db
    .prepare(
      `SELECT json_extract(body, '$.atMs') FROM event INDEXED BY event_backup
       WHERE type = 'backup-made' ORDER BY number DESC LIMIT 1`,
    )
    .pluck()
    .get()
  return (at as number | undefined) ?? null
}
