-- Why: the same picture saved again has other bytes. What it looks like is kept beside the object, so that a photo that was handed in
-- for another problem is found whatever was done to the file.
alter table evidence_objects add column likeness bit(256);
create index evidence_objects_likeness on evidence_objects (campaign_id) include (sha256, item_id, likeness) where likeness is not null;
