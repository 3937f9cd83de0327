// The hub's tables as ordered migrations, the same on a PostgreSQL server and on PGlite.
import { sql } from 'kysely'
import type { HubDatabase } from './database.ts'

/** The role that every transaction of an organisation takes: it owns nothing, so row security holds for it. */
export const workRole = 'wardkey_hub_work'

/** The tables of the first version that belong to an organisation: its id is in every key and every foreign key. */
const scoped = [
  'person',
  'credential',
  'offer',
  'throttle',
  'access_token',
  'join_code',
  'station',
  'delivery',
  'change',
  'used_step',
  'policy_version',
  'event',
  'alert',
  'action',
]
/** No other organisation's rows can be seen, by whoever owns the table neither. */
const forceRowSecurity = (table: string): string => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY own ON ${table}
    USING (organisation_id = nullif(current_setting('wardkey.organisation', true), '')::uuid);
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO ${workRole};`
const forced = scoped.map(forceRowSecurity)

/** Each is applied once, in order. Never edited once released. */
const migrations: readonly string[] = [
  `
  CREATE TABLE organisation (
    id uuid PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL, cursor bigint NOT NULL DEFAULT 0,
    made_at bigint NOT NULL
  );
  CREATE TABLE setup_link (
    id uuid PRIMARY KEY, hash bytea NOT NULL UNIQUE, organisation_id uuid REFERENCES organisation, used_at bigint
  );
  CREATE TABLE person (
    organisation_id uuid NOT NULL REFERENCES organisation, id uuid NOT NULL, staff_id text NOT NULL,
    display_name text NOT NULL, roles text[] NOT NULL, groups text[] NOT NULL,
    status text NOT NULL CHECK (status IN ('active', 'suspended', 'left')), reason text,
    PRIMARY KEY (organisation_id, id), UNIQUE (organisation_id, staff_id)
  );
  CREATE TABLE credential (
    organisation_id uuid NOT NULL, id uuid NOT NULL, person_id uuid NOT NULL, kind text NOT NULL CHECK (kind IN ('totp')),
    status text NOT NULL CHECK (status IN ('active', 'suspended', 'ended')), algorithm text NOT NULL, digits int NOT NULL,
    period_seconds int NOT NULL, secret bytea, last_step bigint NOT NULL,
    PRIMARY KEY (organisation_id, id), FOREIGN KEY (organisation_id, person_id) REFERENCES person (organisation_id, id)
  );
  CREATE INDEX credential_person ON credential (organisation_id, person_id);
  CREATE TABLE offer (
    organisation_id uuid NOT NULL, id uuid NOT NULL, person_id uuid NOT NULL, secret bytea, expires_at bigint NOT NULL,
    tries int NOT NULL, status text NOT NULL CHECK (status IN ('open', 'confirmed', 'ended')),
    PRIMARY KEY (organisation_id, id), FOREIGN KEY (organisation_id, person_id) REFERENCES person (organisation_id, id)
  );
  CREATE INDEX offer_open ON offer (organisation_id, person_id) WHERE status = 'open';
  CREATE TABLE throttle (
    organisation_id uuid NOT NULL REFERENCES organisation, subject text NOT NULL, failures int NOT NULL,
    waits_until bigint NOT NULL, PRIMARY KEY (organisation_id, subject)
  );
  CREATE TABLE access_token (
    organisation_id uuid NOT NULL, id uuid NOT NULL, hash bytea NOT NULL, person_id uuid NOT NULL, made_at bigint NOT NULL,
    expires_at bigint NOT NULL, ended_at bigint, PRIMARY KEY (organisation_id, id), UNIQUE (organisation_id, hash),
    FOREIGN KEY (organisation_id, person_id) REFERENCES person (organisation_id, id)
  );
  CREATE TABLE join_code (
    organisation_id uuid NOT NULL, id uuid NOT NULL, hash bytea NOT NULL, station_group text, expires_at bigint NOT NULL,
    used_at bigint, made_by uuid NOT NULL, PRIMARY KEY (organisation_id, id), UNIQUE (organisation_id, hash),
    FOREIGN KEY (organisation_id, made_by) REFERENCES person (organisation_id, id)
  );
  CREATE TABLE station (
    organisation_id uuid NOT NULL REFERENCES organisation, number text NOT NULL, name text NOT NULL, location text NOT NULL,
    station_group text, status text NOT NULL CHECK (status IN ('active', 'suspended', 'held', 'removed')),
    signing_key bytea NOT NULL, agreement_key bytea NOT NULL, sealing_key bytea NOT NULL, token_hash bytea NOT NULL,
    previous_token_hash bytea, epoch int NOT NULL, cursor bigint NOT NULL, log_size bigint NOT NULL,
    log_hashes bytea NOT NULL, log_leaf bytea, checkpoint text, joined_at bigint NOT NULL, last_seen_at bigint,
    clock_offset_ms bigint, app_version text NOT NULL, PRIMARY KEY (organisation_id, number)
  );
  CREATE TABLE delivery (
    organisation_id uuid NOT NULL, station_number text NOT NULL, person_id uuid NOT NULL, local_id uuid,
    PRIMARY KEY (organisation_id, station_number, person_id),
    FOREIGN KEY (organisation_id, station_number) REFERENCES station (organisation_id, number),
    FOREIGN KEY (organisation_id, person_id) REFERENCES person (organisation_id, id)
  );
  CREATE TABLE change (
    organisation_id uuid NOT NULL REFERENCES organisation, kind text NOT NULL CHECK (kind IN ('person', 'policy', 'step')),
    subject text NOT NULL, cursor bigint NOT NULL, PRIMARY KEY (organisation_id, kind, subject),
    UNIQUE (organisation_id, cursor)
  );
  CREATE TABLE used_step (
    organisation_id uuid NOT NULL, credential_id uuid NOT NULL, step bigint NOT NULL, station_number text NOT NULL,
    PRIMARY KEY (organisation_id, credential_id, step),
    FOREIGN KEY (organisation_id, credential_id) REFERENCES credential (organisation_id, id),
    FOREIGN KEY (organisation_id, station_number) REFERENCES station (organisation_id, number)
  );
  CREATE TABLE policy_version (
    organisation_id uuid NOT NULL, number int NOT NULL, document text NOT NULL, reason text NOT NULL, actor uuid NOT NULL,
    at bigint NOT NULL, PRIMARY KEY (organisation_id, number),
    FOREIGN KEY (organisation_id, actor) REFERENCES person (organisation_id, id)
  );
  CREATE TABLE event (
    organisation_id uuid NOT NULL, station_number text NOT NULL, number bigint NOT NULL, body text NOT NULL,
    leaf bytea NOT NULL, received_at bigint NOT NULL, PRIMARY KEY (organisation_id, station_number, number),
    FOREIGN KEY (organisation_id, station_number) REFERENCES station (organisation_id, number)
  );
  CREATE TABLE alert (
    organisation_id uuid NOT NULL REFERENCES organisation, id uuid NOT NULL, kind text NOT NULL, station_number text,
    details text NOT NULL, at bigint NOT NULL, acknowledged_at bigint, acknowledged_by uuid,
    PRIMARY KEY (organisation_id, id)
  );
  CREATE INDEX alert_open ON alert (organisation_id, id) WHERE acknowledged_at IS NULL;
  CREATE TABLE action (
    organisation_id uuid NOT NULL REFERENCES organisation, id uuid NOT NULL, at bigint NOT NULL, actor uuid,
    type text NOT NULL, details text NOT NULL, PRIMARY KEY (organisation_id, id)
  );
  ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
  CREATE POLICY own ON organisation TO ${workRole}
    USING (id = nullif(current_setting('wardkey.organisation', true), '')::uuid);
  GRANT SELECT ON organisation TO ${workRole};
  GRANT UPDATE (cursor) ON organisation TO ${workRole};
  ${forced.join('\n')}
  `,
  `
  ALTER TABLE station DROP COLUMN token_hash;
  ALTER TABLE station ADD COLUMN token_sequence bigint NOT NULL DEFAULT 0
  `,
  // Bound phones, by their public keys.
  `
  ALTER TABLE credential DROP CONSTRAINT credential_kind_check;
  ALTER TABLE credential ADD CONSTRAINT credential_kind_check CHECK (kind IN ('totp', 'phone'));
  ALTER TABLE credential ALTER COLUMN algorithm DROP NOT NULL;
  ALTER TABLE credential ALTER COLUMN digits DROP NOT NULL;
  ALTER TABLE credential ALTER COLUMN period_seconds DROP NOT NULL;
  ALTER TABLE credential ADD COLUMN phone_keys text;
  ALTER TABLE credential ADD COLUMN bound_at text;
  ALTER TABLE credential ADD COLUMN let_in text NOT NULL DEFAULT 'yes' CHECK (let_in IN ('yes', 'waiting', 'no'));
  ALTER TABLE credential ADD CONSTRAINT credential_form CHECK (
    (kind = 'totp' AND algorithm IS NOT NULL AND digits IS NOT NULL AND period_seconds IS NOT NULL)
    OR (kind = 'phone' AND phone_keys IS NOT NULL AND bound_at IS NOT NULL AND secret IS NULL));
  ALTER TABLE credential ADD FOREIGN KEY (organisation_id, bound_at) REFERENCES station (organisation_id, number);
  CREATE INDEX credential_waiting ON credential (organisation_id, id) WHERE let_in = 'waiting' AND status = 'active';
  `,
  // Answers on their way from a phone to a station.
  `
  CREATE TABLE sent_answer (
    organisation_id uuid NOT NULL, id uuid NOT NULL, credential_id uuid NOT NULL, station_number text NOT NULL,
    digest bytea NOT NULL, body bytea, at bigint NOT NULL,
    PRIMARY KEY (organisation_id, id), UNIQUE (organisation_id, digest),
    FOREIGN KEY (organisation_id, credential_id) REFERENCES credential (organisation_id, id),
    FOREIGN KEY (organisation_id, station_number) REFERENCES station (organisation_id, number)
  );
  CREATE INDEX sent_answer_waiting ON sent_answer (organisation_id, station_number) WHERE body IS NOT NULL;
  CREATE INDEX sent_answer_old ON sent_answer (organisation_id, at);
  ${forceRowSecurity('sent_answer')}
  `,
  `
  CREATE TABLE sent_secret (
    organisation_id uuid NOT NULL, station_number text NOT NULL, credential_id uuid NOT NULL,
    PRIMARY KEY (organisation_id, station_number, credential_id),
    FOREIGN KEY (organisation_id, station_number) REFERENCES station (organisation_id, number),
    FOREIGN KEY (organisation_id, credential_id) REFERENCES credential (organisation_id, id)
  );
  ALTER TABLE delivery NO FORCE ROW LEVEL SECURITY;
  ALTER TABLE credential NO FORCE ROW LEVEL SECURITY;
  INSERT INTO sent_secret (organisation_id, station_number, credential_id)
    SELECT delivery.organisation_id, delivery.station_number, credential.id FROM delivery JOIN credential
    ON credential.organisation_id = delivery.organisation_id AND credential.person_id = delivery.person_id
    WHERE credential.secret IS NOT NULL;
  ALTER TABLE delivery FORCE ROW LEVEL SECURITY;
  ALTER TABLE credential FORCE ROW LEVEL SECURITY;
  ${forceRowSecurity('sent_secret')}
  ALTER TABLE credential ADD COLUMN failures int NOT NULL DEFAULT 0;
  `,
  `
  ALTER TABLE event ALTER COLUMN body DROP NOT NULL;
  CREATE INDEX event_body ON event (organisation_id, received_at) WHERE body IS NOT NULL;
  CREATE TABLE retention (organisation_id uuid PRIMARY KEY REFERENCES organisation, days int);
  CREATE TABLE legal_hold (
    organisation_id uuid NOT NULL REFERENCES organisation, id uuid NOT NULL, person_id uuid, from_ms bigint, to_ms bigint,
    reason text NOT NULL, set_at bigint NOT NULL, set_by uuid NOT NULL, lifted_at bigint,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, person_id) REFERENCES person (organisation_id, id),
    FOREIGN KEY (organisation_id, set_by) REFERENCES person (organisation_id, id)
  );
  ${forceRowSecurity('retention')}
  ${forceRowSecurity('legal_hold')}
  `,
  // Phones that are bound by way of the hub.
  `
  CREATE TABLE binding_box (
    organisation_id uuid NOT NULL, id bytea NOT NULL, station_number text NOT NULL, expires_at bigint NOT NULL,
    confirmed bytea, welcome bytea,
    PRIMARY KEY (organisation_id, id),
    FOREIGN KEY (organisation_id, station_number) REFERENCES station (organisation_id, number)
  );
  CREATE INDEX binding_box_station ON binding_box (organisation_id, station_number);
  CREATE INDEX binding_box_old ON binding_box (organisation_id, expires_at);
  CREATE TABLE binding_part (
    organisation_id uuid NOT NULL, box_id bytea NOT NULL, digest bytea NOT NULL, body bytea, claim bytea NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (organisation_id, box_id, digest),
    FOREIGN KEY (organisation_id, box_id) REFERENCES binding_box (organisation_id, id) ON DELETE CASCADE
  );
  CREATE INDEX binding_part_waiting ON binding_part (organisation_id, box_id) WHERE body IS NOT NULL;
  ${forceRowSecurity('binding_box')}
  ${forceRowSecurity('binding_part')}
  `,
  // Phones of people who may more than when these were let in; and which station used which code.
  `
  ALTER TABLE credential ADD COLUMN was_let_in boolean NOT NULL DEFAULT false;
  ALTER TABLE join_code ADD COLUMN used_by text;
  `,
]

/** Any number of processes may start at once: one migrates, the others wait for it. Refuses what a later version made. */
export async function migrate(db: HubDatabase['kysely']): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`SELECT pg_advisory_xact_lock(7261203981)`.execute(transaction)
    await sql`CREATE TABLE IF NOT EXISTS schema_version (one boolean PRIMARY KEY CHECK (one), number int NOT NULL)`.execute(
      transaction,
    )
    const found = await sql<{ number: number }>`SELECT number FROM schema_version`.execute(transaction)
    const before = found.rows[0]?.number ?? 0
    if (before > migrations.length) throw new NewerDatabaseError(before, migrations.length)
    await sql.raw(makeWorkRole).execute(transaction)
    for (const migration of migrations.slice(before))
      for (const statement of statementsOf(migration)) await sql.raw(statement).execute(transaction)
    await sql`INSERT INTO schema_version (one, number) VALUES (true, ${migrations.length})
      ON CONFLICT (one) DO UPDATE SET number = excluded.number`.execute(transaction)
  })
}

export class NewerDatabaseError extends Error {
  constructor(found: number, known: number) {
    super(`the database is of version ${found}, and this hub knows versions up to ${known}: start a newer hub`)
    this.name = 'NewerDatabaseError'
  }
}

/** Roles belong to the whole server: another database's hub may have made it, even at this moment. */
const makeWorkRole = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${workRole}') THEN
      CREATE ROLE ${workRole} NOLOGIN;
    END IF;
    EXECUTE format('GRANT ${workRole} TO %I', current_user);
  EXCEPTION WHEN duplicate_object OR unique_violation THEN
    EXECUTE format('GRANT ${workRole} TO %I', current_user);
  END $$`

/** Both engines take one statement at a time by the extended protocol; none here has a semicolon within. */
const statementsOf = (migration: string): string[] =>
  migration
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
