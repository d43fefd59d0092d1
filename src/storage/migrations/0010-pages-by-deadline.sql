-- Why: lines due within some days, by number or by finding, as of a past instant: their deadlines are passed over inside the index
-- instead of being fetched line by line. Bulk loading drops these indexes and builds them again.

drop index item_spans_no, item_spans_found;
create index item_spans_no on item_spans
  (campaign_id, kind, batch, no_seq, item_id, from_at, to_at, state, place, aspect, type, deadline_at);
create index item_spans_found on item_spans
  (campaign_id, kind, batch, found_at, item_id, from_at, to_at, state, place, aspect, type, deadline_at);

-- What some lines were at an instant, as for counting those that only the item knows to belong: read from the index alone.
drop index item_spans_item;
create index item_spans_item on item_spans (campaign_id, item_id, from_at, to_at, kind, place);
