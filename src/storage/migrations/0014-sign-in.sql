-- Why: tries to sign in are counted in one statement each, so that a hundred at once are not ten times ten; a device on which an
-- account was signed in before is known again, so that others' guesses never lock its owner out. And texts of the search box are
-- folded in another way: the version says how those of this database are folded, and whoever migrates folds them again.
create table sign_in_counts (
  bucket text primary key,
  began_at timestamptz(3) not null,
  tries integer not null
);
drop table sign_in_attempts;
create table known_devices (
  id_hash bytea not null,
  user_id uuid not null,
  seen_at timestamptz(3) not null,
  primary key (id_hash, user_id)
);
create index known_devices_user on known_devices (user_id, seen_at);
create table search_folds (
  version smallint primary key
);
insert into search_folds (version) values (1);
