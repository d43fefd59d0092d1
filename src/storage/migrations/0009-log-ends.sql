-- Why: the proof that an act stands in the log begins with finding its tile.
create index log_tiles_end on log_tiles (campaign_id, last_recorded_at, last_stream_id, last_stream_seq) include (n) where level = 0;
