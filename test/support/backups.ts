// Backups of a test's stations: made by the product, edited by hand through age's own format, restored somewhere new.
import fs from 'node:fs'
import path from 'node:path'
import { Decrypter, Encrypter } from 'age-encryption'
import { expect } from 'vitest'
import { type BackupParts, makeBackup } from '../../src/station/backup.ts'
import { openStation } from '../../src/station/open-station.ts'
import { type RestoreAnswer, restoreBackup } from '../../src/station/restore.ts'
import type { Stopped } from './attack-station.ts'
import { type FakeClock, FakeKeychain } from './fakes.ts'

export const passphrase = 'correct horse battery staple'

export const partsOf = (station: Pick<Stopped, 'folder' | 'keychain' | 'clock'>): BackupParts => ({
  dataFolder: station.folder,
  keychain: station.keychain,
  clock: station.clock,
  appVersion: '0.0.0',
  sqliteBinding: undefined,
})

/** As a command beside, or in place of, the running station makes it. */
export async function backUp(station: Stopped, file: string): Promise<void> {
  const result = await openStation(partsOf(station))
  if (result.kind !== 'opened') throw new Error(JSON.stringify(result))
  try {
    expect(await makeBackup(partsOf(station), result.opened.station, file, passphrase)).toMatchObject({ ok: true })
  } finally {
    result.opened.db.close()
  }
}

export interface Elsewhere {
  readonly folder: string
  readonly keychain: FakeKeychain
  readonly clock: FakeClock
  readonly answer: RestoreAnswer
}

/** Into a folder that is not there yet, on a computer whose keychain is empty. */
export async function restoreTo(folder: string, file: string, clock: FakeClock, word = passphrase): Promise<Elsewhere> {
  const keychain = new FakeKeychain()
  const answer = await restoreBackup(partsOf({ folder, keychain, clock }), file, word)
  return { folder, keychain, clock, answer }
}

/** Another file in age's format, by the library's own way with a passphrase: what was inside, after an edit. */
export async function rewrite(file: string, edit: (plain: Buffer) => Uint8Array): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  const plain = Buffer.from(await decrypter.decrypt(fs.readFileSync(file)))
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(10)
  encrypter.setPassphrase(passphrase)
  const edited = path.join(path.dirname(file), `edited-${fs.readdirSync(path.dirname(file)).length}.age`)
  fs.writeFileSync(edited, await encrypter.encrypt(new Uint8Array(edit(plain))))
  return edited
}

/** The first line is the manifest; the rest stays. */
export const editManifest =
  (edit: (manifest: Record<string, unknown>) => unknown) =>
  (plain: Buffer): Buffer => {
    const end = plain.indexOf('\n')
    const manifest = JSON.parse(plain.subarray(0, end).toString())
    return Buffer.concat([Buffer.from(JSON.stringify(edit(manifest))), plain.subarray(end)])
  }
