// The hub's tables as Kysely sees them. Times are bigint milliseconds since 1970; bytes are bytea.
import type { ColumnType, Generated } from 'kysely'

/** pg gives a bigint as text, PGlite as a number where it fits: whoever reads one says `Number(...)`. */
type Big = ColumnType<string | number, number | bigint, number | bigint>
type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>

export interface Tables {
  /** What is told apart by name alone; all else is in its organisation's row security. */
  organisation: { id: string; slug: string; name: string; cursor: Generated<Big>; made_at: Big }
  setup_link: { id: string; hash: Bytes; organisation_id: string | null; used_at: Big | null }
  person: {
    organisation_id: string
    id: string
    staff_id: string
    display_name: string
    roles: string[]
    groups: string[]
    status: 'active' | 'suspended' | 'left'
    reason: string | null
  }
  credential: {
    organisation_id: string
    id: string
    person_id: string
    kind: 'totp' | 'phone'
    status: 'active' | 'suspended' | 'ended'
    /** How an authenticator app makes its codes; null of a phone. */
    algorithm: string | null
    digits: number | null
    period_seconds: number | null
    /** null once it has ended, and of a phone, whose secrets are nowhere but on it. */
    secret: Bytes | null
    last_step: Big
    /** Wrong codes in a row, at all stations together. */
    failures: Generated<number>
    /** Its public keys as JSON, and the station that bound it; null of an authenticator app. */
    phone_keys: string | null
    bound_at: string | null
    /** Whether other stations hear of a phone: 'waiting' for an administrator's word, or theirs was no. */
    let_in: Generated<'yes' | 'waiting' | 'no'>
    /** Other stations have it from before it had to be asked for again. */
    was_let_in: Generated<boolean>
  }
  offer: {
    organisation_id: string
    id: string
    person_id: string
    secret: Bytes | null
    expires_at: Big
    tries: number
    status: 'open' | 'confirmed' | 'ended'
  }
  /** One row a staff ID as it was typed (a keyed hash): how often it failed in a row, and until when it waits. */
  throttle: { organisation_id: string; subject: string; failures: number; waits_until: Big }
  access_token: {
    organisation_id: string
    id: string
    hash: Bytes
    person_id: string
    made_at: Big
    expires_at: Big
    ended_at: Big | null
  }
  join_code: {
    organisation_id: string
    id: string
    hash: Bytes
    station_group: string | null
    expires_at: Big
    used_at: Big | null
    /** The station's number. */
    used_by: string | null
    made_by: string
  }
  station: {
    organisation_id: string
    number: string
    name: string
    location: string
    station_group: string | null
    status: 'active' | 'suspended' | 'held' | 'removed'
    signing_key: Bytes
    agreement_key: Bytes
    sealing_key: Bytes
    /** Which one in the row of its tokens it showed last, and the hash of that; 0 and null before the first. */
    token_sequence: Big
    previous_token_hash: Bytes | null
    epoch: number
    /** How far it has taken what goes down. */
    cursor: Big
    /** The log that is kept of it: its size, its subtree hashes, its last leaf. */
    log_size: Big
    log_hashes: Bytes
    log_leaf: Bytes | null
    /** The newest checkpoint, signed by both. */
    checkpoint: string | null
    joined_at: Big
    last_seen_at: Big | null
    clock_offset_ms: Big | null
    app_version: string
  }
  /** Who has been sent to which station, so that whoever goes is taken away there, and nobody else is named. */
  delivery: {
    organisation_id: string
    station_number: string
    person_id: string
    /** What that station calls them, where it knew them before; null: as the hub does. */
    local_id: string | null
  }
  /** Which station was ever sent the secret of which credential. */
  sent_secret: { organisation_id: string; station_number: string; credential_id: string }
  /** The newest change of each subject. */
  change: { organisation_id: string; kind: 'person' | 'policy' | 'step'; subject: string; cursor: Big }
  /** Which step of which credential was accepted where: the same at two stations is a code used twice. */
  used_step: { organisation_id: string; credential_id: string; step: Big; station_number: string }
  /** What phones sent to stations; `body` null once it was fetched. */
  sent_answer: {
    organisation_id: string
    id: string
    credential_id: string
    station_number: string
    digest: Bytes
    body: Bytes | null
    at: Big
  }
  /** Opened by a station for an offer. `confirmed`: digest of the part that the digits were about; null before. */
  binding_box: {
    organisation_id: string
    id: Bytes
    station_number: string
    expires_at: Big
    confirmed: ColumnType<Uint8Array | null, Uint8Array | null | undefined, Uint8Array | null>
    welcome: ColumnType<Uint8Array | null, Uint8Array | null | undefined, Uint8Array | null>
  }
  /** What phones put into one; `body` null once it was fetched. `claim`: SHA-256 of what the phone asks for its welcome by. */
  binding_part: {
    organisation_id: string
    box_id: Bytes
    digest: Bytes
    body: Bytes | null
    claim: Bytes
    at: Big
  }
  policy_version: {
    organisation_id: string
    number: number
    document: string
    reason: string
    actor: string
    at: Big
  }
  /** `body`: null once it was pruned. */
  event: {
    organisation_id: string
    station_number: string
    number: Big
    body: string | null
    leaf: Bytes
    received_at: Big
  }
  /** `days`: null for ever, as without a row. */
  retention: { organisation_id: string; days: number | null }
  legal_hold: {
    organisation_id: string
    id: string
    person_id: string | null
    from_ms: Big | null
    to_ms: Big | null
    reason: string
    set_at: Big
    set_by: string
    lifted_at: Big | null
  }
  alert: {
    organisation_id: string
    id: string
    kind: string
    station_number: string | null
    details: string
    at: Big
    acknowledged_at: Big | null
    acknowledged_by: string | null
  }
  /** What administrators did at the hub. */
  action: { organisation_id: string; id: string; at: Big; actor: string | null; type: string; details: string }
}
