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

export interface FittingRoot {
  readonly root: Buffer
  /** A rotation has been committed and not settled: the keychain's root key is still the old one. */
  readonly isNext: boolean
}

/**
 * `root` itself where nothing in the keychain fits. Its own entry is looked at once more at the end: a rotation in another
 * process may have been settled between two looks. Throws KeychainError.
 * @param root what the keychain had as root key a moment ago.
 * @param check of the store; undefined where no set-up was committed.
 */
export async function fittingRoot(
  keychain: Keychain,
  root: Buffer,
  check: Uint8Array | undefined,
): Promise<FittingRoot> {
  if (!check || fits(root, check)) return { root, isNext: false }
  for (const account of ['next-root-key', 'root-key'] as const) {
    const other = parseRootKey((await keychain.read(account)) ?? '')
    if (other && fits(other, check)) return { root: other, isNext: account === 'next-root-key' }
  }
  return { root, isNext: false }
}

const fits = (root: Buffer, check: Uint8Array): boolean => sameBytes(check, new StationKeys(root).check)

/**
 * The end of a rotation: with this the old key is gone. Only while the folder is held: one who came late would put back
 * the key of a rotation before the last. Throws KeychainError; then it is done at the next start.
 */
export async function settleRoot(keychain: Keychain, next: Buffer): Promise<void> {
  await keychain.write('root-key', next.toString('base64'))
  await keychain.remove('next-root-key')
}
