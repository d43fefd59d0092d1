-- Why: evidence whose bytes are kept. Uploads under way, and which objects lie with which problem.

-- An upload that is not complete, or was completed lately. Its bytes lie in a file of the same id.
create table uploads (
  campaign_id bigint not null,
  id uuid not null,
  item_id uuid not null,
  user_id uuid not null,
  -- as announced
  sha256 bytea not null check (octet_length(sha256) = 32),
  length bigint not null check (length > 0),
  -- bytes that are on the disk
  received bigint not null check (received >= 0 and received <= length),
  name text not null,
  kind text not null,
  taken_at text,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  finished_at timestamptz(3),
  primary key (campaign_id, id)
);
create index uploads_id on uploads (id);
create index uploads_user on uploads (user_id);
create index uploads_expiry on uploads (expires_at);

-- Objects by the problem that they lie with: originals, and copies made of them. A projection of the acts.
create table evidence_objects (
  campaign_id bigint not null,
  stream_id uuid not null,
  sha256 bytea not null,
  item_id uuid not null,
  place integer not null,
  bytes bigint not null,
  media_type text not null,
  kind text not null,
  name text not null,
  received_at timestamptz(3) not null,
  sealed boolean not null,
  -- hash of the original of a copy; null for an original
  original bytea,
  transform text,
  primary key (campaign_id, stream_id, sha256, item_id)
);
create index evidence_objects_item on evidence_objects (campaign_id, item_id);
