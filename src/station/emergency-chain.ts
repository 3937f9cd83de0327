// The chain of the emergency record: entries that each name the one before, appended and checked.
import canonicalize from 'canonicalize'
import { type EmergencyEntry, type EntryFields, emergencyEntry } from '../contracts/emergency.ts'
import { parseJson } from '../contracts/json.ts'
import { StoreError } from './database.ts'
import type { EmergencyDatabase } from './emergency-file.ts'
import { sha256 } from './primitives.ts'

/** Where the log has got to: number 0 and null before the first entry. */
export interface ChainPlace {
  readonly chain: string
  readonly number: number
  readonly hash: string | null
}
export interface Chained {
  readonly entry: EmergencyEntry
  readonly hash: string
}
export interface ChainReport {
  /** Those after the place that was asked for, in order, as far as they hold. */
  readonly entries: readonly Chained[]
  /** Nothing is missing, changed or from another chain. */
  readonly sound: boolean
}

/**
 * SHA-256 over a fixed text and the entry's canonical JSON (RFC 8785), in hex. Keyed it can't be: the key would be in the
 * keychain, which this must do without. So it shows a change only to whoever remembers a hash, as the log does.
 */
export const entryHash = (entry: EmergencyEntry): string =>
  Buffer.from(sha256(Buffer.from(`wardkey emergency entry v1\n${canonicalize(entry)}`))).toString('hex')

export const chainOf = (db: EmergencyDatabase): string =>
  db.prepare('SELECT chain FROM record WHERE id = 1').pluck().get() as string

/** Within the caller's transaction. Returns the entry's number. */
export function appendEntry(db: EmergencyDatabase, fields: EntryFields): number {
  const last = db.prepare('SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1').get() as
    | { number: number; hash: string }
    | undefined
  const number = (last?.number ?? 0) + 1
  const entry = emergencyEntry.parse({ ...fields, chain: chainOf(db), number, previous: last?.hash ?? null })
  db.prepare('INSERT INTO entry VALUES (?, ?, ?)').run(number, canonicalize(entry), entryHash(entry))
  return number
}

/** Throws StoreError where a row is no entry at all. */
export function readEntries(db: EmergencyDatabase): Chained[] {
  const rows = db.prepare('SELECT body, hash FROM entry ORDER BY number').all() as { body: string; hash: string }[]
  return rows.map(({ body, hash }) => {
    const parsed = emergencyEntry.safeParse(parseJson(body))
    if (!parsed.success) throw new StoreError('data-damaged')
    return { entry: parsed.data, hash }
  })
}

/** Holds what is kept against the place that the log knows. Entries before it may have been cleared away. */
export function checkChain(kept: readonly Chained[], known: ChainPlace): ChainReport {
  const entries: Chained[] = []
  let before: { readonly number: number; readonly hash: string | null } = { number: 0, hash: null }
  const [first] = kept
  if (first && first.entry.number > 1 && first.entry.number <= known.number)
    before = { number: first.entry.number - 1, hash: first.entry.previous }
  let met = known.number === 0
  for (const each of kept) {
    const { entry, hash } = each
    const follows = entry.number === before.number + 1 && entry.previous === before.hash && entry.chain === known.chain
    if (!follows || entryHash(entry) !== hash) return { entries, sound: false }
    if (entry.number === known.number) {
      if (hash !== known.hash) return { entries, sound: false }
      met = true
    }
    if (entry.number > known.number) entries.push(each)
    before = { number: entry.number, hash }
  }
  return { entries, sound: met }
}
