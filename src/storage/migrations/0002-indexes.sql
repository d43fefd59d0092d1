-- Why: the ways in which figures and the ledger read. Bulk loading drops these and builds them again (storage/projections/bulk).
create index items_no on items (campaign_id, kind, no_seq, id);
create index items_deadline on items (campaign_id, kind, deadline_at, id);
create index items_found on items (campaign_id, kind, found_at, id);
create index items_updated on items (campaign_id, kind, updated_at, id);
create index items_place on items (campaign_id, kind, place, deadline_at, id);
create index items_state on items (campaign_id, kind, state, deadline_at, id);
create index items_source on items (campaign_id, source_id) where source_id is not null;
create index items_search on items using gin (search);

create index item_spans_item on item_spans (campaign_id, item_id, from_at);
create index item_spans_from on item_spans (campaign_id, from_at) include (kind, place, batch, aspect, type, state);
create index item_spans_to on item_spans (campaign_id, to_at) include (kind, place, batch, aspect, type, state) where to_at < 'infinity';
create index item_spans_state on item_spans (campaign_id, state, deadline_at, item_id) include (from_at, to_at);
create index item_spans_deadline on item_spans (campaign_id, deadline_at, item_id) include (from_at, to_at, state);

create index fact_spans_counted on fact_spans (campaign_id, fact, place, from_at, subject_id)
  include (to_at, batch, aspect, type, measure, amount);
create index fact_spans_from on fact_spans (campaign_id, from_at) include (fact, place, batch, aspect, type, measure, amount);
create index fact_spans_to on fact_spans (campaign_id, to_at) include (fact, place, batch, aspect, type, measure, amount)
  where to_at < 'infinity';
create index fact_spans_subject on fact_spans (campaign_id, subject_id);
create index sources_place on sources (campaign_id, place, id);
create index sources_uscc on sources (campaign_id, uscc) where uscc is not null;
