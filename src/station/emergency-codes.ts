// Sets of emergency codes: made once, kept as slow salted hashes, each good for one use at this station.
import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import canonicalize from 'canonicalize'
import { emergencyCode, emergencyCodeBytes, emergencyCodeBytesOf, emergencyCodeCount } from '../core/emergency-code.ts'
import type { EmergencyDatabase } from './emergency-file.ts'
import { sameBytes } from './keys.ts'
import { newId, random, sha256 } from './primitives.ts'

// As for recovery codes: about 80 ms, in libuv's pool and not on the main thread.
const cost = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const slowHash = promisify(scrypt) as (code: Uint8Array, salt: Buffer, length: number, cost: object) => Promise<Buffer>

export interface EmergencyCodeRow {
  readonly id: string
  readonly tag: Buffer
  readonly used: number
}
export interface EmergencySet {
  readonly id: string
  readonly madeAtMs: number
  readonly salt: Buffer
  readonly codes: readonly EmergencyCodeRow[]
}

export const emergencyTag = (code: Uint8Array, salt: Buffer): Promise<Buffer> => slowHash(code, salt, 32, cost)

export async function makeEmergencySet(nowMs: number): Promise<{ codes: string[]; set: EmergencySet }> {
  const salt = random(16)
  const codes = Array.from({ length: emergencyCodeCount }, () => emergencyCode(random(emergencyCodeBytes)))
  const rows: EmergencyCodeRow[] = []
  for (const code of codes) {
    const bytes = emergencyCodeBytesOf(code.replaceAll('-', ''))
    if (!bytes) throw new Error('a new emergency code is not one')
    rows.push({ id: newId(), tag: await emergencyTag(bytes, salt), used: 0 })
  }
  return { codes, set: { id: newId(), madeAtMs: nowMs, salt, codes: rows } }
}

/** Stands for the set in the log, which then knows a set that somebody planted. Uses are not in it. 64 hex digits. */
export function digestOf({ id, salt, codes }: EmergencySet): string {
  const content = [id, salt.toString('base64'), codes.map((code) => [code.id, code.tag.toString('base64')])]
  return Buffer.from(sha256(Buffer.from(`wardkey emergency codes v1\n${canonicalize(content)}`))).toString('hex')
}

/** All sets; at most one is active, and one that is pending opens nothing. */
export function readSets(db: EmergencyDatabase, status: 'pending' | 'active'): EmergencySet[] {
  const sets = db.prepare('SELECT id, made_at_ms, salt FROM code_set WHERE status = ? ORDER BY id').all(status) as {
    id: string
    made_at_ms: number
    salt: Buffer
  }[]
  const codes = db.prepare('SELECT id, tag, used FROM code WHERE set_id = ? ORDER BY place')
  return sets.map(({ id, made_at_ms, salt }) => ({
    id,
    madeAtMs: made_at_ms,
    salt,
    codes: codes.all(id) as EmergencyCodeRow[],
  }))
}

export const activeEmergencySet = (db: EmergencyDatabase): EmergencySet | null => readSets(db, 'active')[0] ?? null

export function putPendingEmergencySet(db: EmergencyDatabase, { id, madeAtMs, salt, codes }: EmergencySet): void {
  db.prepare("DELETE FROM code_set WHERE status = 'pending'").run()
  db.prepare("INSERT INTO code_set VALUES (?, 'pending', ?, ?)").run(id, madeAtMs, salt)
  const insert = db.prepare('INSERT INTO code VALUES (?, ?, ?, ?, 0)')
  for (const [place, code] of codes.entries()) insert.run(code.id, id, place, code.tag)
}

/** This set works, and no other; null ends them all. */
export function keepOnlySet(db: EmergencyDatabase, id: string | null): void {
  db.prepare('DELETE FROM code_set WHERE id IS NOT ?').run(id)
  db.prepare("UPDATE code_set SET status = 'active' WHERE id = ?").run(id)
}

/** Each code is compared, whichever fits. */
export function findCode(set: EmergencySet, tag: Buffer): EmergencyCodeRow | null {
  let found: EmergencyCodeRow | null = null
  for (const code of set.codes) if (sameBytes(code.tag, tag)) found = code
  return found
}

export const unusedCodes = (set: EmergencySet): number => set.codes.filter(({ used }) => used === 0).length
