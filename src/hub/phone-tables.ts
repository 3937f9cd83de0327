// The tables of what phones have the hub carry beside answers, as migrations: bindings, and words for new phones.

/** What makes a table of one organisation's rows alone. */
type Secured = (table: string) => string

export const bindingTables = (secured: Secured): string => `
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
  ${secured('binding_box')}
  ${secured('binding_part')}
  `

export const vouchTables = (secured: Secured): string => `
  CREATE TABLE vouch (
    organisation_id uuid NOT NULL, credential_id uuid NOT NULL, signing_key text NOT NULL, body bytea NOT NULL,
    at bigint NOT NULL, PRIMARY KEY (organisation_id, credential_id, signing_key),
    FOREIGN KEY (organisation_id, credential_id) REFERENCES credential (organisation_id, id)
  );
  ${secured('vouch')}
  ALTER TABLE credential ADD COLUMN vouches text NOT NULL DEFAULT '[]'
  `
