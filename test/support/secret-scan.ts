// Looks for secrets in files that an app wrote, each in every form in which it could have got there.
import { createPrivateKey, hkdfSync } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import keytar from 'keytar'
import { toBase32 } from '../../src/core/base32.ts'
import { databaseFile } from '../../src/station/database.ts'
import { StationKeys } from '../../src/station/keys.ts'
import { serviceOf } from './station-app.ts'

interface Form {
  readonly form: string
  readonly bytes: Buffer
}
export interface Secret {
  readonly name: string
  readonly forms: readonly Form[]
}
export interface Finding {
  readonly file: string
  readonly secret: string
  readonly form: string
}

/** As UTF-8 and as UTF-16LE, which is how Chromium keeps most of its text. */
const written = (form: string, text: string): Form[] => [
  { form, bytes: Buffer.from(text) },
  { form: `${form}, UTF-16`, bytes: Buffer.from(text, 'utf16le') },
]

/** Base64 of whatever holds these bytes: at each of the three places at which they can begin in it. */
function base64InMore(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // What is left out at both ends depends on the neighbours too.
    const last = (before + bytes.length) % 3 === 0 ? text.length : text.length - 1
    return text.slice(before === 0 ? 0 : before + 1, last)
  })
}

export function bytesSecret(name: string, bytes: Uint8Array): Secret {
  const buffer = Buffer.from(bytes)
  const hex = buffer.toString('hex')
  const base32 = toBase32(bytes)
  const base64 = base64InMore(bytes)
  return {
    name,
    forms: [
      { form: 'raw', bytes: buffer },
      ...written('hex', hex),
      ...written('HEX', hex.toUpperCase()),
      ...written('base32', base32),
      ...written('base32 in lower case', base32.toLowerCase()),
      ...base64.flatMap((text) => written('base64', text)),
      ...base64.flatMap((text) => written('base64url', text.replaceAll('+', '-').replaceAll('/', '_'))),
      ...written('numbers', [...bytes].join(',')),
    ],
  }
}

/** As a person reads and types it: in groups or not, in either case. */
export function textSecret(name: string, text: string): Secret {
  const plain = text.replace(/[\s-]/g, '').toUpperCase()
  const groups = plain.match(/.{1,4}/g) ?? []
  const shapes = { plain, dashed: groups.join('-'), spaced: groups.join(' ') }
  return {
    name,
    forms: Object.entries(shapes).flatMap(([form, shape]) => [
      ...written(form, shape),
      ...written(`${form}, in lower case`, shape.toLowerCase()),
    ]),
  }
}

/** Files of these folders and of all below; not sockets and links, which hold nothing. */
export const listFiles = (folders: readonly string[]): string[] =>
  folders.flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name)),
  )

/** null for a file that its owner has taken away since it was listed, as a running app does. */
function readIfThere(file: string): Buffer | null {
  try {
    return fs.readFileSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** In bytes as they lie there: what is compressed, as a cache may be, would not be seen. */
export function findSecrets(files: readonly string[], secrets: readonly Secret[]): Finding[] {
  const findings: Finding[] = []
  for (const file of files) {
    const content = readIfThere(file)
    // A name can give a secret away as well.
    for (const where of content ? [content, Buffer.from(file)] : [])
      for (const { name, forms } of secrets) {
        const form = forms.find(({ bytes }) => where.includes(bytes))
        if (form) findings.push({ file, secret: name, form: form.form })
      }
  }
  return findings
}

/** Six digits turn up by chance in binary files; in text they count where nothing that belongs to a number or a word is beside them. */
export function findCodes(text: string, codes: readonly string[]): string[] {
  return codes.filter((code) =>
    new RegExp(`(?<![\\w.])(?:${code}|${code.slice(0, 3)}[ -]${code.slice(3)})(?![\\w])`).test(text),
  )
}

/** Every text in a JSON value, names of fields included; numbers are left out, since times and counts are such by themselves. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, each]) => [name, ...textsIn(each)])
}

/** Of a line of JSON its texts, of any other the whole. */
export function textsInLine(line: string): string[] {
  try {
    return textsIn(JSON.parse(line))
  } catch (error) {
    if (error instanceof SyntaxError) return [line]
    throw error
  }
}

/** The key in the keychain, those derived from it, and the station's own private ones as the product opens them. */
export async function stationSecrets(folder: string): Promise<Secret[]> {
  const rootKey = Buffer.from((await keytar.getPassword(serviceOf(folder), 'root-key')) ?? '', 'base64')
  const keys = new StationKeys(rootKey)
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', rootKey, '', `wardkey ${use} v1`, 32))
  if (!derived('recovery').equals(keys.recovery.export()))
    throw new Error('the product derives its keys in another way now')
  const db = new Database(databaseFile(folder), { readonly: true })
  const row = db.prepare('SELECT * FROM station').get() as Record<string, Buffer>
  db.close()
  const own = ['signing', 'agreement', 'sealing'].flatMap((kind) => {
    const sealed = row[`${kind}_secret`] ?? Buffer.alloc(0)
    const der = keys.open(sealed, { table: 'station', row: 'this', person: '', kind })
    const { d = '' } = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' })
    return [bytesSecret(`${kind} key, DER`, der), bytesSecret(`${kind} key, its number`, Buffer.from(d, 'base64url'))]
  })
  const uses = ['seal', 'rows', 'staff-id', 'recovery']
  return [
    bytesSecret('key in the keychain', rootKey),
    ...uses.map((use) => bytesSecret(`key for ${use}`, derived(use))),
    ...own,
  ]
}

/** Of the offer that is open now: the private half of its key, and s, as the product opens them. */
export async function offerSecrets(folder: string): Promise<Secret[]> {
  const keys = new StationKeys(Buffer.from((await keytar.getPassword(serviceOf(folder), 'root-key')) ?? '', 'base64'))
  const db = new Database(databaseFile(folder), { readonly: true })
  const open = db.prepare("SELECT id, person_id, secret FROM offer WHERE status = 'open' AND kind = 'phone'").all()
  db.close()
  return (open as { id: string; person_id: string; secret: Buffer }[]).flatMap(({ id, person_id: person, secret }) => {
    const opened = keys.open(secret, { table: 'offer', row: id, person, kind: 'phone' })
    return [
      bytesSecret('private key of an offer', opened.subarray(0, 32)),
      bytesSecret('s, as it is kept', opened.subarray(32, 48)),
    ]
  })
}
