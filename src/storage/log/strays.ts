import { sql } from 'kysely';
import type { CampaignRow } from '../acts/read.ts';
import type { Tx } from '../database.ts';

/**
 * Rows beside the log that do not go with it, in words; what no entry says and no projection is made of.
 *
 * Acts that were generated or imported came by no command: the former are recorded before their campaign was made, the latter by `import`.
 */
export async function findStrays(tx: Tx, campaign: CampaignRow): Promise<string[]> {
  return [
    ...(await withoutCommand(tx, campaign)),
    ...(await otherCommands(tx, campaign)),
    ...(await emptyStreams(tx, campaign)),
    ...(await looseCheckpoints(tx, campaign)),
    ...(await wrongTiles(tx, campaign)),
    ...(await brokenTimes(tx, campaign)),
    ...(await looseAnchors(tx, campaign)),
  ];
}

/** Acts of people of whom no command says that it wrote them, and commands that say they wrote what is not there. */
async function withoutCommand(tx: Tx, campaign: CampaignRow): Promise<string[]> {
  const r = await sql<{ id: string; gone: boolean }>`
    with said as (select c.id as command, a.id from commands c cross join unnest(c.act_ids) as a(id) where c.campaign_id = ${campaign.id})
    (select a.id, false as gone from acts a join campaigns c on c.id = a.campaign_id
      where a.campaign_id = ${campaign.id} and a.recorded_at > c.created_at and a.actor_id <> 'import' and a.kind <> 'LogMarksBegun'
        and not exists (select 1 from said where said.id = a.id) limit 1)
    union all
    (select said.command as id, true as gone from said
      where not exists (select 1 from acts a where a.campaign_id = ${campaign.id} and a.id = said.id) limit 1)`.execute(tx);
  return r.rows.map((row) =>
    row.gone ? `command ${row.id}: an act that it wrote is missing` : `act ${row.id}: the command that wrote it is missing`,
  );
}

/** Commands that do not go with the acts that they say they wrote: by whom, when, on what, and under the command's own id first. */
async function otherCommands(tx: Tx, campaign: CampaignRow): Promise<string[]> {
  const r = await sql<{ id: string }>`select c.id from commands c cross join unnest(c.act_ids) with ordinality as x(id, place)
    join acts a on a.campaign_id = c.campaign_id and a.id = x.id
    where c.campaign_id = ${campaign.id} and (a.actor_id <> c.actor_id or a.recorded_at < c.recorded_at
      or (x.place = 1 and (a.id <> c.id or a.stream_id <> c.subject_id))) limit 1`.execute(tx);
  return r.rows.map((row) => `command ${row.id}: it is not the one that wrote its acts`);
}

/** Streams that no act opened as the kind that they are said to be: an id that is taken, so that nothing can be recorded under it. */
async function emptyStreams(tx: Tx, campaign: CampaignRow): Promise<string[]> {
  const r = await sql<{ id: string; kind: string }>`select s.id, s.kind from streams s where s.campaign_id = ${campaign.id}
    and not exists (select 1 from acts a where a.campaign_id = s.campaign_id and a.stream_id = s.id and a.stream_seq = 1 and a.stream = s.kind)
    limit 1`.execute(tx);
  return r.rows.map((row) => `stream ${row.id}: no act opened it as a ${row.kind}`);
}

/** Checkpoints that end at an act which is not there, or before one that ends a smaller log. */
async function looseCheckpoints(tx: Tx, campaign: CampaignRow): Promise<string[]> {
  const r = await sql<{
    size: number;
  }>`select size from (select c.*, lag((last_recorded_at, last_stream_id, last_stream_seq)) over (order by size)
      as before from log_checkpoints c where campaign_id = ${campaign.id}) c
    where (last_recorded_at, last_stream_id, last_stream_seq) <= before
      or not exists (select 1 from acts a where a.campaign_id = c.campaign_id and a.stream_id = c.last_stream_id
        and a.stream_seq = c.last_stream_seq and coalesce(a.entered_at, a.recorded_at) = c.last_recorded_at) order by size limit 1`.execute(
    tx,
  );
  return r.rows.map((row) => `checkpoint of ${row.size} entries: it ends at another act than it says`);
}

/** Tiles that name other acts than those whose hashes they hold. */
async function wrongTiles(tx: Tx, campaign: CampaignRow): Promise<string[]> {
  const r = await sql<{ n: number }>`select t.n from log_tiles t cross join unnest(t.act_ids) with ordinality as x(id, place)
    left join acts a on a.campaign_id = t.campaign_id and a.id = x.id
    where t.campaign_id = ${campaign.id} and t.level = 0
      and (a.leaf is null or a.leaf <> substring(t.hashes from (x.place::int - 1) * 32 + 1 for 32)) order by t.n limit 1`.execute(tx);
  return r.rows.map((row) => `tile 0/${row.n}: it names other acts than those whose hashes it holds`);
}

/** Instants that are no whole milliseconds: a column that holds more was put in place of ours. */
async function brokenTimes(tx: Tx, campaign: CampaignRow): Promise<string[]> {
  const r = await sql<{ id: string }>`select id from acts where campaign_id = ${campaign.id}
    and (date_trunc('milliseconds', recorded_at) <> recorded_at or date_trunc('milliseconds', happened_at) <> happened_at) limit 1`.execute(
    tx,
  );
  return r.rows.map((row) => `act ${row.id}: its instants are not whole milliseconds`);
}

/** What others are said to say of a checkpoint that is not there. Whether they said it of one that is, only their keys show. */
async function looseAnchors(tx: Tx, campaign: CampaignRow): Promise<string[]> {
  const r = await sql<{ size: number; name: string }>`select size, name from log_anchors a where campaign_id = ${campaign.id}
    and not exists (select 1 from log_checkpoints c where c.campaign_id = a.campaign_id and c.size = a.size) order by size limit 1`.execute(
    tx,
  );
  return r.rows.map((row) => `anchor of ${row.name}: there is no checkpoint of ${row.size} entries`);
}
