// Opens a backup: what stands at its head, and its store as a file of its own.
import fs from 'node:fs'
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { Decrypter } from 'age-encryption'
import { type BackupManifest, backupFormat, backupHead, backupManifest, manifestLimit } from '../contracts/backup.ts'
import { parseJson } from '../contracts/json.ts'
import { plainPassphrase } from '../core/passphrase.ts'
import { PassphraseIdentity } from './age-passphrase.ts'
import { type BackupWatch, unwatched } from './backup-watch.ts'
import { folderFailure } from './data-folder.ts'
import { migrations } from './migrations.ts'

/** 'damaged': the passphrase is right, and the file was cut or changed. */
export type OpenBackupRefusal =
  | 'unreadable'
  | 'not-a-backup'
  | 'wrong-passphrase'
  | 'damaged'
  | 'other-version'
  | 'newer-version'
  | 'disk-full'
  | 'stopped'
type Refused = { readonly ok: false; readonly reason: OpenBackupRefusal }
const refused = (reason: OpenBackupRefusal): Refused => ({ ok: false, reason })

/** @param store where the store's bytes go; the caller takes the file away again, whatever this answers. */
export async function openBackup(
  file: string,
  passphrase: string,
  store: string,
  watch: BackupWatch = unwatched,
): Promise<{ readonly ok: true; readonly manifest: BackupManifest } | Refused> {
  const identity = new PassphraseIdentity(plainPassphrase(passphrase))
  const source = fs.createReadStream(file)
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    const plain = await decrypter.decrypt(Readable.toWeb(source) as unknown as ReadableStream<Uint8Array>)
    const bytes = Readable.fromWeb(plain as unknown as WebStream<Uint8Array>)
    return await split(bytes, store, watch)
  } catch (error) {
    return refused(reasonOf(error, identity.state))
  } finally {
    source.destroy()
  }
}

function reasonOf(error: unknown, state: PassphraseIdentity['state']): OpenBackupRefusal {
  const { syscall } = error as NodeJS.ErrnoException
  if (folderFailure(error) === 'disk-full') return 'disk-full'
  if (syscall !== undefined) return 'unreadable'
  if (state === 'opened') return 'damaged'
  return state === 'wrong' ? 'wrong-passphrase' : 'not-a-backup'
}

/** Each piece has been authenticated before it comes here; that the last one came is known only at the end. */
async function split(plain: AsyncIterable<Uint8Array>, store: string, watch: BackupWatch) {
  const handle = await fs.promises.open(store, 'wx', 0o600)
  let head = Buffer.alloc(0)
  let manifest: BackupManifest | null = null
  let written = 0
  try {
    for await (const piece of plain) {
      let rest: Uint8Array = piece
      if (!manifest) {
        head = Buffer.concat([head, piece])
        const end = head.indexOf('\n')
        if (end < 0 && head.length > manifestLimit) return refused('not-a-backup')
        if (end < 0) continue
        const read = readManifest(head.subarray(0, end).toString())
        if (!read.ok) return read
        manifest = read.manifest
        rest = head.subarray(end + 1)
      }
      await handle.writeFile(rest)
      written += rest.length
      if (watch.stopped()) return refused('stopped')
      watch.progress(Math.min(written / Math.max(manifest.storeBytes, 1), 1))
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  if (!manifest) return refused('not-a-backup')
  return written === manifest.storeBytes ? { ok: true as const, manifest } : refused('damaged')
}

function readManifest(line: string): { readonly ok: true; readonly manifest: BackupManifest } | Refused {
  const json = parseJson(line)
  const head = backupHead.safeParse(json)
  if (!head.success || !head.data.format.startsWith('wardkey-backup/')) return refused('not-a-backup')
  if (head.data.format !== backupFormat) return refused('other-version')
  const parsed = backupManifest.safeParse(json)
  if (!parsed.success) return refused('damaged')
  return parsed.data.schemaVersion > migrations.length ? refused('newer-version') : { ok: true, manifest: parsed.data }
}
