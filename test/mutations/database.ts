import type pg from 'pg';
import { below, hexDigits, pick, seeded } from '../../src/demo/random.ts';

/** A statement as someone with full write access to the database would run it. Values are chosen by `pick`. */
interface Attack {
  readonly name: string;
  readonly sql: string;
  /** What stands in its way is taken away first. */
  readonly before?: string;
}

const some = (table: string, order: string) =>
  `(select ctid from ${table} where campaign_id = $1 order by md5(${order}::text || $2) limit 1)`;
const act = some('acts', 'id');
const withoutStreams = 'alter table acts drop constraint acts_stream_fkey';

const attacks: readonly Attack[] = [
  { name: 'edit the payload of an act', sql: `update acts set payload = replace(payload, '{', '{"a":1,') where ctid = ${act}` },
  { name: 'edit when an act happened', sql: `update acts set happened_at = happened_at - interval '1 day' where ctid = ${act}` },
  { name: 'edit when an act was recorded', sql: `update acts set recorded_at = recorded_at - interval '1 hour' where ctid = ${act}` },
  {
    name: 'edit the kind of an act',
    sql: `update acts set kind = case kind when 'ProblemCleared' then 'ProblemWatched' else 'ProblemCleared' end where ctid = ${act}`,
  },
  { name: 'edit who did an act', sql: `update acts set actor_id = actor_id || 'x' where ctid = ${act}` },
  { name: 'edit the name in an act', sql: `update acts set actor_name = 'sealed:' || repeat('0', 64) where ctid = ${act}` },
  { name: 'edit the organisation of an act', sql: `update acts set actor_org = 'elsewhere' where ctid = ${act}` },
  {
    name: 'edit the leaf hash of an act',
    sql: `update acts set leaf = set_byte(leaf, 3, (get_byte(leaf, 3) + 1) % 256) where ctid = ${act}`,
  },
  { name: 'give an act another id', sql: `update acts set id = gen_random_uuid() where ctid = ${act}` },
  {
    name: 'move an act to another stream',
    before: withoutStreams,
    sql: `update acts set stream_id = gen_random_uuid(), stream_seq = 1 where ctid = ${act}`,
  },
  { name: 'delete an act', sql: `delete from acts where ctid = ${act}` },
  {
    name: 'insert an act into the past',
    before: withoutStreams,
    sql: `insert into acts select campaign_id, gen_random_uuid(), stream, gen_random_uuid(), 1, kind, schema_version, payload, actor_id, actor_org,
      actor_name, happened_at, recorded_at, leaf, mark from acts where ctid = ${act}`,
  },
  {
    name: 'swap the payloads of two acts',
    sql: `with two as (select id, payload, row_number() over () as n from (select id, payload from acts where campaign_id = $1 and kind = 'ProblemFound'
        order by md5(id::text || $2) limit 2) x)
      update acts a set payload = (select payload from two t where t.id <> a.id) where a.campaign_id = $1 and a.id in (select id from two)`,
  },
  {
    name: 'edit a tile',
    sql: `update log_tiles set hashes = set_byte(hashes, 77, (get_byte(hashes, 77) + 1) % 256) where ctid = ${some('log_tiles', 'n')}`,
  },
  { name: 'delete a tile', sql: `delete from log_tiles where ctid = ${some('log_tiles', 'n')}` },
  {
    name: 'edit the end of a tile',
    sql: `update log_tiles set last_recorded_at = last_recorded_at - interval '2 days' where level = 0 and ctid = ${some('log_tiles', 'n')}`,
  },
  {
    name: 'edit a checkpoint',
    sql: `update log_checkpoints set note = replace(note, E'\\n', E'\\nx') where ctid = ${some('log_checkpoints', 'size')}`,
  },
  {
    name: 'edit the root of a checkpoint',
    sql: `update log_checkpoints set root = set_byte(root, 0, (get_byte(root, 0) + 1) % 256) where ctid = ${some('log_checkpoints', 'size')}`,
  },
  { name: 'delete a checkpoint', sql: `delete from log_checkpoints where ctid = ${some('log_checkpoints', 'size')}` },
  { name: 'edit a name', sql: `update personal_values set value = value || '某' where ctid = ${some('personal_values', 'commitment')}` },
  {
    name: 'edit a salt',
    sql: `update personal_values set salt = set_byte(salt, 0, (get_byte(salt, 0) + 1) % 256) where ctid = ${some('personal_values', 'commitment')}`,
  },
  { name: 'delete a name without saying so', sql: `delete from personal_values where ctid = ${some('personal_values', 'commitment')}` },
  { name: 'edit the state of a problem', sql: `update items set state = state % 13 + 1 where ctid = ${some('items', 'id')}` },
  { name: 'delete a problem from the ledger', sql: `delete from items where ctid = ${some('items', 'id')}` },
  {
    name: 'edit an interval of the ledger',
    sql: `update item_spans set state = state % 13 + 1 where ctid = ${some('item_spans', 'item_id')}`,
  },
  { name: 'edit a counted interval', sql: `update fact_spans set place = place + 1 where ctid = ${some('fact_spans', 'subject_id')}` },
  { name: 'delete a counted interval', sql: `delete from fact_spans where ctid = ${some('fact_spans', 'subject_id')}` },
  {
    name: 'add a counted interval',
    before: 'alter table fact_spans drop constraint fact_spans_subject',
    sql: `insert into fact_spans select * from fact_spans where ctid = ${some('fact_spans', 'subject_id')}`,
  },
  { name: 'edit a total', sql: `update figure_totals set n = n + 1 where ctid = ${some('figure_totals', 'at')}` },
  { name: 'delete a total', sql: `delete from figure_totals where ctid = ${some('figure_totals', 'at')}` },
  { name: 'edit a source', sql: `update sources set name = name || '二' where ctid = ${some('sources', 'id')}` },
  { name: 'forget a fingerprint', sql: `delete from evidence_seen where ctid = ${some('evidence_seen', 'sha256')}` },
  {
    name: 'insert an act that nobody decided',
    sql: `insert into acts select campaign_id, gen_random_uuid(), stream, stream_id, (select max(stream_seq) + 1 from acts b where b.stream_id = a.stream_id),
      kind, schema_version, payload, actor_id, actor_org, actor_name, now() - interval '1 minute', now() - interval '1 minute', leaf, mark
      from acts a where ctid = ${act}`,
  },
  { name: 'take the mark off an act', sql: `update acts set mark = null where ctid = ${act}` },
  { name: 'edit a mark', sql: `update acts set mark = set_byte(mark, 9, (get_byte(mark, 9) + 1) % 256) where ctid = ${act}` },
  {
    name: 'move an act by part of a millisecond',
    before: 'alter table acts alter column recorded_at type timestamptz(6)',
    sql: `update acts set recorded_at = recorded_at + interval '400 microseconds' where ctid = ${act}`,
  },
  { name: 'delete all commands', sql: `delete from commands where campaign_id = $1 and $2 <> ''` },
  { name: 'delete a command', sql: `delete from commands where ctid = ${some('commands', 'id')}` },
  {
    name: 'let a command have written other acts',
    sql: `update commands set act_ids = array[gen_random_uuid()] where ctid = ${some('commands', 'id')}`,
  },
  { name: 'say that another person gave a command', sql: `update commands set actor_id = 'nobody' where ctid = ${some('commands', 'id')}` },
  {
    name: 'say that a command was given later',
    sql: `update commands set recorded_at = recorded_at + interval '1 minute' where ctid = ${some('commands', 'id')}`,
  },
  {
    name: 'say that a command was about something else',
    sql: `update commands set subject_id = gen_random_uuid() where ctid = ${some('commands', 'id')}`,
  },
  {
    name: 'exchange what two commands wrote',
    sql: `with two as (select id, act_ids, actor_id from commands where campaign_id = $1 and cardinality(act_ids) > 0 order by md5(id::text || $2) limit 2)
      update commands c set act_ids = (select act_ids from two t where t.id <> c.id) where campaign_id = $1 and id in (select id from two)`,
  },
  {
    name: 'take an id so that nothing can be recorded under it',
    sql: `insert into streams (campaign_id, id, kind) values ($1, gen_random_uuid(), case when $2 = '' then 'case' else 'problem' end)`,
  },
  {
    name: 'let a checkpoint end at another act',
    sql: `update log_checkpoints set last_stream_seq = last_stream_seq + 1 where ctid = ${some('log_checkpoints', 'size')}`,
  },
  {
    name: 'say a name is about somebody else',
    sql: `update personal_values set subject = subject || 'x' where ctid = ${some('personal_values', 'commitment')}`,
  },
  {
    name: 'exchange the acts of two tiles',
    sql: `update log_tiles t set act_ids = (select act_ids from log_tiles o where o.campaign_id = $1 and o.level = 0 and o.n <> t.n
      order by md5(o.n::text || $2) limit 1) where campaign_id = $1 and level = 0 and n < 2`,
  },
  {
    name: 'exchange two acts of a tile',
    sql: `update log_tiles set act_ids = act_ids[2:2] || act_ids[1:1] || act_ids[3:256] where campaign_id = $1 and level = 0 and $2 <> ''`,
  },
  { name: 'delete all checkpoints', sql: `delete from log_checkpoints where campaign_id = $1 and $2 <> ''` },
  {
    name: 'delete all checkpoints and tiles',
    before: 'delete from log_tiles',
    sql: `delete from log_checkpoints where campaign_id = $1 and $2 <> ''`,
  },
  {
    name: 'invent what a witness said',
    sql: `insert into log_anchors select $1, size + 1, 'witness', 'nobody.example/' || $2, '— nobody.example AAAA', now() from log_checkpoints
      where campaign_id = $1 order by size desc limit 1`,
  },
  { name: 'call the campaign historic', sql: `update campaigns set mode = 'historic' where id = $1 and $2 <> ''` },
];

/**
 * Runs the n-th attack on a campaign's rows.
 * @returns its name; null when it changed nothing
 */
export async function attack(pool: pg.Pool, campaignId: number, n: number): Promise<string | null> {
  const r = seeded(815, n);
  const chosen = n < attacks.length ? (attacks[n] as Attack) : pick(r, attacks);
  if (chosen.before !== undefined) await pool.query(chosen.before);
  const done = await pool.query(chosen.sql, [campaignId, hexDigits(r, 8 + below(r, 4))]);
  return (done.rowCount ?? 0) === 0 ? null : chosen.name;
}

export const attackCount = attacks.length;
