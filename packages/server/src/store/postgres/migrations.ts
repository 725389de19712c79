/**
 * The numbered steps of the schema: entry n takes a database from version n to n + 1. Invariant: an
 * entry that was ever released is never changed, only followed by another.
 *
 * Everything lives in a schema of its own, so that a database may hold other things too. One row per
 * provider, listed or remembered: what a write is decided on is found, and replaced, in one place.
 * No index but the key: an index on anything that a renewal changes would have to be written with
 * each renewal.
 */

/** Every step, oldest first. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE golem_discovery.providers (
    provider_id text COLLATE "C" PRIMARY KEY,
    grants bigint NOT NULL,
    t bigint,
    -- there while it is listed; the advertisement is JSON of its known fields
    advertisement text,
    body text,
    signature text,
    source text,
    created_ms bigint,
    updated_ms bigint,
    expires_ms bigint,
    due_ms bigint,
    -- there while it is remembered
    ended text,
    ended_ms bigint,
    CHECK ((ended IS NULL) = (body IS NOT NULL)),
    CHECK (ended IS NULL OR t IS NOT NULL)
  ) WITH (fillfactor = 80);

  -- one row: where the history stands, and the clock that leases are counted on
  CREATE TABLE golem_discovery.feed (
    id int PRIMARY KEY CHECK (id = 1),
    epoch text NOT NULL,
    -- where earlier epochs ended, as JSON
    earlier text NOT NULL,
    revision bigint NOT NULL,
    changes_after bigint NOT NULL,
    -- the last batch
    batch bigint NOT NULL,
    batch_id text NOT NULL,
    -- which line of the database's own history this was written in
    line text NOT NULL,
    high_water_mark bigint NOT NULL,
    newest_t bigint NOT NULL,
    -- lease_ms is what the clock of leases showed at ticked_ms; no lease that ran then ends before it was
    -- counted anew from revived_ms
    lease_ms bigint NOT NULL,
    ticked_ms bigint NOT NULL,
    revived_ms bigint NOT NULL,
    last_alive_ms bigint,
    -- the node that sweeps, and when it last said so
    keeper text NOT NULL,
    keeper_ms bigint NOT NULL
  ) WITH (fillfactor = 10);

  -- the last commits, whole, for nodes that follow
  CREATE TABLE golem_discovery.batches (
    number bigint PRIMARY KEY,
    id text NOT NULL,
    node text NOT NULL,
    epoch text NOT NULL,
    revision bigint NOT NULL,
    lease_ms bigint NOT NULL,
    high_water_mark bigint NOT NULL,
    committed_ms bigint NOT NULL,
    changes text NOT NULL
  );

  -- the last visible changes, one row each: what requirements looked at before, what is shown after
  CREATE TABLE golem_discovery.history (
    revision bigint PRIMARY KEY,
    at_ms bigint NOT NULL,
    provider_id text NOT NULL,
    ended text,
    before text,
    after text
  );

  -- arrivals and departures, a row for each hour, counted from 1970
  CREATE TABLE golem_discovery.traffic (
    hour bigint PRIMARY KEY,
    arrived bigint NOT NULL,
    withdrawn bigint NOT NULL,
    expired bigint NOT NULL
  );
  `,
  `
  -- what all hubs were told alike, as JSON: one row
  CREATE TABLE golem_discovery.agreement (
    id int PRIMARY KEY CHECK (id = 1),
    agreement text NOT NULL
  );
  `,
  `
  -- what a hub whose writes failed fills and empties, to learn whether there is room again
  CREATE TABLE golem_discovery.room (filler text NOT NULL) WITH (autovacuum_enabled = off);
  ALTER TABLE golem_discovery.room ALTER filler SET STORAGE PLAIN;
  `,
];
