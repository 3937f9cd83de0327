// The root key that a store rests under: the keychain's own, or the next one, where a rotation stopped after its commit.
import type { StationDatabase } from './database.ts'
import { StationKeys, sameBytes } from './keys.ts'
import type { Keychain } from './ports.ts'

/** 32 bytes, from base64. */
export function parseRootKey(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length === 32 && bytes.toString('base64') === text ? bytes : null
}

/** undefined where no set-up was committed. */
export const keyCheckOf = (db: StationDatabase): Buffer | undefined =>
  db.prepare("SELECT key_check FROM station WHERE id = 'this'").pluck().get() as Buffer | undefined

/** The next root key, where the store rests under that one and no longer under `root`; else null. Throws KeychainError. */
export async function nextRootOf(db: StationDatabase, keychain: Keychain, root: Buffer): Promise<Buffer | null> {
  const check = keyCheckOf(db)
  if (!check || sameBytes(check, new StationKeys(root).check)) return null
  const next = parseRootKey((await keychain.read('next-root-key')) ?? '')
  return next && sameBytes(check, new StationKeys(next).check) ? next : null
}

/** The end of a rotation: with this the old key is gone. Throws KeychainError; then it is done at the next start. */
export async function settleRoot(keychain: Keychain, next: Buffer): Promise<void> {
  await keychain.write('root-key', next.toString('base64'))
  await keychain.remove('next-root-key')
}
