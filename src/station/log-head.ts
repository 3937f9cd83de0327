// The head of the log: its size, its subtree hashes and the sum over the rows that decide access, under one MAC.

import type { Statement } from 'better-sqlite3'
import type { Frontier } from '../core/tree.ts'
import { emptyFrontier } from '../core/tree.ts'
import type { StationDatabase } from './database.ts'
import { DamageError, type StationKeys, sameBytes } from './keys.ts'
import { accessTables, contentOf, type TableName } from './schema.ts'

export interface LogHead {
  readonly frontier: Frontier
  /**
   * Sum modulo 2^256 of the digests of all rows that decide access: an incremental multiset hash over keyed digests
   * (MSet-Add-Hash, Clarke et al., ASIACRYPT 2003). A row that is put back, taken away or copied changes it.
   */
  readonly rowSum: bigint
}
const modulus = 1n << 256n
const emptyHead: LogHead = { frontier: emptyFrontier, rowSum: 0n }

export const decidesAccess = (table: TableName): boolean => (accessTables as readonly string[]).includes(table)

export const changedSum = (sum: bigint, before: Uint8Array | null, after: Uint8Array | null): bigint =>
  (((sum - numberOf(before) + numberOf(after)) % modulus) + modulus) % modulus

export class HeadStore {
  readonly #keys: StationKeys
  readonly #select: Statement
  readonly #write: Statement
  /** What this store wrote last, as bytes: read again unchanged, it needs no second look. */
  #own: { readonly head: LogHead; readonly stored: StoredHead } | null = null

  constructor(db: StationDatabase, keys: StationKeys) {
    this.#keys = keys
    this.#select = db.prepare('SELECT size, hashes, row_sum, mac FROM log_head WHERE id = 1')
    this.#write = db.prepare(
      `INSERT INTO log_head (id, size, hashes, row_sum, mac) VALUES (1, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET
         size = excluded.size, hashes = excluded.hashes, row_sum = excluded.row_sum, mac = excluded.mac`,
    )
  }

  /** Throws DamageError where the head is not what the station wrote. */
  read(): LogHead {
    const row = this.#select.get() as StoredHead | undefined
    if (!row) return emptyHead
    if (this.#own && sameHead(row, this.#own.stored)) return this.#own.head
    const head = { frontier: frontierOf(row), rowSum: numberOf(row.row_sum) }
    if (!sameBytes(storedHead(this.#keys, head).mac, row.mac)) throw new DamageError('log-changed', 'log_head')
    return head
  }

  write(head: LogHead): void {
    const stored = storedHead(this.#keys, head)
    this.#write.run(stored.size, stored.hashes, stored.row_sum, stored.mac)
    this.#own = { head, stored }
  }
}

/** Only the head's claim, for whoever goes on to check it against the events. */
export function readFrontier(db: StationDatabase): Frontier {
  const row = db.prepare('SELECT size, hashes FROM log_head WHERE id = 1').get() as StoredHead | undefined
  return row ? frontierOf(row) : emptyFrontier
}

/**
 * Are the rows that decide access those of the head: none edited, none older, none gone, none more? All of each is read:
 * one whose status was edited might never be met by a query, and so never be missed.
 */
export function rowsAreCurrent(db: StationDatabase, keys: StationKeys, head: LogHead): boolean {
  let sum = 0n
  for (const table of accessTables)
    for (const row of db.prepare(`SELECT * FROM ${table} NOT INDEXED`).iterate() as Iterable<StoredRow>) {
      const digest = keys.rowDigest(table, String(row.id), contentOf(table, row), Number(row.event_number))
      if (!sameBytes(digest, row.mac)) return false
      sum += numberOf(digest)
    }
  return sum % modulus === head.rowSum
}

interface StoredRow extends Record<string, unknown> {
  readonly mac: Buffer
}

interface StoredHead {
  readonly size: number
  readonly hashes: Buffer
  readonly row_sum: Buffer
  readonly mac: Buffer
}

function frontierOf(row: Pick<StoredHead, 'size' | 'hashes'>): Frontier {
  const hashes: Buffer[] = []
  for (let at = 0; at < row.hashes.length; at += 32) hashes.push(row.hashes.subarray(at, at + 32))
  return { size: row.size, hashes }
}

function storedHead(keys: StationKeys, { frontier: { size, hashes }, rowSum }: LogHead): StoredHead {
  const bytes = { hashes: Buffer.concat(hashes), row_sum: bytesOf(rowSum) }
  const text = [bytes.hashes.toString('base64'), bytes.row_sum.toString('base64')]
  return { size, ...bytes, mac: keys.rowDigest('log_head', '1', text, size) }
}

const sameHead = (a: StoredHead, b: StoredHead): boolean =>
  a.size === b.size && sameBytes(a.mac, b.mac) && a.hashes.equals(b.hashes) && a.row_sum.equals(b.row_sum)

const numberOf = (bytes: Uint8Array | null): bigint =>
  bytes === null || bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const bytesOf = (sum: bigint): Buffer => Buffer.from(sum.toString(16).padStart(64, '0'), 'hex')
