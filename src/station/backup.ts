// Makes a backup: a snapshot of the store and the key it rests under, encrypted with a passphrase into one file in age's format.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { Encrypter } from 'age-encryption'
import { type BackupManifest, backupFormat } from '../contracts/backup.ts'
import { passphraseStrength, plainPassphrase } from '../core/passphrase.ts'
import { passphraseRecipient } from './age-passphrase.ts'
import { type BackupWatch, unwatched } from './backup-watch.ts'
import { folderFailure, freeBytes, lowSpaceBytes, snapshotFile, storeBytes } from './data-folder.ts'
import { databaseFile, openDatabase, type StationDatabase } from './database.ts'
import type { DeskOptions } from './desk.ts'
import { DamageError, StationKeys, sameBytes } from './keys.ts'
import type { Row } from './ledger.ts'
import { readFrontier } from './log-head.ts'
import { migrations } from './migrations.ts'
import { fittingRoot, keyCheckOf, parseRootKey } from './root-key.ts'
import { signCheckpoint, stationNumber } from './signing.ts'

export type BackupParts = Pick<DeskOptions, 'dataFolder' | 'keychain' | 'clock' | 'appVersion' | 'sqliteBinding'>
export type BackupRefusal = 'weak-passphrase' | 'disk-full' | 'not-writable' | 'stopped'
export type BackupAnswer = BackupMade | { readonly ok: false; readonly reason: BackupRefusal }
export interface BackupMade {
  readonly ok: true
  /** SHA-256 of the file, hex. */
  readonly digest: string
  readonly bytes: number
  readonly events: number
}
const pagesAtOnce = 256
class Stopped extends Error {}

/**
 * Works beside a running station. The file is there whole, or not at all.
 * @param file a file of this name is replaced.
 */
export async function makeBackup(
  parts: BackupParts,
  station: Row<'station'>,
  file: string,
  passphrase: string,
  watch: BackupWatch = unwatched,
): Promise<BackupAnswer> {
  if (passphraseStrength(passphrase) === 'weak') return { ok: false, reason: 'weak-passphrase' }
  // The snapshot must not be what fills the station's own disk.
  if (freeBytes(parts.dataFolder) < storeBytes(databaseFile(parts.dataFolder)) + lowSpaceBytes / 4)
    return { ok: false, reason: 'disk-full' }
  const snapshot = snapshotFile(parts.dataFolder)
  const unfinished = `${file}.part`
  try {
    const manifest = await takeSnapshot(parts, station, snapshot, watch)
    const written = await encryptInto(unfinished, snapshot, manifest, plainPassphrase(passphrase), watch)
    fs.renameSync(unfinished, file)
    return { ok: true, ...written, events: manifest.events }
  } catch (error) {
    fs.rmSync(unfinished, { force: true })
    if (error instanceof Stopped) return { ok: false, reason: 'stopped' }
    const failure = folderFailure(error)
    if (failure) return { ok: false, reason: failure === 'disk-full' ? 'disk-full' : 'not-writable' }
    if (/^(ENOENT|ENOTDIR|EISDIR)$/.test(String((error as { code?: unknown }).code)))
      return { ok: false, reason: 'not-writable' }
    throw error
  } finally {
    // As sealed as the store is, so taking it away is enough.
    fs.rmSync(snapshot, { force: true })
  }
}

async function takeSnapshot(
  parts: BackupParts,
  station: Row<'station'>,
  snapshot: string,
  watch: BackupWatch,
): Promise<BackupManifest> {
  const kept = parseRootKey((await parts.keychain.read('root-key')) ?? '')
  if (!kept) throw new DamageError('data-edited', 'keychain')
  const { root } = await fittingRoot(parts.keychain, kept, station.key_check)
  const keys = new StationKeys(root)
  const db = openDatabase(parts.dataFolder, { binding: parts.sqliteBinding, readonly: true })
  try {
    // One moment of the store for all of the copy, while the station goes on writing.
    db.exec('BEGIN')
    // The keys may have been rotated meanwhile: nobody could open such a copy.
    if (!sameBytes(keys.check, keyCheckOf(db) ?? Buffer.of())) throw new DamageError('data-edited', 'keychain')
    const frontier = readFrontier(db)
    await copyStore(db, snapshot, watch)
    return {
      format: backupFormat,
      appVersion: parts.appVersion,
      schemaVersion: migrations.length,
      madeAtMs: parts.clock.nowMs(),
      stationNumber: stationNumber(station.signing_public),
      events: frontier.size,
      checkpoint: signCheckpoint(station, keys, frontier),
      rootKey: root.toString('base64'),
      storeBytes: fs.statSync(snapshot).size,
    }
  } finally {
    db.close()
  }
}

async function copyStore(db: StationDatabase, snapshot: string, watch: BackupWatch): Promise<void> {
  fs.writeFileSync(snapshot, '', { mode: 0o600, flag: 'wx' })
  await db.backup(snapshot, {
    progress: ({ totalPages, remainingPages }) => {
      if (watch.stopped()) throw new Stopped()
      if (totalPages > 0) watch.progress((0.3 * (totalPages - remainingPages)) / totalPages)
      return pagesAtOnce
    },
  })
}

async function encryptInto(
  file: string,
  snapshot: string,
  manifest: BackupManifest,
  passphrase: string,
  watch: BackupWatch,
): Promise<{ digest: string; bytes: number }> {
  async function* plain() {
    yield Buffer.from(`${JSON.stringify(manifest)}\n`)
    let read = 0
    for await (const chunk of fs.createReadStream(snapshot, { highWaterMark: 256 * 1024 })) {
      if (watch.stopped()) throw new Stopped()
      yield chunk as Buffer
      read += (chunk as Buffer).length
      watch.progress(0.3 + (0.7 * read) / manifest.storeBytes)
    }
  }
  const encrypter = new Encrypter()
  encrypter.addRecipient(passphraseRecipient(passphrase))
  const hash = createHash('sha256')
  let bytes = 0
  const handle = await fs.promises.open(file, 'w', 0o600)
  try {
    const source = Readable.toWeb(Readable.from(plain())) as unknown as ReadableStream<Uint8Array>
    const sealed = (await encrypter.encrypt(source)) as unknown as WebStream<Uint8Array>
    for await (const chunk of sealed) {
      hash.update(chunk)
      bytes += chunk.length
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { digest: hash.digest('hex'), bytes }
}
