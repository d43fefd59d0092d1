-- Why: the desk of one person asks for acts out of all there are: what they handed on, what they or theirs rectified, which problems
-- have a proposal. Each index holds only such acts.
create index acts_handed_on on acts (campaign_id, actor_id, recorded_at) include (stream_id, kind)
  where kind in ('ProblemFound', 'ProblemConfirmed', 'ProblemAssigned', 'RectificationClaimed', 'ProblemChecked', 'WithdrawalProposed', 'MergeProposed');
create index acts_rectifying_org on acts (campaign_id, actor_org, stream_id)
  where kind in ('ProblemPlanned', 'RectificationStarted', 'RectificationStaged', 'RectificationClaimed');
create index acts_rectifying_person on acts (campaign_id, actor_id, stream_id)
  where kind in ('ProblemPlanned', 'RectificationStarted', 'RectificationStaged', 'RectificationClaimed');
create index acts_proposals on acts (campaign_id, stream_id, recorded_at) where kind in ('WithdrawalProposed', 'MergeProposed');
