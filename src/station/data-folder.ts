// The folder that a station keeps its files in: may it be written, and is there room?
import fs from 'node:fs'
import path from 'node:path'
import { newId } from './primitives.ts'

export type FolderFailure = 'disk-full' | 'data-readonly'

/** Below this a station goes on, and says so. */
export const lowSpaceBytes = 200 * 1024 * 1024
const probeBytes = 64 * 1024

/** What keeps a file from being written; null for an error that says nothing of it. */
export function folderFailure(error: unknown): FolderFailure | null {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') return 'disk-full'
  if (/^(EACCES|EROFS|EPERM)$|^SQLITE_(READONLY|PERM)/.test(code)) return 'data-readonly'
  return null
}

/** Names and the log are not for other accounts, and a folder that was made beforehand may be open to them. */
export function keepToAccount(folder: string): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { mode } = fs.statSync(folder)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) fs.chmodSync(folder, mode & 0o700)
}

/** Writes a little and takes it away again. Throws what is neither want of room nor of rights. */
export function probeFolder(folder: string): FolderFailure | null {
  const file = path.join(folder, `probe-${process.pid}.tmp`)
  try {
    fs.writeFileSync(file, Buffer.alloc(probeBytes), { mode: 0o600, flush: true })
    return null
  } catch (error) {
    const failure = folderFailure(error)
    if (!failure) throw error
    return failure
  } finally {
    fs.rmSync(file, { force: true })
  }
}

/** What keeps this folder from being written; null where nothing does, or where the disk does not answer at all. */
export function folderProblem(folder: string): FolderFailure | null {
  try {
    return probeFolder(folder)
  } catch {
    // No more can be said than whoever asks knows already: it can't be written.
    return null
  }
}

/** Bytes that this account may still write on the disk of the folder. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = fs.statfsSync(folder)
  return bavail * bsize
}

export const restoreFolder = (folder: string): string => path.join(folder, `restore-${newId()}`)
export const snapshotFile = (folder: string): string => path.join(folder, `backup-${newId()}.tmp`)

const restoreName = /^restore-[0-9a-f-]+$/
const leftoverName = /^backup-[0-9a-f-]+\.tmp$/

/** A restore is under way, or was when its process ended. */
export const holdsRestore = (folder: string): boolean =>
  fs.existsSync(folder) && fs.readdirSync(folder).some((name) => restoreName.test(name))

/** What a crash left of a backup or of a restore that was under way. */
export function sweepLeftovers(folder: string): void {
  for (const name of fs.readdirSync(folder))
    if (restoreName.test(name) || leftoverName.test(name))
      fs.rmSync(path.join(folder, name), { recursive: true, force: true })
}

/** By its name: a store, or an old log, as a restore puts them there. */
export const isRestored = (name: string): boolean => /^station\.db|^log-.*\.jsonl$/.test(name)

/** By its name: what a restore may leave where its process ends. */
export const isOfRestore = (name: string): boolean =>
  restoreName.test(name) || isRestored(name) || name.startsWith('owner.db')

/** By its name: a file of a station, whole or not. */
const isOfStation = (name: string): boolean => isRestored(name) || name.startsWith('emergency.db')

/** Files of a station; what a program leaves there before it has one does not count. */
export const holdsStation = (folder: string): boolean =>
  fs.existsSync(folder) && fs.readdirSync(folder).some(isOfStation)

/** Of the store with what it has not merged yet. */
export const storeBytes = (databaseFile: string): number =>
  [databaseFile, `${databaseFile}-wal`].reduce(
    (sum, file) => sum + (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
