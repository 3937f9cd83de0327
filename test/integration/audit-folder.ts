// A station's folder with a history, an older copy of it, its checkpoints, and what the command line says of copies.
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'vitest'
import { checkpoint, verifyFolder } from '../../src/cli/audit.ts'
import type { Answer } from '../../src/cli/output.ts'
import { databaseFile, type StationDatabase } from '../../src/station/database.ts'
import { StationKeys } from '../../src/station/keys.ts'
import { SessionKeychain } from '../support/cli.ts'
import { administrator, type Bench, codeOf, newFolder, setUp, startDesk } from '../support/fakes.ts'
import { readEvents, type StoredEvent, writeEvents } from './audit-tampering.ts'

export type Anchor = 'keychain' | '--checkpoint' | 'none'
export const anchors: readonly Anchor[] = ['keychain', '--checkpoint', 'none']

export interface AuditedFolder {
  readonly root: string
  readonly whole: string
  readonly older: string
  readonly checkpointFile: string
  readonly olderCheckpointFile: string
  readonly keychain: SessionKeychain
  readonly keys: StationKeys
  readonly size: number
  readonly olderSize: number
  /** Wall time of the last event. */
  readonly lastMs: number
  ask(folder: string, anchor: Anchor): Promise<Answer>
  /** A copy of the whole folder with something done to it. */
  tampered(change: (db: StationDatabase) => void): string
}

export async function makeAuditedFolder(): Promise<AuditedFolder> {
  const root = newFolder()
  const keychain = new SessionKeychain()
  const whole = path.join(root, 'whole')
  const older = path.join(root, 'older')
  const checkpointFile = path.join(root, 'checkpoint')
  const olderCheckpointFile = path.join(root, 'older-checkpoint')
  const keep = async (folder: string, file: string): Promise<number> => {
    const note = String((await checkpoint({ folder, keychain })).json?.checkpoint)
    fs.writeFileSync(file, note)
    return Number(note.split('\n')[1])
  }

  const first = await startDesk({ folder: whole, keychain })
  const { setupKey } = await setUp(first)
  await signIn(first, setupKey)
  await first.desk.close()
  fs.cpSync(whole, older, { recursive: true })
  const olderSize = await keep(older, olderCheckpointFile)
  const second = await startDesk(first)
  await signIn(second, setupKey)
  await second.desk.handlers.addPerson({ displayName: 'Bola Adeyemi', staffId: 'N2044', roles: ['staff'] })
  await second.desk.handlers.lockNow({})
  await signIn(second, setupKey)
  await second.desk.close()
  const size = await keep(whole, checkpointFile)

  // A keychain that lost its checkpoint, and a station without one, are the same to who verifies.
  const rootKey = (await keychain.read('root-key')) ?? ''
  const keyAlone = new SessionKeychain()
  await keyAlone.write('root-key', rootKey)
  return {
    root,
    whole,
    older,
    checkpointFile,
    olderCheckpointFile,
    keychain,
    keys: new StationKeys(Buffer.from(rootKey, 'base64')),
    size,
    olderSize,
    lastMs: second.clock.nowMs(),
    ask: (folder, anchor) =>
      verifyFolder(
        { folder, keychain: anchor === 'keychain' ? keychain : keyAlone },
        anchor === '--checkpoint' ? checkpointFile : undefined,
      ),
    tampered: (change) => {
      const folder = fs.mkdtempSync(path.join(root, 'copy-'))
      fs.cpSync(whole, folder, { recursive: true })
      const db = new Database(databaseFile(folder))
      change(db)
      db.close()
      return folder
    },
  }
}

async function signIn(bench: Bench, setupKey: string): Promise<void> {
  bench.clock.pass(60_000)
  const code = codeOf(setupKey, bench.clock.nowMs())
  expect(await bench.desk.handlers.submitCode({ staffId: administrator.staffId, code })).toMatchObject({ ok: true })
}

export type Edit = (events: StoredEvent[]) => StoredEvent[]
export const editEvents = (edit: Edit) => (db: StationDatabase) => writeEvents(db, edit(readEvents(db)))
export const at = (events: readonly StoredEvent[], number: number): StoredEvent => {
  const event = events[number - 1]
  if (!event) throw new Error(`no event ${number}`)
  return event
}
