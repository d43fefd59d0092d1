-- Why: records of an outside register carry the time of their snapshot, people act on the server's clock. A snapshot that comes in
-- after somebody acted is recorded earlier and stands later in the log, so the log goes by when an act came in.

-- When an act came in, where that is not when it is recorded. It is no part of the act: the order of the log is proven by the log.
alter table acts add column entered_at timestamptz(3);
create index acts_entered on acts (campaign_id, entered_at, stream_id, stream_seq) where entered_at is not null;
