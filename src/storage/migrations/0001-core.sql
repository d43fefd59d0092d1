-- Why: the append-only acts and the projections that pages and figures read.
-- Rules that hold in every migration, so that a larger site can spread tenants over a Citus cluster by schema:
-- no triggers, no keys into another schema, no schema named, identifiers as uuid or bigint, sequence numbers written by us.

create table campaigns (
  id bigint primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  mode text not null check (mode in ('live', 'synthetic', 'historic')),
  created_at timestamptz(3) not null
);

-- What someone did. Never updated, never deleted; no statement of the product does either.
create table acts (
  campaign_id bigint not null,
  id uuid not null,
  stream text not null,
  stream_id uuid not null,
  stream_seq integer not null check (stream_seq > 0),
  kind text not null,
  schema_version smallint not null,
  -- canonical JSON (RFC 8785), as it went into the leaf hash
  payload text not null,
  actor_id text not null,
  actor_org text not null,
  actor_name text not null,
  happened_at timestamptz(3) not null,
  recorded_at timestamptz(3) not null,
  leaf bytea not null check (octet_length(leaf) = 32),
  primary key (campaign_id, id),
  unique (campaign_id, stream_id, stream_seq)
);
create index acts_recorded on acts (campaign_id, recorded_at);

-- One row per accepted command: the same id again with the same content is the same command.
create table commands (
  campaign_id bigint not null,
  id uuid not null,
  content_hash bytea not null,
  actor_id text not null,
  recorded_at timestamptz(3) not null,
  act_ids uuid[] not null,
  subject_id uuid not null,
  primary key (campaign_id, id)
);

-- Current state of whatever the ledger lists: problems, cases, records of outside registers.
create table items (
  campaign_id bigint not null,
  id uuid not null,
  kind text not null,
  no text not null,
  no_seq bigint not null,
  source_id uuid,
  unit text not null,
  place integer not null,
  aspect smallint not null,
  type smallint not null,
  text text not null,
  clue text not null,
  lon double precision,
  lat double precision,
  batch smallint not null,
  state smallint not null,
  deadline_at timestamptz(3) not null,
  found_at timestamptz(3) not null,
  first_recorded_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  version integer not null,
  owner_org text,
  amounts jsonb,
  search integer[] not null,
  -- number, unit and text in the form in which they are compared with what was searched for
  folded text not null,
  primary key (campaign_id, id),
  unique (campaign_id, kind, no)
);

-- Intervals of that state by time of recording: the ledger as of any past instant.
create table item_spans (
  campaign_id bigint not null,
  item_id uuid not null,
  from_at timestamptz(3) not null,
  to_at timestamptz(3) not null,
  kind text not null,
  state smallint not null,
  batch smallint not null,
  place integer not null,
  aspect smallint not null,
  type smallint not null,
  deadline_at timestamptz(3) not null,
  check (from_at < to_at)
);

-- Names of facts with their numbers.
create table fact_names (
  no smallint primary key,
  name text not null unique
);

-- Intervals in which a thing counts under a fact: every figure counts or sums these.
create table fact_spans (
  campaign_id bigint not null,
  fact smallint not null,
  subject_id uuid not null,
  from_at timestamptz(3) not null,
  to_at timestamptz(3) not null,
  place integer not null,
  batch smallint not null,
  aspect smallint not null,
  type smallint not null,
  measure smallint not null,
  amount bigint not null,
  check (from_at < to_at)
);

-- Totals at marks, so that a figure as of any instant reads the last mark and the edges since. Insert-only; any row may be
-- dropped and is made again.
create table total_marks (
  campaign_id bigint not null,
  cube smallint not null,
  at timestamptz(3) not null,
  -- acts recorded by then
  acts bigint not null,
  primary key (campaign_id, cube, at)
);
create table figure_totals (
  campaign_id bigint not null,
  cube smallint not null,
  at timestamptz(3) not null,
  fact smallint not null,
  place integer not null,
  batch smallint not null,
  aspect smallint not null,
  type smallint not null,
  measure smallint not null,
  n bigint not null,
  amount bigint not null,
  primary key (campaign_id, cube, at, fact, place, batch, aspect, type, measure)
);

-- A fingerprint is evidence once: what was seen before proves nothing new.
create table evidence_seen (
  campaign_id bigint not null,
  sha256 bytea not null,
  subject_id uuid not null,
  primary key (campaign_id, sha256)
);

-- Pollution sources, for their page and for look-up.
create table sources (
  campaign_id bigint not null,
  id uuid not null,
  no text not null,
  name text not null,
  uscc text,
  place integer not null,
  primary key (campaign_id, id),
  unique (campaign_id, no)
);
