-- Why: what is done on a schedule is done by one server process at a time, whichever of them lives. A row is a job with its lease: who
-- does it, until when, when it is due, and what became of it. The clock of the database decides all of that.
create table jobs (
  name text not null,
  -- 0: the installation
  campaign_id bigint not null,
  due_at timestamptz not null default now(),
  holder uuid,
  lease_until timestamptz,
  -- counts the leases given out: whoever held an earlier one changes nothing any more
  term bigint not null default 0,
  last_run_at timestamptz,
  last_ok_at timestamptz,
  -- failures since the last time that it went well, and the last of them
  failures integer not null default 0,
  failed_at timestamptz,
  last_error text,
  primary key (name, campaign_id),
  check ((holder is null) = (lease_until is null))
);
