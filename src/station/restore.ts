// Restores a backup into an empty folder as a new station: new keys, a new log that names the old one, nobody in unconfirmed.
import fs from 'node:fs'
import path from 'node:path'
import { raiseAlert } from './alerts.ts'
import { writeAnchor } from './anchor.ts'
import { runToEnd, verifyStore } from './audit-verify.ts'
import type { BackupParts } from './backup.ts'
import { databaseFile, indexesAreSound, openDatabase, ownFolder, type StationDatabase } from './database.ts'
import { exportLines } from './export.ts'
import { StationKeys, sameBytes } from './keys.ts'
import { Ledger } from './ledger.ts'
import { type OpenBackupRefusal, openBackup } from './open-backup.ts'
import { newId, random } from './primitives.ts'
import { newStation, takeAlerts, takePeople, takeStation, takeUses } from './restored-rows.ts'
import { parseRootKey } from './root-key.ts'
import { logOrigin, openNote, readStation, signCheckpoint, stationNumber } from './signing.ts'

export type RestoreRefusal = OpenBackupRefusal | 'not-empty' | 'keychain-in-use' | 'running' | 'no-administrator'
export type RestoreAnswer = Restored | { readonly ok: false; readonly reason: RestoreRefusal }
export interface Restored {
  readonly ok: true
  readonly stationNumber: string
  readonly oldStationNumber: string
  readonly madeAtMs: number
  readonly people: number
  /** The old log as an export, by its name in the folder. */
  readonly oldLog: string
  readonly oldEvents: number
}

/** @param allowed names that the folder may hold already, as a station that was never set up leaves them. */
export async function restoreBackup(
  parts: BackupParts,
  file: string,
  passphrase: string,
  allowed: readonly string[] = [],
): Promise<RestoreAnswer> {
  const { dataFolder, keychain } = parts
  if (holds(dataFolder, allowed)) return { ok: false, reason: 'not-empty' }
  for (const account of ['root-key', 'checkpoint'] as const)
    if ((await keychain.read(account)) !== null) return { ok: false, reason: 'keychain-in-use' }
  const wasThere = fs.existsSync(dataFolder)
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const letGo = allowed.length > 0 ? () => {} : ownFolder(dataFolder, parts.sqliteBinding)
  if (!letGo) return { ok: false, reason: 'running' }
  const staging = path.join(dataFolder, `restore-${newId()}`)
  let answer: RestoreAnswer | undefined
  try {
    fs.mkdirSync(staging, { mode: 0o700 })
    answer = await restoreBy(parts, file, passphrase, staging)
    return answer
  } finally {
    fs.rmSync(staging, { recursive: true, force: true })
    letGo()
    if (!answer?.ok) cleanUp(dataFolder, allowed, wasThere)
  }
}

const holds = (folder: string, allowed: readonly string[]): boolean =>
  fs.existsSync(folder) && fs.readdirSync(folder).some((name) => !allowed.includes(name))

/** A folder in which nothing was restored is as it was. */
function cleanUp(folder: string, allowed: readonly string[], wasThere: boolean): void {
  if (allowed.length > 0) return
  fs.rmSync(path.join(folder, 'owner.db'), { force: true })
  if (!wasThere) fs.rmdirSync(folder)
}

async function restoreBy(
  parts: BackupParts,
  file: string,
  passphrase: string,
  staging: string,
): Promise<RestoreAnswer> {
  const oldFolder = path.join(staging, 'old')
  const newFolder = path.join(staging, 'new')
  for (const folder of [oldFolder, newFolder]) fs.mkdirSync(folder, { mode: 0o700 })
  const opened = await openBackup(file, passphrase, databaseFile(oldFolder))
  if (!opened.ok) return opened
  const { manifest } = opened
  const root = parseRootKey(manifest.rootKey)
  if (!root) return { ok: false, reason: 'damaged' }
  const oldKeys = new StationKeys(root)
  const old = openDatabase(oldFolder, { binding: parts.sqliteBinding, mustExist: true, mustHold: true })
  try {
    const from = new Ledger(old, oldKeys, parts.clock, parts.appVersion)
    const signingPublic = soundKey(old, oldKeys, from, manifest.checkpoint)
    if (!signingPublic) return { ok: false, reason: 'damaged' }
    if (!hasAdministrator(from)) return { ok: false, reason: 'no-administrator' }
    const oldStationNumber = stationNumber(signingPublic)
    const oldLog = `log-${oldStationNumber}.jsonl`
    const { size } = from.frontier()
    writeLog(
      path.join(staging, oldLog),
      exportLines(old, size, logOrigin(oldStationNumber), signingPublic, manifest.checkpoint),
    )
    const made = makeStation(parts, newFolder, from, oldKeys, {
      oldStation: oldStationNumber,
      oldEvents: size,
      oldCheckpoint: manifest.checkpoint,
      oldVersion: manifest.appVersion,
      backupMadeAtMs: manifest.madeAtMs,
    })
    await settle(parts, made, [
      [path.join(staging, oldLog), path.join(parts.dataFolder, oldLog)],
      [databaseFile(newFolder), databaseFile(parts.dataFolder)],
    ])
    const { madeAtMs } = manifest
    return { ok: true, ...made.facts, oldStationNumber, madeAtMs, oldLog, oldEvents: size }
  } finally {
    old.close()
  }
}

/** The old station's public key, where its whole log is what its checkpoint signed and every row what its log says. */
function soundKey(db: StationDatabase, keys: StationKeys, ledger: Ledger, note: string): Uint8Array | null {
  const check = db.prepare("SELECT key_check FROM station WHERE id = 'this'").pluck().get() as Buffer | undefined
  if (!check || !sameBytes(check, keys.check) || !indexesAreSound(db, null)) return null
  const key = readStation(ledger)?.signing_public
  const signed = key && openNote(note, key)
  if (!key || !signed || signed.checkpoint.size !== ledger.frontier().size) return null
  return runToEnd(verifyStore(db, keys, [signed.checkpoint])).finding ? null : key
}

const hasAdministrator = (from: Ledger): boolean =>
  from.find(
    'person',
    `status = 'active' AND roles LIKE '%"administrator"%' AND EXISTS (SELECT 1 FROM credential
       WHERE person_id = person.id AND kind = 'totp' AND credential.status = 'active') LIMIT 1`,
  ).length > 0

function writeLog(file: string, lines: Iterable<string>): void {
  const handle = fs.openSync(file, 'wx', 0o600)
  try {
    for (const line of lines) fs.writeSync(handle, `${line}\n`)
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
}

interface Made {
  readonly rootKey: string
  readonly anchor: string
  readonly facts: { readonly stationNumber: string; readonly people: number }
}

function makeStation(
  parts: BackupParts,
  folder: string,
  from: Ledger,
  oldKeys: StationKeys,
  old: Readonly<Record<string, string | number>>,
): Made {
  const root = random(32)
  const newKeys = new StationKeys(root)
  const db = openDatabase(folder, { binding: parts.sqliteBinding })
  try {
    const ledger = new Ledger(db, newKeys, parts.clock, parts.appVersion)
    const move = { from, oldKeys, newKeys, nowMs: parts.clock.nowMs() }
    const row = newStation(move)
    const number = stationNumber(row.signing_public)
    ledger.identify({ stationNumber: number, location: row.location })
    const people = ledger.record((recorder) => {
      takeStation(recorder, move, row)
      recorder.event({ type: 'station-restored', details: old })
      const taken = takePeople(recorder, move)
      takeUses(recorder, move)
      takeAlerts(recorder, move)
      raiseAlert(recorder, 'station-restored', move.nowMs)
      return taken
    })
    const station = readStation(ledger)
    if (!station) throw new Error('the station was not written')
    const frontier = ledger.frontier()
    const anchor = writeAnchor(signCheckpoint(station, newKeys, frontier), frontier)
    return { rootKey: root.toString('base64'), anchor, facts: { stationNumber: number, people } }
  } finally {
    db.close()
  }
}

/** Files and keychain together, or neither. */
async function settle({ keychain }: BackupParts, made: Made, moves: readonly [string, string][]): Promise<void> {
  try {
    await keychain.write('root-key', made.rootKey)
    for (const [from, to] of moves) fs.renameSync(from, to)
    await keychain.write('checkpoint', made.anchor)
  } catch (error) {
    for (const [, to] of moves) fs.rmSync(to, { force: true })
    // Only what was written just now: the keychain had neither before.
    await keychain.remove('root-key')
    throw error
  }
}
