// What the hub is told by its environment, parsed before anything else happens.
import fs from 'node:fs'
import { isIP } from 'node:net'
import path from 'node:path'
import { z } from 'zod'
import { type PhoneFiles, readPhonePage } from './phone-page.ts'
import { random } from './primitives.ts'

const httpUrl = z
  .url({ protocol: /^https?$/ })
  .transform((url) => url.replace(/\/+$/, ''))
  .refine((url) => new URL(url).pathname === '/' && !url.includes('#') && !url.includes('?'))

/** '0': nobody. '1': one on this computer. Else addresses and networks, such as `10.1.2.3, 10.2.0.0/16, fd00::/8`. */
const trustedProxies = z
  .string()
  .default('0')
  .transform((text) => ({ 0: [], 1: ['127.0.0.0/8', '::1'] })[text] ?? text.split(',').map((each) => each.trim()))
  .refine((proxies) => proxies.every(isNetwork))

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

const environment = z.object({
  WARDKEY_HUB_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  WARDKEY_HUB_DATA_DIR: z.string().min(1).optional(),
  WARDKEY_HUB_HOST: z.string().min(1).default('127.0.0.1'),
  WARDKEY_HUB_PORT: z.coerce.number().int().min(0).max(65_535).default(8788),
  /** As people and stations reach it, where that is not the address it listens on. */
  WARDKEY_HUB_URL: httpUrl.optional(),
  /** 32 bytes, base64. */
  WARDKEY_HUB_KEY: z.base64().length(44).optional(),
  WARDKEY_HUB_KEY_FILE: z.string().min(1).optional(),
  WARDKEY_HUB_TLS_CERT: z.string().min(1).optional(),
  WARDKEY_HUB_TLS_KEY: z.string().min(1).optional(),
  WARDKEY_HUB_BEHIND_PROXY: trustedProxies,
  /** A folder with the built phone page, where this hub serves it. */
  WARDKEY_HUB_PHONE: z.string().min(1).optional(),
})

export interface HubSettings {
  readonly databaseUrl: string | null
  readonly folder: string
  readonly host: string
  readonly port: number
  readonly url: string | null
  /** 32 bytes. */
  readonly rootKey: Buffer
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null
  /** Whom the hub believes when they say who asks: addresses and networks. */
  readonly behindProxy: readonly string[]
  readonly phonePage: PhoneFiles | null
}

/** Says which setting is wrong, and never what it was. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/** @param defaultFolder where the embedded database and the key file are, unless they are named. */
export function readSettings(env: Readonly<Record<string, string | undefined>>, defaultFolder: string): HubSettings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success)
    throw new SettingsError(`${String(parsed.error.issues[0]?.path[0])} is not a value that the hub can use`)
  const set = parsed.data
  const folder = path.resolve(set.WARDKEY_HUB_DATA_DIR ?? defaultFolder)
  if ((set.WARDKEY_HUB_TLS_CERT === undefined) !== (set.WARDKEY_HUB_TLS_KEY === undefined))
    throw new SettingsError('WARDKEY_HUB_TLS_CERT and WARDKEY_HUB_TLS_KEY go together')
  const tls =
    set.WARDKEY_HUB_TLS_CERT && set.WARDKEY_HUB_TLS_KEY
      ? {
          cert: fileOf('WARDKEY_HUB_TLS_CERT', set.WARDKEY_HUB_TLS_CERT),
          key: fileOf('WARDKEY_HUB_TLS_KEY', set.WARDKEY_HUB_TLS_KEY),
        }
      : null
  return {
    databaseUrl: set.WARDKEY_HUB_DATABASE_URL ?? null,
    folder,
    host: set.WARDKEY_HUB_HOST,
    port: set.WARDKEY_HUB_PORT,
    url: set.WARDKEY_HUB_URL ?? null,
    rootKey: rootKeyOf(set, folder),
    tls,
    behindProxy: set.WARDKEY_HUB_BEHIND_PROXY,
    phonePage: set.WARDKEY_HUB_PHONE === undefined ? null : phonePageOf(set.WARDKEY_HUB_PHONE),
  }
}

/** A key that nobody gave is made once, beside the embedded database; with a server, every process has to be given the same. */
function rootKeyOf(set: z.output<typeof environment>, folder: string): Buffer {
  if (set.WARDKEY_HUB_KEY && set.WARDKEY_HUB_KEY_FILE)
    throw new SettingsError('give WARDKEY_HUB_KEY or WARDKEY_HUB_KEY_FILE, not both')
  if (set.WARDKEY_HUB_KEY) return keyOf(set.WARDKEY_HUB_KEY, 'WARDKEY_HUB_KEY')
  if (set.WARDKEY_HUB_KEY_FILE)
    return keyOf(fileOf('WARDKEY_HUB_KEY_FILE', set.WARDKEY_HUB_KEY_FILE).toString(), 'WARDKEY_HUB_KEY_FILE')
  if (set.WARDKEY_HUB_DATABASE_URL)
    throw new SettingsError('with a PostgreSQL server the hub needs WARDKEY_HUB_KEY or WARDKEY_HUB_KEY_FILE')
  const file = path.join(folder, 'hub.key')
  if (!fs.existsSync(file)) {
    // Data without its key: a new one would open none of it, and say so only later.
    if (fs.existsSync(path.join(folder, 'database')))
      throw new SettingsError('hub.key is missing beside the database: put it back')
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    fs.writeFileSync(file, `${random(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  }
  return keyOf(fs.readFileSync(file, 'utf8'), 'hub.key')
}

function phonePageOf(folder: string): PhoneFiles {
  try {
    return readPhonePage(folder)
  } catch {
    throw new SettingsError('WARDKEY_HUB_PHONE names a folder that holds no built phone page')
  }
}

function keyOf(text: string, where: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length !== 32) throw new SettingsError(`${where} is no key of 32 bytes in base64`)
  return key
}

function fileOf(name: string, file: string): Buffer {
  try {
    return fs.readFileSync(file)
  } catch {
    throw new SettingsError(`${name} names a file that can't be read`)
  }
}
