// Wires the command line: a data folder and the keychain it belongs to. Opens nothing by itself.
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { createKeytarKeychain } from '../station/keytar-keychain.ts'
import type { Keychain } from '../station/ports.ts'
import { UsageError } from './output.ts'

const environment = z.object({
  WARDKEY_DATA_DIR: z.string().min(1).optional(),
  WARDKEY_TOKEN: z.string().max(200).optional(),
  WARDKEY_KEYCHAIN_SERVICE: z.string().min(1).max(200).default('wardkey'),
})

export interface CliParts {
  readonly folder: string
  readonly keychain: Keychain
  /** What IT's provisioning token says, for changes that nobody is named for. */
  readonly token?: string | undefined
}

/** The version that this command line is of. */
export const appVersion = (): string =>
  z
    .object({ version: z.string() })
    .parse(JSON.parse(fs.readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'))).version

export function composeCli(data: string | undefined): CliParts {
  const parsed = environment.safeParse(process.env)
  if (!parsed.success) throw new UsageError(`${parsed.error.issues[0]?.path.join('.')}: not a usable value`)
  const folder = data ?? parsed.data.WARDKEY_DATA_DIR
  if (!folder) throw new UsageError('name the data folder with --data or WARDKEY_DATA_DIR')
  const keychain = createKeytarKeychain(parsed.data.WARDKEY_KEYCHAIN_SERVICE)
  return { folder: path.resolve(folder), keychain, token: parsed.data.WARDKEY_TOKEN || undefined }
}
