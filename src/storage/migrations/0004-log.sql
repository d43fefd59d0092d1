-- Why: the signed log over the acts, and the personal texts that acts only commit to. Rows are inserted, never changed; the
-- only rows that are ever deleted are personal texts, and no proof needs them.

-- Full tiles of the tree over the acts in order of (recorded_at, stream_id, stream_seq). Tiles of level 0 also name their acts.
create table log_tiles (
  campaign_id bigint not null,
  level smallint not null,
  n bigint not null,
  hashes bytea not null check (octet_length(hashes) = 8192),
  act_ids uuid[],
  -- where the last act of a tile of level 0 stands in that order
  last_recorded_at timestamptz(3),
  last_stream_id uuid,
  last_stream_seq integer,
  primary key (campaign_id, level, n),
  check ((level = 0) = (act_ids is not null))
);
alter table log_tiles alter column hashes set storage external;
alter table log_tiles alter column act_ids set storage external;

-- What was signed: one root for one size, for ever.
create table log_checkpoints (
  campaign_id bigint not null,
  size bigint not null,
  root bytea not null check (octet_length(root) = 32),
  -- where the last act stands in the order
  last_recorded_at timestamptz(3) not null,
  last_stream_id uuid not null,
  last_stream_seq integer not null,
  note text not null,
  signed_at timestamptz(3) not null,
  primary key (campaign_id, size)
);

-- What others say of a checkpoint: a witness' signature line, or a time-stamp token.
create table log_anchors (
  campaign_id bigint not null,
  size bigint not null,
  kind text not null check (kind in ('witness', 'timestamp')),
  name text not null,
  -- a signature line, or the DER of an RFC 3161 token in base64
  body text not null,
  at timestamptz(3) not null,
  primary key (campaign_id, size, kind, name)
);

-- Names of persons and their salts; an act keeps the commitment only.
create table personal_values (
  campaign_id bigint not null,
  commitment bytea not null check (octet_length(commitment) = 32),
  salt bytea not null check (octet_length(salt) = 32),
  subject text not null,
  value text not null,
  primary key (campaign_id, commitment)
);
create index personal_values_value on personal_values (campaign_id, value, subject);
