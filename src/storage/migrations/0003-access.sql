-- Why: accounts, sessions and what a person keeps for themselves.
create table users (
  id uuid primary key,
  username text not null unique,
  name text not null,
  org text not null,
  password_hash text not null,
  disabled boolean not null default false,
  created_at timestamptz(3) not null
);
create table grants (
  user_id uuid not null,
  role text not null,
  place integer not null,
  campaign text,
  unique nulls not distinct (user_id, role, place, campaign)
);
create table sessions (
  id_hash bytea primary key,
  user_id uuid not null,
  csrf text not null,
  created_at timestamptz(3) not null,
  seen_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index sessions_user on sessions (user_id);
create table sign_in_attempts (
  bucket text not null,
  at timestamptz(3) not null
);
create index sign_in_attempts_at on sign_in_attempts (bucket, at);
create table saved_views (
  id uuid primary key,
  user_id uuid not null,
  campaign text not null,
  name text not null,
  query text not null,
  created_at timestamptz(3) not null
);
create index saved_views_user on saved_views (user_id, campaign);
