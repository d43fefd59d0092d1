import { type RawBuilder, sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import { ts, type Tx } from '../database.ts';
import { type Instant, instant } from '../../domain/kernel/instant.ts';
import { type CampaignEnd, type CampaignRow, campaignStreamId } from './read.ts';

export interface CommandRow {
  readonly id: string;
  readonly content_hash: Buffer;
  readonly actor_id: string;
  readonly act_ids: string[];
  readonly subject_id: string;
}

/** Keeps commands with what they wrote; an id a second time raises a unique violation. */
export function commandsStatement(campaign: CampaignRow, recordedAt: Instant, commands: readonly CommandRow[]): RawBuilder<unknown> {
  const rows = commands.map(
    (c) => sql`(${campaign.id}, ${c.id}, ${c.content_hash}, ${c.actor_id}, ${ts(recordedAt)}, ${c.act_ids}::uuid[], ${c.subject_id})`,
  );
  return sql`insert into commands (campaign_id, id, content_hash, actor_id, recorded_at, act_ids, subject_id) values ${sql.join(rows)}`;
}

export interface CommandsStart {
  /** The transaction's recording time: the server's clock, read after the transaction has its id, in whole milliseconds. */
  readonly at: Instant;
  /** Those of the commands that were taken in before, by id. */
  readonly commands: ReadonlyMap<string, CommandRow>;
  /** Ids of commands that are ids of acts already. */
  readonly usedIds: ReadonlySet<string>;
  /** Acts of the subjects' streams. */
  readonly acts: ReadonlyMap<string, Act[]>;
  /** The last act of the campaign's own stream: names the campaign's state. */
  readonly campaignEnd: CampaignEnd | null;
  /** Commitments that the actors' names have in this campaign. */
  readonly sealed: readonly { readonly value: string; readonly subject: string; readonly sealed: string }[];
}

/** What every transaction of commands begins with, in one round trip. */
export async function startCommands(
  tx: Tx,
  campaign: CampaignRow,
  list: readonly {
    readonly commandId: string;
    readonly subjectId: string;
    readonly actor: { readonly id: string; readonly name: string };
  }[],
): Promise<CommandsStart> {
  const actors = [...new Map(list.map((c) => [`${c.actor.id}\n${c.actor.name}`, c.actor])).values()];
  const r = await sql<{
    at: number;
    commands: StoredCommand[] | null;
    used: string[] | null;
    acts: StoredAct[] | null;
    campaign_end: CampaignEnd | null;
    logged: number | null;
    sealed: { value: string; subject: string; sealed: string }[] | null;
  }>`with own as materialized (select pg_current_xact_id() as id)
    select case when own.id is not null then clock_timestamp() end as at,
      (select json_agg(json_build_object('id', id, 'content_hash', encode(content_hash, 'hex'), 'actor_id', actor_id, 'act_ids', act_ids, 'subject_id', subject_id))
        from commands where campaign_id = ${campaign.id} and id = any(${list.map((c) => c.commandId)}::uuid[])) as commands,
      (select array_agg(id::text) from acts where campaign_id = ${campaign.id} and id = any(${list.map((c) => c.commandId)}::uuid[])) as used,
      (select json_agg(json_build_array(stream_id, id, stream, stream_seq, kind, schema_version, payload, actor_id, actor_org, actor_name,
          date_part('epoch', happened_at) * 1000, date_part('epoch', recorded_at) * 1000) order by stream_id, stream_seq)
        from acts where campaign_id = ${campaign.id} and stream_id = any(${list.map((c) => c.subjectId)}::uuid[])) as acts,
      (select json_build_object('leaf', encode(leaf, 'hex'), 'seq', stream_seq) from acts
        where campaign_id = ${campaign.id} and stream_id = ${campaignStreamId(campaign.id)} order by stream_seq desc limit 1) as campaign_end,
      (select last_recorded_at from log_checkpoints where campaign_id = ${campaign.id} order by size desc limit 1) as logged,
      (select json_agg(json_build_object('value', t.value, 'subject', t.subject, 'sealed', p.sealed))
        from unnest(${actors.map((a) => a.name)}::text[], ${actors.map((a) => a.id)}::text[]) as t(value, subject)
        cross join lateral (select encode(commitment, 'hex') as sealed from personal_values
          where campaign_id = ${campaign.id} and value = t.value and subject = t.subject order by commitment limit 1) as p) as sealed
    from own`.execute(tx);
  const row = r.rows[0];
  if (row === undefined) throw new Error('no clock');
  const acts = new Map<string, Act[]>();
  for (const stored of row.acts ?? []) {
    const act = storedAct(stored, campaign);
    const stream = acts.get(act.streamId);
    if (stream === undefined) acts.set(act.streamId, [act]);
    else stream.push(act);
  }
  return {
    // What the log holds is behind whatever is recorded now, even when the server's clock was set back.
    at: instant(Math.max(Math.floor(row.at), (row.logged ?? 0) + 1)),
    commands: new Map((row.commands ?? []).map((c) => [c.id, { ...c, content_hash: Buffer.from(c.content_hash, 'hex') }])),
    usedIds: new Set(row.used ?? []),
    acts,
    campaignEnd: row.campaign_end,
    sealed: row.sealed ?? [],
  };
}

type StoredCommand = Omit<CommandRow, 'content_hash'> & { readonly content_hash: string };
type StoredAct = readonly [string, string, string, number, string, number, string, string, string, string, number, number];

function storedAct(a: StoredAct, campaign: CampaignRow): Act {
  const [streamId, id, stream, seq, kind, schema, payload, actorId, org, name, happenedAt, recordedAt] = a;
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
