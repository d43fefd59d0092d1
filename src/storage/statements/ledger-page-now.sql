select max(at) as at from total_marks where campaign_id = $1 and cube = $2 and at <= $3;
select place, batch, measure, n from figure_totals where campaign_id = $1 and cube = $2 and at = $3 and fact = $4;
explain (format json) select 1 from item_texts where search @> '{1515955237,1593307430}'::integer[];
(select * from (select r.id as id, null::timestamptz as from_at, r.deadline_at as k1, 0 as k2 from (select t.item_id as id from item_texts t where t.campaign_id = $1 and t.search @> $2::integer[] and t.folded like $3 and t.folded like $4 offset 0) few cross join lateral (select * from items r where r.campaign_id = $5 and r.id = few.id offset 0) r where r.campaign_id = $6 and r.kind = $7 and (r.place = 0 or (r.place >= $8 and r.place < $9)) and r.batch = $10 and r.state = any($11::smallint[]) offset 0) x where (k1, id) > ($12, $13::uuid) order by k1 asc, id asc limit $14);
select max(recorded_at) as at from acts where campaign_id = $1
