// Restores a backup into an empty folder as a new station: new keys, a new log that names the old one, nobody in unconfirmed.
import fs from 'node:fs'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { raiseAlert } from './alerts.ts'
import { writeAnchor } from './anchor.ts'
import { verifyStore } from './audit-verify.ts'
import type { BackupParts } from './backup.ts'
import { type BackupWatch, unwatched } from './backup-watch.ts'
import { undoCutShortRestore } from './cut-short-restore.ts'
import { holdsRestore, holdsStation, isOfRestore, restoreFolder } from './data-folder.ts'
import { databaseFile, indexesAreSound, openDatabase, ownFolder, type StationDatabase } from './database.ts'
import { exportLines } from './export.ts'
import { StationKeys, sameBytes } from './keys.ts'
import { Ledger } from './ledger.ts'
import { type OpenBackupRefusal, openBackup } from './open-backup.ts'
import type { Keychain } from './ports.ts'
import { random } from './primitives.ts'
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

class Stopped extends Error {}
const eventsAtOnce = 500

/** @param holdsFolder the caller is the station's own process that holds the folder, which has no station in it yet. */
export async function restoreBackup(
  parts: BackupParts,
  file: string,
  passphrase: string,
  { holdsFolder = false, watch = unwatched }: { readonly holdsFolder?: boolean; readonly watch?: BackupWatch } = {},
): Promise<RestoreAnswer> {
  const { dataFolder, keychain } = parts
  if (holdsFolder) return restoreInto(parts, file, passphrase, watch)
  if (holdsOther(dataFolder)) return { ok: false, reason: 'not-empty' }
  if (!holdsRestore(dataFolder) && (await isInUse(keychain))) return { ok: false, reason: 'keychain-in-use' }
  const wasThere = fs.existsSync(dataFolder)
  fs.mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const letGo = ownFolder(dataFolder, parts.sqliteBinding)
  if (!letGo) return { ok: false, reason: 'running' }
  let answer: RestoreAnswer | undefined
  try {
    await undoCutShortRestore(dataFolder, keychain)
    answer = await restoreInto(parts, file, passphrase, watch)
    return answer
  } finally {
    letGo()
    if (!answer?.ok && !holdsStation(dataFolder)) cleanUp(dataFolder, wasThere)
  }
}

/** Anything but what a restore that was cut short has left. */
const holdsOther = (folder: string): boolean => {
  if (!fs.existsSync(folder)) return false
  const names = fs.readdirSync(folder)
  return names.length > 0 && !(holdsRestore(folder) && names.every(isOfRestore))
}

async function isInUse(keychain: Keychain): Promise<boolean> {
  for (const account of ['root-key', 'checkpoint'] as const) if ((await keychain.read(account)) !== null) return true
  return false
}

async function restoreInto(
  parts: BackupParts,
  file: string,
  passphrase: string,
  watch: BackupWatch,
): Promise<RestoreAnswer> {
  if (holdsStation(parts.dataFolder)) return { ok: false, reason: 'not-empty' }
  if (await isInUse(parts.keychain)) return { ok: false, reason: 'keychain-in-use' }
  const staging = restoreFolder(parts.dataFolder)
  try {
    fs.mkdirSync(staging, { mode: 0o700 })
    return await restoreBy(parts, file, passphrase, staging, watch)
  } catch (error) {
    if (error instanceof Stopped) return { ok: false, reason: 'stopped' }
    throw error
  } finally {
    await undoCutShortRestore(parts.dataFolder, parts.keychain)
  }
}

/** A folder in which nothing was restored is as it was. */
function cleanUp(folder: string, wasThere: boolean): void {
  fs.rmSync(path.join(folder, 'owner.db'), { force: true })
  if (!wasThere) fs.rmdirSync(folder)
}

async function restoreBy(
  parts: BackupParts,
  file: string,
  passphrase: string,
  staging: string,
  watch: BackupWatch,
): Promise<RestoreAnswer> {
  const oldFolder = path.join(staging, 'old')
  const newFolder = path.join(staging, 'new')
  for (const folder of [oldFolder, newFolder]) fs.mkdirSync(folder, { mode: 0o700 })
  const opened = await openBackup(file, passphrase, databaseFile(oldFolder), {
    ...watch,
    progress: (part) => watch.progress(0.4 * part),
  })
  if (!opened.ok) return opened
  const { manifest } = opened
  const root = parseRootKey(manifest.rootKey)
  if (!root) return { ok: false, reason: 'damaged' }
  const oldKeys = new StationKeys(root)
  const old = openDatabase(oldFolder, { binding: parts.sqliteBinding, mustExist: true, mustHold: true })
  try {
    const from = new Ledger(old, oldKeys, parts.clock, parts.appVersion)
    const signingPublic = await soundKey(old, oldKeys, from, manifest.checkpoint, watch)
    if (!signingPublic) return { ok: false, reason: 'damaged' }
    if (!hasAdministrator(from)) return { ok: false, reason: 'no-administrator' }
    const oldStationNumber = stationNumber(signingPublic)
    const oldLog = `log-${oldStationNumber}.jsonl`
    const { size } = from.frontier()
    const lines = exportLines(old, size, logOrigin(oldStationNumber), signingPublic, manifest.checkpoint)
    await writeLog(path.join(staging, oldLog), lines, (line) => goOn(watch, 0.7 + (0.2 * line) / (size + 2)))
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
async function soundKey(
  db: StationDatabase,
  keys: StationKeys,
  ledger: Ledger,
  note: string,
  watch: BackupWatch,
): Promise<Uint8Array | null> {
  const check = db.prepare("SELECT key_check FROM station WHERE id = 'this'").pluck().get() as Buffer | undefined
  if (!check || !sameBytes(check, keys.check) || !indexesAreSound(db, null)) return null
  const key = readStation(ledger)?.signing_public
  const signed = key && openNote(note, key)
  if (!key || !signed || signed.checkpoint.size !== ledger.frontier().size) return null
  const steps = verifyStore(db, keys, [signed.checkpoint])
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value.finding ? null : key
    goOn(watch, 0.4 + 0.3 * Math.min(step.value / Math.max(signed.checkpoint.size, 1), 1))
    await nextTurn()
  }
}

/** @param part of the whole, 0 to 1. Throws where whoever wanted it is gone. */
function goOn(watch: BackupWatch, part: number): void {
  if (watch.stopped()) throw new Stopped()
  watch.progress(part)
}

const hasAdministrator = (from: Ledger): boolean =>
  from.find(
    'person',
    `status = 'active' AND roles LIKE '%"administrator"%' AND EXISTS (SELECT 1 FROM credential
       WHERE person_id = person.id AND kind = 'totp' AND credential.status = 'active') LIMIT 1`,
  ).length > 0

/** @param written called with how many lines there are by now. */
async function writeLog(file: string, lines: Iterable<string>, written: (lines: number) => void): Promise<void> {
  const handle = fs.openSync(file, 'wx', 0o600)
  try {
    let count = 0
    for (const line of lines) {
      fs.writeSync(handle, `${line}\n`)
      count++
      if (count % eventsAtOnce !== 0) continue
      written(count)
      await nextTurn()
    }
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

/** The checkpoint comes last: until it is there, undoCutShortRestore takes all of it back. */
async function settle({ keychain }: BackupParts, made: Made, moves: readonly [string, string][]): Promise<void> {
  await keychain.write('root-key', made.rootKey)
  for (const [from, to] of moves) fs.renameSync(from, to)
  await keychain.write('checkpoint', made.anchor)
}
