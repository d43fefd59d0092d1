import { type RawBuilder, sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import { ts, type Tx } from '../database.ts';
import { type Instant, instant } from '../../domain/kernel/instant.ts';
import { type CampaignRow, campaignStreamId } from './read.ts';

export interface CommandRow {
  readonly id: string;
  readonly content_hash: Buffer;
  readonly actor_id: string;
  readonly act_ids: string[];
  readonly subject_id: string;
}

export async function findCommand(tx: Tx, campaign: CampaignRow, id: string): Promise<CommandRow | undefined> {
  const r =
    await sql<CommandRow>`select id, content_hash, actor_id, act_ids, subject_id from commands where campaign_id = ${campaign.id} and id = ${id}`.execute(
      tx,
    );
  return r.rows[0];
}

/** Keeps a command with what it wrote; the same id a second time raises a unique violation. */
export function commandStatement(campaign: CampaignRow, c: CommandRow & { recordedAt: Instant }): RawBuilder<unknown> {
  return sql`insert into commands (campaign_id, id, content_hash, actor_id, recorded_at, act_ids, subject_id)
    values (${campaign.id}, ${c.id}, ${c.content_hash}, ${c.actor_id}, ${ts(c.recordedAt)}, ${c.act_ids}::uuid[], ${c.subject_id})`;
}

export interface CommandStart {
  /** The transaction's recording time: the server's clock, read after the transaction has its id, in whole milliseconds. */
  readonly at: Instant;
  /** The command of this id, if it was taken in before. */
  readonly before: CommandRow | undefined;
  /** Acts of the subject's stream. */
  readonly acts: Act[];
  /** Hash of the last act of the campaign's own stream: names the campaign's state. */
  readonly campaignLeaf: string | null;
  /** Commitment that the actor's name has in this campaign. */
  readonly actorSealed: string | null;
}

/** What every command begins with, in one round trip. */
export async function startCommand(
  tx: Tx,
  campaign: CampaignRow,
  id: string | undefined,
  subjectId: string,
  actor: { readonly id: string; readonly name: string },
): Promise<CommandStart> {
  const r = await sql<{
    at: number;
    command: StoredCommand | null;
    acts: StoredAct[] | null;
    leaf: string | null;
    logged: number | null;
    sealed: string | null;
  }>`with own as materialized (select pg_current_xact_id() as id)
    select case when own.id is not null then clock_timestamp() end as at,
      ${
        id === undefined
          ? sql`null::json`
          : sql`(select json_build_object('id', id, 'content_hash', encode(content_hash, 'hex'), 'actor_id', actor_id, 'act_ids', act_ids, 'subject_id', subject_id)
              from commands where campaign_id = ${campaign.id} and id = ${id})`
      } as command,
      (select json_agg(json_build_array(id, stream, stream_seq, kind, schema_version, payload, actor_id, actor_org, actor_name,
          extract(epoch from happened_at) * 1000, extract(epoch from recorded_at) * 1000) order by stream_seq)
        from acts where campaign_id = ${campaign.id} and stream_id = ${subjectId}) as acts,
      (select encode(leaf, 'hex') from acts where campaign_id = ${campaign.id} and stream_id = ${campaignStreamId(campaign.id)}
        order by stream_seq desc limit 1) as leaf,
      (select last_recorded_at from log_checkpoints where campaign_id = ${campaign.id} order by size desc limit 1) as logged,
      (select 'sealed:' || encode(commitment, 'hex') from personal_values where campaign_id = ${campaign.id} and value = ${actor.name}
        and subject = ${actor.id} order by commitment limit 1) as sealed
    from own`.execute(tx);
  const row = r.rows[0];
  if (row === undefined) throw new Error('no clock');
  return {
    // What the log holds is behind whatever is recorded now, even when the server's clock was set back.
    at: instant(Math.max(Math.floor(row.at), (row.logged ?? 0) + 1)),
    before: row.command === null ? undefined : { ...row.command, content_hash: Buffer.from(row.command.content_hash, 'hex') },
    acts: (row.acts ?? []).map((a) => storedAct(a, campaign, subjectId)),
    campaignLeaf: row.leaf,
    actorSealed: row.sealed,
  };
}

type StoredCommand = Omit<CommandRow, 'content_hash'> & { readonly content_hash: string };
type StoredAct = readonly [string, string, number, string, number, string, string, string, string, number, number];

function storedAct(a: StoredAct, campaign: CampaignRow, streamId: string): Act {
  const [id, stream, seq, kind, schema, payload, actorId, org, name, happenedAt, recordedAt] = a;
  return {
    id,
    campaign: campaign.slug,
    stream,
    streamId,
    seq,
    kind,
    schema,
    payload: JSON.parse(payload),
    actor: { id: actorId, org, name },
    happenedAt: instant(Math.round(happenedAt)),
    recordedAt: instant(Math.round(recordedAt)),
  } as Act;
}

/** Of some fingerprints, those the campaign has seen. */
export async function seenEvidence(tx: Tx, campaign: CampaignRow, sha256: readonly string[]): Promise<ReadonlySet<string>> {
  if (sha256.length === 0) return new Set();
  const r = await sql<{ h: string }>`select encode(sha256, 'hex') as h from evidence_seen where campaign_id = ${campaign.id}
    and sha256 = any(${sha256.map((h) => Buffer.from(h, 'hex'))}::bytea[])`.execute(tx);
  return new Set(r.rows.map((row) => row.h));
}

/** The next free number of a kind of item; holds the place until the transaction ends, so two never get the same. */
export async function nextItemNo(tx: Tx, campaign: CampaignRow, kind: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(7301963, ${campaign.id}::integer)`.execute(tx);
  const r = await sql<{
    n: number;
  }>`select coalesce(max(no_seq), 0) + 1 as n from items where campaign_id = ${campaign.id} and kind = ${kind}`.execute(tx);
  return r.rows[0]?.n ?? 1;
}
