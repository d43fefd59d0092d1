-- Why: clearing in haste is noticed while it goes on, by looking at what the same person cleared in the last minutes.
create index acts_clears on acts (campaign_id, actor_id, recorded_at) include (stream_id) where kind = 'ProblemCleared';
create index acts_leads on acts (campaign_id, stream_id, stream_seq) where stream = 'lead';
