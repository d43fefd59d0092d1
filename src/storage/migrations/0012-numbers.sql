-- Why: numbers that the campaign gives out are counted here. They were the largest number in use plus one, so whoever was allowed to
-- name a number could end them for good.
create table number_series (
  campaign_id bigint not null,
  -- what is numbered: problem
  series text not null,
  prefix text not null,
  digits smallint not null,
  -- the last number given out by the campaign itself
  last bigint not null check (last >= 0 and last < 1000000000000),
  primary key (campaign_id, series)
);

-- Publications are few and are listed whole before the next one, out of acts that are many.
create index acts_publications on acts (campaign_id, recorded_at, stream_id, stream_seq) where stream = 'publication';
