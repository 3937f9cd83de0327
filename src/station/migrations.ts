// The tables of station.db, as ordered migrations.

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
  // PINs and bound phones beside what there was; the station's group, by which policy may tell stations apart; an offer's
  // own events, for whoever audits it.
  `
  CREATE TABLE credential_next (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('totp', 'recovery', 'pin', 'phone')),
    status TEXT NOT NULL CHECK (status IN ('pending', 'active', 'suspended', 'ended')),
    parameters TEXT NOT NULL, secret BLOB, last_step INTEGER NOT NULL,
    event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  INSERT INTO credential_next SELECT * FROM credential;
  DROP TABLE credential;
  ALTER TABLE credential_next RENAME TO credential;
  CREATE INDEX credential_person ON credential (person_id, kind, status);
  ALTER TABLE station ADD COLUMN station_group TEXT;
  ALTER TABLE event ADD COLUMN offer TEXT GENERATED ALWAYS AS (json_extract(body, '$.offer')) VIRTUAL;
  CREATE INDEX event_offer ON event (offer, number) WHERE offer IS NOT NULL;
  `,
  // Every version of the policy, beside the one in force.
  `
  CREATE TABLE policy_version (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, document TEXT NOT NULL, at_ms INTEGER NOT NULL, actor TEXT,
    reason TEXT NOT NULL, event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  `,
  // The log as it is looked through: a person's events by type and outcome, what somebody did to others, and for each
  // stretch of events what is in it (see log-spans.ts).
  `
  DROP INDEX event_person;
  ALTER TABLE event ADD COLUMN outcome TEXT GENERATED ALWAYS AS (json_extract(body, '$.outcome')) VIRTUAL;
  ALTER TABLE event ADD COLUMN actor TEXT GENERATED ALWAYS AS (json_extract(body, '$.actor')) VIRTUAL;
  CREATE INDEX event_person ON event (person, type, outcome) WHERE person IS NOT NULL;
  CREATE INDEX event_actor ON event (actor, type, outcome) WHERE actor IS NOT NULL;
  CREATE TABLE event_span (
    span INTEGER PRIMARY KEY, low_ms INTEGER NOT NULL, high_ms INTEGER NOT NULL, kinds TEXT NOT NULL
  ) STRICT;
  INSERT INTO event_span
    SELECT
      (number - 1) / 128, min(json_extract(body, '$.atMs')), max(json_extract(body, '$.atMs')),
      group_concat(DISTINCT type || '/' || ifnull(outcome, '') ORDER BY type || '/' || ifnull(outcome, ''))
    FROM event GROUP BY (number - 1) / 128 HAVING count(*) = 128;
  `,
  // After a restore nobody but an administrator gets in until one has confirmed the people.
  // When the last backup was made is found without reading all of a long log.
  `
  ALTER TABLE station ADD COLUMN unconfirmed_since_ms INTEGER;
  CREATE INDEX event_backup ON event (number) WHERE type = 'backup-made';
  `,
  // What the log knows of emergency.db, and each use of an emergency code with its review.
  `
  CREATE TABLE emergency (
    id TEXT PRIMARY KEY, set_digest TEXT, ended_digest TEXT, made_at_ms INTEGER NOT NULL, chain TEXT,
    taken INTEGER NOT NULL, taken_hash TEXT, event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE TABLE emergency_use (
    id TEXT PRIMARY KEY, entry TEXT NOT NULL UNIQUE, number INTEGER NOT NULL, code TEXT, name TEXT NOT NULL,
    reason TEXT NOT NULL, opened_at_ms INTEGER NOT NULL, ended_at_ms INTEGER, reviewed_by TEXT,
    reviewed_at_ms INTEGER, finding TEXT, event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE INDEX emergency_use_open ON emergency_use (opened_at_ms) WHERE reviewed_by IS NULL;
  `,
  // Tickets: a supervisor's one-time help for a person.
  `
  CREATE TABLE ticket (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('sign-in', 'enroll')),
    status TEXT NOT NULL CHECK (status IN ('open', 'ended')),
    secret BLOB, issued_at_ms INTEGER NOT NULL, expires_at_ms INTEGER NOT NULL,
    issued_by TEXT NOT NULL REFERENCES person (id),
    event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE INDEX ticket_open ON ticket (person_id) WHERE status = 'open';
  `,
  // Offers that wait to be shown, and what each is for; a person's newest session without reading all of them.
  `
  CREATE TABLE offer_next (
    id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id),
    status TEXT NOT NULL CHECK (status IN ('waiting', 'open', 'confirmed', 'ended')),
    parameters TEXT NOT NULL, secret BLOB, expires_at_ms INTEGER NOT NULL, tries INTEGER NOT NULL,
    event_number INTEGER NOT NULL, mac BLOB NOT NULL,
    made_by TEXT, purpose TEXT CHECK (purpose IN ('first', 'replace', 'add', 'move')), replaces TEXT, reason TEXT
  ) STRICT;
  INSERT INTO offer_next SELECT *, NULL, NULL, NULL, NULL FROM offer;
  DROP TABLE offer;
  ALTER TABLE offer_next RENAME TO offer;
  CREATE INDEX offer_status ON offer (status);
  CREATE INDEX session_person ON session (person_id, started_at_ms);
  `,
  // Offers to phones that scan, beside those to authenticator apps; which phones answer without reading everybody's credentials.
  `
  ALTER TABLE offer ADD COLUMN kind TEXT CHECK (kind IN ('phone'));
  CREATE INDEX credential_phone ON credential (status) WHERE kind = 'phone';
  `,
  // The organisation's look on the lock screen.
  `
  CREATE TABLE brand (
    id TEXT PRIMARY KEY, look TEXT NOT NULL, logo BLOB, event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  `,
  // From when on running time counts above the floor of time, for every process of this computer.
  `
  ALTER TABLE clock_floor ADD COLUMN running_ms INTEGER;
  ALTER TABLE clock_floor ADD COLUMN boot TEXT;
  `,
  // The hub that the station has joined, how far it is with it, and what came from there.
  `
  CREATE TABLE hub_link (
    id TEXT PRIMARY KEY, url TEXT NOT NULL, organisation_id TEXT NOT NULL, organisation_slug TEXT NOT NULL,
    organisation_name TEXT NOT NULL, hub_key BLOB NOT NULL, closed TEXT, confirmed_at_ms INTEGER NOT NULL,
    confirmed_running_ms INTEGER, boot TEXT, event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  CREATE TABLE hub_sync (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL) STRICT;
  ALTER TABLE person ADD COLUMN hub_id TEXT;
  ALTER TABLE credential ADD COLUMN origin TEXT CHECK (origin IN ('hub'));
  CREATE UNIQUE INDEX person_hub ON person (hub_id) WHERE hub_id IS NOT NULL;
  `,
  // Provisioning tokens of IT, for changes on the command line.
  `
  CREATE TABLE token (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, hash BLOB NOT NULL,
    made_by TEXT NOT NULL REFERENCES person (id), made_at_ms INTEGER NOT NULL, expires_at_ms INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'revoked')),
    event_number INTEGER NOT NULL, mac BLOB NOT NULL
  ) STRICT;
  `,
]
