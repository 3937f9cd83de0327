// What an authenticated row of each table holds, and which columns its digest covers.
import type { TicketPurpose } from '../contracts/commands/tickets.ts'
import type { SignInMethod } from '../contracts/screen.ts'

import type { RowContent } from './keys.ts'

type Text = string
export interface Rows {
  station: {
    name: Text
    location: Text
    organisation: Text
    signing_public: Buffer
    signing_secret: Buffer
    agreement_public: Buffer
    agreement_secret: Buffer
    sealing_public: Buffer
    sealing_secret: Buffer
    key_check: Buffer
    /** null: the station is in no group. */
    station_group: Text | null
    /** Since it was restored and until an administrator confirms the people; null: nothing to confirm. */
    unconfirmed_since_ms: number | null
  }
  policy: { document: Text }
  /** Which hub this station has joined. */
  hub_link: {
    url: Text
    organisation_id: Text
    organisation_slug: Text
    organisation_name: Text
    /** The organisation's key at its hub, raw Ed25519 (32 bytes). */
    hub_key: Buffer
    /** Why the hub wants nothing more of this station; null while it does. */
    closed: Text | null
    /** When the hub last said that this is all there is: by wall time, and by the running time of a start of the computer. */
    confirmed_at_ms: number
    confirmed_running_ms: number | null
    boot: Text | null
  }
  /** The one with the highest number is in force. `actor` null: it came with the station, or by IT. */
  policy_version: { number: number; document: Text; at_ms: number; actor: Text | null; reason: Text }
  person: {
    staff_id: Text
    display_name: Text
    roles: Text
    status: 'active' | 'suspended' | 'left'
    /** Their id at the hub, which says who they are; absent or null: they were added here. */
    hub_id?: Text | null
  }
  credential: {
    person_id: Text
    kind: 'totp' | 'recovery' | 'pin' | 'phone'
    status: 'pending' | 'active' | 'suspended' | 'ended'
    parameters: Text
    secret: Buffer | null
    last_step: number
    /** 'hub': it holds as long as its lease does. Absent or null: it was made here. */
    origin?: 'hub' | null
  }
  offer: {
    person_id: Text
    /** 'waiting': made, and not shown yet; it has no secret. */
    status: 'waiting' | 'open' | 'confirmed' | 'ended'
    parameters: Text
    secret: Buffer | null
    expires_at_ms: number
    tries: number
    /** null: set-up, or from before version 0.2. */
    made_by: Text | null
    /** null: every phone from before ends, as before version 0.2. */
    purpose: 'first' | 'replace' | 'add' | 'move' | null
    /** The credential that ends, where it is that one alone. */
    replaces: Text | null
    reason: Text | null
    /** null: an authenticator app. */
    kind: 'phone' | null
  }
  ticket: {
    person_id: Text
    purpose: TicketPurpose
    status: 'open' | 'ended'
    secret: Buffer | null
    issued_at_ms: number
    expires_at_ms: number
    issued_by: Text
  }
  /** IT's. `scopes` a JSON list; `hash` sealed, and kept when it ends. */
  token: {
    name: Text
    scopes: Text
    hash: Buffer
    made_by: Text
    made_at_ms: number
    expires_at_ms: number
    status: 'active' | 'revoked'
  }
  throttle: { failures: number; waits_until_ms: number; recent: Text }
  clock_floor: {
    floor_ms: number
    last_person: Text | null
    last_at_ms: number
    /** Running time when the row was put, and the start of the computer that it counts from; null: not known. */
    running_ms: number | null
    boot: Text | null
  }
  session: { person_id: Text; method: SignInMethod; started_at_ms: number; ended_at_ms: number | null }
  alert: { kind: Text; about: Text | null; at_ms: number; acknowledged: number }
  /** The organisation's look, as JSON, and its logo, a PNG. */
  brand: { look: Text; logo: Buffer | null }
  /** What the log knows of emergency.db. */
  emergency: {
    /** Digest of the set of codes that works; null for none. */
    set_digest: Text | null
    /** Of the one before it, which may still lie in emergency.db after a crash. */
    ended_digest: Text | null
    made_at_ms: number
    chain: Text | null
    taken: number
    taken_hash: Text | null
  }
  emergency_use: {
    entry: Text
    number: number
    code: Text | null
    name: Text
    reason: Text
    opened_at_ms: number
    ended_at_ms: number | null
    /** A person's id. */
    reviewed_by: Text | null
    reviewed_at_ms: number | null
    finding: Text | null
  }
}
export type TableName = keyof Rows

export const columns: { readonly [T in TableName]: readonly (keyof Rows[T] & string)[] } = {
  station: [
    'name',
    'location',
    'organisation',
    'signing_public',
    'signing_secret',
    'agreement_public',
    'agreement_secret',
    'sealing_public',
    'sealing_secret',
    'key_check',
    'station_group',
    'unconfirmed_since_ms',
  ],
  policy: ['document'],
  hub_link: [
    'url',
    'organisation_id',
    'organisation_slug',
    'organisation_name',
    'hub_key',
    'closed',
    'confirmed_at_ms',
    'confirmed_running_ms',
    'boot',
  ],
  policy_version: ['number', 'document', 'at_ms', 'actor', 'reason'],
  person: ['staff_id', 'display_name', 'roles', 'status', 'hub_id'],
  credential: ['person_id', 'kind', 'status', 'parameters', 'secret', 'last_step', 'origin'],
  ticket: ['person_id', 'purpose', 'status', 'secret', 'issued_at_ms', 'expires_at_ms', 'issued_by'],
  offer: [
    'person_id',
    'status',
    'parameters',
    'secret',
    'expires_at_ms',
    'tries',
    'made_by',
    'purpose',
    'replaces',
    'reason',
    'kind',
  ],
  token: ['name', 'scopes', 'hash', 'made_by', 'made_at_ms', 'expires_at_ms', 'status'],
  throttle: ['failures', 'waits_until_ms', 'recent'],
  clock_floor: ['floor_ms', 'last_person', 'last_at_ms', 'running_ms', 'boot'],
  session: ['person_id', 'method', 'started_at_ms', 'ended_at_ms'],
  alert: ['kind', 'about', 'at_ms', 'acknowledged'],
  brand: ['look', 'logo'],
  emergency: ['set_digest', 'ended_digest', 'made_at_ms', 'chain', 'taken', 'taken_hash'],
  emergency_use: [
    'entry',
    'number',
    'code',
    'name',
    'reason',
    'opened_at_ms',
    'ended_at_ms',
    'reviewed_by',
    'reviewed_at_ms',
    'finding',
  ],
}
export const tableNames = Object.keys(columns) as TableName[]

/** What decides access: none of these rows may go back to what it was, so the head of the log holds the sum of them. */
export const accessTables = [
  'station',
  'policy',
  'policy_version',
  'person',
  'credential',
  'offer',
  'ticket',
  'token',
  'throttle',
  'clock_floor',
  'emergency',
  'hub_link',
] as const

/**
 * Columns that a migration added. Where one holds nothing the digest does not name it, so that the rows from before the
 * migration keep theirs.
 */
const addedColumns: { readonly [T in TableName]?: readonly (keyof Rows[T] & string)[] } = {
  station: ['station_group', 'unconfirmed_since_ms'],
  offer: ['made_by', 'purpose', 'replaces', 'reason', 'kind'],
  clock_floor: ['running_ms', 'boot'],
  person: ['hub_id'],
  credential: ['origin'],
}

/** The columns that a row's digest covers, with bytes as base64. */
export function contentOf(table: TableName, row: Readonly<Record<string, unknown>>): RowContent {
  const added: readonly string[] = addedColumns[table] ?? []
  const content: Record<string, Cell> = {}
  for (const name of columns[table]) {
    const value = row[name] ?? null
    if (value === null && added.includes(name)) continue
    content[name] = value instanceof Uint8Array ? base64(value) : (value as Cell)
  }
  return content
}

type Cell = string | number | null
const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
