-- Why: bulletins are few and are listed whole, out of acts that are many.
create index acts_bulletins on acts (campaign_id, stream_id, stream_seq) where stream = 'bulletin';
