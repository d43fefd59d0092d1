-- Why: pages of the ledger and of a figure's records at a million problems (decision 10). The order of a page and everything that may
-- be filtered by are keys of one narrow index, so that lines that do not belong are passed over inside it. What is searched for has a
-- table of its own that only a change of text touches. Bulk loading drops these indexes and builds them again.

create table item_texts (
  campaign_id bigint not null,
  item_id uuid not null,
  -- number, unit and text in the form in which they are compared with what was searched for
  folded text not null,
  search integer[] not null,
  primary key (campaign_id, item_id)
);
insert into item_texts (campaign_id, item_id, folded, search) select campaign_id, id, folded, search from items;
create index item_texts_search on item_texts using gin (search);

drop index items_search, items_deadline, items_found, items_updated, items_place, items_state;
alter table items drop column search, drop column folded;
-- Numbers, finds, deadlines and changes come batch by batch, so these orders are merged from one run for each batch.
create index items_batch_no on items (campaign_id, kind, batch, no_seq, id, state, place, aspect, type, clue);
create index items_batch_deadline on items (campaign_id, kind, batch, deadline_at, id, state, place, aspect, type, clue);
create index items_batch_found on items (campaign_id, kind, batch, found_at, id, state, place, aspect, type, clue);
create index items_batch_updated on items (campaign_id, kind, batch, updated_at, id, state, place, aspect, type, clue);
create index items_place on items (campaign_id, kind, place, deadline_at, id, batch, state, aspect, type, no_seq, found_at, updated_at);
create index items_state on items (campaign_id, kind, state, deadline_at, id, batch, place, aspect, type, no_seq, found_at, updated_at);
create index items_owner on items (campaign_id, kind, owner_org, id) where owner_org is not null;

-- Number and time of finding join the intervals, and the place of an interval in a tree over time: `node` (see storage/projections/time-tree).
create table item_spans_again (
  campaign_id bigint not null,
  item_id uuid not null,
  from_at timestamptz(3) not null,
  to_at timestamptz(3) not null,
  deadline_at timestamptz(3) not null,
  found_at timestamptz(3) not null,
  no_seq bigint not null,
  node integer not null,
  place integer not null,
  kind text not null,
  state smallint not null,
  batch smallint not null,
  aspect smallint not null,
  type smallint not null,
  check (from_at < to_at)
);
insert into item_spans_again (campaign_id, item_id, from_at, to_at, deadline_at, found_at, no_seq, node, place, kind, state, batch, aspect, type)
select s.campaign_id, s.item_id, s.from_at, s.to_at, s.deadline_at, i.found_at, i.no_seq,
  case when s.to_at = 'infinity' then -1 - (x.first / 536870912)::integer
    else ((x.last / 2097152)::integer >> y.k) << y.k end,
  s.place, s.kind, s.state, s.batch, s.aspect, s.type
from item_spans s join items i on i.campaign_id = s.campaign_id and i.id = s.item_id
cross join lateral (select (extract(epoch from s.from_at) * 1000)::bigint as first,
  case when s.to_at = 'infinity' then 0 else (extract(epoch from s.to_at) * 1000)::bigint end as last) x
cross join lateral (select length(ltrim((((x.first / 2097152)::integer - 1) # (x.last / 2097152)::integer)::bit(32)::text, '0')) - 1 as k) y;
drop table item_spans;
alter table item_spans_again rename to item_spans;
create index item_spans_item on item_spans (campaign_id, item_id, from_at);
create index item_spans_from on item_spans (campaign_id, from_at, item_id, to_at, kind, place, batch, aspect, type, state, deadline_at);
create index item_spans_to on item_spans (campaign_id, to_at) include (kind, place, batch, aspect, type, state) where to_at < 'infinity';
create index item_spans_batch on item_spans (campaign_id, kind, batch, from_at);
create index item_spans_no on item_spans (campaign_id, kind, batch, no_seq, item_id, from_at, to_at, state, place, aspect, type);
create index item_spans_deadline on item_spans (campaign_id, kind, batch, deadline_at, item_id, from_at, to_at, state, place, aspect, type);
create index item_spans_found on item_spans (campaign_id, kind, batch, found_at, item_id, from_at, to_at, state, place, aspect, type);
create index item_spans_place on item_spans
  (campaign_id, kind, place, deadline_at, item_id, from_at, to_at, state, batch, aspect, type, no_seq, found_at);
create index item_spans_state on item_spans
  (campaign_id, kind, state, batch, node, from_at, to_at, item_id, deadline_at, place, aspect, type, no_seq, found_at);
-- Before its batch an item soon moves on: those that have not, at some instant, are found through the tree.
create index item_spans_unbatched_no on item_spans
  (campaign_id, kind, node, no_seq, item_id, from_at, to_at, state, place, aspect, type) where batch = 0;
create index item_spans_unbatched_found on item_spans
  (campaign_id, kind, node, found_at, item_id, from_at, to_at, state, place, aspect, type) where batch = 0;

drop index fact_spans_counted;
create index fact_spans_counted on fact_spans
  (campaign_id, fact, place, from_at, subject_id, to_at, batch, aspect, type, measure, amount);
