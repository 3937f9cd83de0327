// From a folder and a keychain to a station that may be trusted, or to the one reason why not.
import fs from 'node:fs'
import type { FailureCode } from '../contracts/screen.ts'
import { type Anchor, checkTail, readAnchor } from './anchor.ts'
import { LogError } from './background-check.ts'
import { folderFailure } from './data-folder.ts'
import { databaseFile, isBusy, openDatabase, type StationDatabase, StoreError, storeFailure } from './database.ts'
import type { DeskOptions } from './desk.ts'
import { DamageError, StationKeys, sameBytes } from './keys.ts'
import { Ledger, type Row } from './ledger.ts'
import { HeadStore, rowsAreCurrent } from './log-head.ts'
import { KeychainError } from './ports.ts'
import { random } from './primitives.ts'
import { fittingRoot, keyCheckOf, parseRootKey, settleRoot } from './root-key.ts'
import { readStation, stationNumber } from './signing.ts'

export interface OpenStation {
  readonly db: StationDatabase
  readonly keys: StationKeys
  readonly ledger: Ledger
}
export interface Opened extends OpenStation {
  readonly station: Row<'station'>
  /** Events that the keychain's checkpoint had not seen: a crash between commit and keychain. */
  readonly behind: number
  readonly anchor: Anchor | null
}
export type OpenResult =
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'new' }
  | { readonly kind: 'failed'; readonly code: FailureCode }

type Parts = Pick<DeskOptions, 'dataFolder' | 'keychain' | 'clock' | 'appVersion' | 'sqliteBinding'>

/**
 * Reads and checks; throws nothing.
 * @param holdsFolder whether this process is the one that holds the folder: it ends a rotation of the keys that was cut short.
 */
export async function openStation(parts: Parts, holdsFolder = false): Promise<OpenResult> {
  let db: StationDatabase | undefined
  try {
    const rootKey = await parts.keychain.read('root-key')
    const kept = await parts.keychain.read('checkpoint')
    if (!fs.existsSync(databaseFile(parts.dataFolder)))
      return kept === null ? { kind: 'new' } : { kind: 'failed', code: 'data-missing' }
    if (rootKey === null) return { kind: 'failed', code: 'key-missing' }
    const root = parseRootKey(rootKey)
    if (!root) return { kind: 'failed', code: 'key-changed' }
    db = openDatabase(parts.dataFolder, { binding: parts.sqliteBinding, mustExist: true, mustHold: kept !== null })
    const fitting = await fittingRoot(parts.keychain, root, keyCheckOf(db))
    if (fitting.isNext && holdsFolder) await settleRoot(parts.keychain, fitting.root)
    // One snapshot for all of it: another process that commits meanwhile must not look like somebody's edit.
    const result = db.transaction(inspect)(db, fitting.root, kept, parts)
    if (result.kind !== 'opened') db.close()
    return result
  } catch (error) {
    db?.close()
    return { kind: 'failed', code: failureOf(error) }
  }
}

function inspect(db: StationDatabase, root: Buffer, kept: string | null, parts: Parts): OpenResult {
  const keys = new StationKeys(root)
  const ledger = new Ledger(db, keys, parts.clock, parts.appVersion)
  const check = keyCheckOf(db)
  // The tables were made, and the set-up itself was not committed: nothing is lost by starting over.
  if (!check) return kept === null ? { kind: 'new' } : { kind: 'failed', code: 'data-edited' }
  if (!sameBytes(check, keys.check)) return { kind: 'failed', code: 'key-changed' }
  const station = readStation(ledger)
  if (!station) return { kind: 'failed', code: 'data-edited' }
  const anchor = kept === null ? null : readAnchor(kept, station.signing_public)
  if (kept !== null && !anchor) return { kind: 'failed', code: 'log-changed' }
  // The checkpoint is in the keychain before the first offer is shown, so nobody is enrolled without one.
  if (!anchor && isSetUp(ledger)) return { kind: 'failed', code: 'checkpoint-missing' }
  if (!rowsAreCurrent(db, keys, new HeadStore(db, keys).read())) return { kind: 'failed', code: 'data-edited' }
  const { finding, behind } = checkTail(db, keys, anchor)
  if (finding) return { kind: 'failed', code: finding }
  // From here on the log may not fall behind what was checked.
  ledger.frontier()
  ledger.identify({ stationNumber: stationNumber(station.signing_public), location: station.location })
  return { kind: 'opened', opened: { db, keys, ledger, station, behind, anchor } }
}

/** A first code has confirmed an administrator: from then on the station locks. */
export const isSetUp = (ledger: Ledger): boolean =>
  ledger.find('credential', "kind IN ('totp', 'phone') AND status != 'pending' LIMIT 1").length > 0

/** A new store and, where the keychain has none yet, a new root key. */
export async function createStation(parts: Parts): Promise<OpenStation> {
  let rootKey = await parts.keychain.read('root-key')
  if (rootKey === null) {
    rootKey = random(32).toString('base64')
    await parts.keychain.write('root-key', rootKey)
  }
  const root = parseRootKey(rootKey)
  if (!root) throw new DamageError('data-edited', 'keychain')
  fs.mkdirSync(parts.dataFolder, { recursive: true, mode: 0o700 })
  const db = openDatabase(parts.dataFolder, { binding: parts.sqliteBinding })
  const keys = new StationKeys(root)
  return { db, keys, ledger: new Ledger(db, keys, parts.clock, parts.appVersion) }
}

export function failureOf(error: unknown): FailureCode {
  if (isBusy(error)) return 'data-busy'
  if (error instanceof KeychainError || error instanceof StoreError) return error.code
  if (error instanceof DamageError || error instanceof LogError) return error.code
  const code = String((error as { code?: unknown })?.code ?? '')
  if (code.startsWith('SQLITE_')) return storeFailure(error)
  return folderFailure(error) ?? 'unexpected'
}
