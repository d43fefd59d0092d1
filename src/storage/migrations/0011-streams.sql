-- Why: an act stands on a stream of its own kind, and only an act that opens streams begins one. A stream's row is written with its
-- opening act, so an id in use cannot be opened a second time, and every act refers to the row of its stream with its kind. The
-- reference also makes a command that appends to a stream wait for one that holds it (decision 13).
create table streams (
  campaign_id bigint not null,
  id uuid not null,
  kind text not null,
  primary key (campaign_id, id),
  unique (campaign_id, id, kind)
);
insert into streams (campaign_id, id, kind) select campaign_id, stream_id, stream from acts where stream_seq = 1;
alter table acts add constraint acts_stream_fkey foreign key (campaign_id, stream_id, stream) references streams (campaign_id, id, kind) not valid;
-- Acts from before this rule may lie on a stream of another kind: they stay as they are, and verification names them.
do $$
begin
  alter table acts validate constraint acts_stream_fkey;
exception when foreign_key_violation then
  null;
end $$;

-- Intervals of one item, or of one fact of a subject, begin once. Looked at when a statement ends: one that closes an interval takes
-- it away and puts it back.
drop index item_spans_item;
alter table item_spans add constraint item_spans_item unique (campaign_id, item_id, from_at) include (to_at, kind, place) deferrable;
drop index fact_spans_subject;
alter table fact_spans add constraint fact_spans_subject unique (campaign_id, subject_id, fact, from_at, aspect, measure) deferrable;
