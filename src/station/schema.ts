// The tables of station.db, as ordered migrations, and which columns each authenticated row has.

/** Each is applied once, in order, in a transaction that also raises user_version. Never edited once released. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    leaf BLOB NOT NULL,
    mac BLOB NOT NULL,
    type TEXT GENERATED ALWAYS AS (json_extract(body, '$.type')) VIRTUAL,
    person TEXT GENERATED ALWAYS AS (json_extract(body, '$.person')) VIRTUAL
  ) STRICT;
  CREATE INDEX event_person ON event (person, number) WHERE person IS NOT NULL;
  CREATE TABLE log_head (
    id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, hashes BLOB NOT NULL, row_sum BLOB NOT NULL,
    mac BLOB NOT NULL
  ) STRICT;
  CREATE TABLE row_change (row TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE station (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, location TEXT NOT NULL, organisation TEXT NOT NULL,
    signing_public BLOB NOT NULL, signing_secret BLOB NOT NULL,
    agreement_public BLOB NOT NULL, agreement_secret BLOB NOT NULL,
    sealing_public BLOB NOT NULL, sealing_secret BLOB NOT NULL,
    key_check BLOB NOT NULL, event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE TABLE policy (
    id TEXT PRIMARY KEY, document TEXT NOT NULL, event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE TABLE person (
    id TEXT PRIMARY KEY, staff_id TEXT NOT NULL UNIQUE, display_name TEXT NOT NULL, roles TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'suspended', 'left')),
    event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE INDEX person_name ON person (display_name COLLATE NOCASE);
  CREATE TABLE credential (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('totp', 'recovery')),
    status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'suspended', 'ended')),
    parameters TEXT NOT NULL, secret BLOB, last_step INTEGER NOT NULL,
    event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE INDEX credential_person ON credential (person_id, kind, status);
  CREATE TABLE offer (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id),
    status TEXT NOT NULL CHECK (status IN ('open', 'confirmed', 'ended')),
    parameters TEXT NOT NULL, secret BLOB, expires_at_ms INTEGER NOT NULL, tries INTEGER NOT NULL,
    event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE INDEX offer_status ON offer (status);
  CREATE TABLE throttle (
    id TEXT PRIMARY KEY, failures INTEGER NOT NULL, waits_until_ms INTEGER NOT NULL, recent TEXT NOT NULL,
    event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE INDEX throttle_age ON throttle (event_number);
  CREATE TABLE clock_floor (
    id TEXT PRIMARY KEY, floor_ms INTEGER NOT NULL, last_person TEXT, last_at_ms INTEGER NOT NULL,
    event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE TABLE session (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id), method TEXT NOT NULL,
    started_at_ms INTEGER NOT NULL, ended_at_ms INTEGER, event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE INDEX session_open ON session (ended_at_ms) WHERE ended_at_ms IS NULL;
  CREATE TABLE alert (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, about TEXT, at_ms INTEGER NOT NULL, acknowledged INTEGER NOT NULL,
    event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE INDEX alert_open ON alert (acknowledged, at_ms);
  `,
]

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
  }
  policy: { document: Text }
  person: { staff_id: Text; display_name: Text; roles: Text; status: 'active' | 'suspended' | 'left' }
  credential: {
    person_id: Text
    kind: 'totp' | 'recovery'
    status: 'pending' | 'active' | 'suspended' | 'ended'
    parameters: Text
    secret: Buffer | null
    last_step: number
  }
  offer: {
    person_id: Text
    status: 'open' | 'confirmed' | 'ended'
    parameters: Text
    secret: Buffer | null
    expires_at_ms: number
    tries: number
  }
  throttle: { failures: number; waits_until_ms: number; recent: Text }
  clock_floor: { floor_ms: number; last_person: Text | null; last_at_ms: number }
  session: { person_id: Text; method: 'totp' | 'recovery'; started_at_ms: number; ended_at_ms: number | null }
  alert: { kind: Text; about: Text | null; at_ms: number; acknowledged: number }
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
  ],
  policy: ['document'],
  person: ['staff_id', 'display_name', 'roles', 'status'],
  credential: ['person_id', 'kind', 'status', 'parameters', 'secret', 'last_step'],
  offer: ['person_id', 'status', 'parameters', 'secret', 'expires_at_ms', 'tries'],
  throttle: ['failures', 'waits_until_ms', 'recent'],
  clock_floor: ['floor_ms', 'last_person', 'last_at_ms'],
  session: ['person_id', 'method', 'started_at_ms', 'ended_at_ms'],
  alert: ['kind', 'about', 'at_ms', 'acknowledged'],
}
export const tableNames = Object.keys(columns) as TableName[]

/** What decides access: none of these rows may go back to what it was, so the head of the log holds the sum of them. */
export const accessTables = ['station', 'policy', 'person', 'credential', 'offer', 'throttle', 'clock_floor'] as const

/** The columns that a row's digest covers, with bytes as base64. */
export function contentOf(table: TableName, row: Record<string, unknown>): Record<string, unknown> {
  const content: Record<string, unknown> = {}
  for (const name of columns[table]) {
    const value = row[name]
    content[name] = value instanceof Uint8Array ? Buffer.from(value).toString('base64') : (value ?? null)
  }
  return content
}
