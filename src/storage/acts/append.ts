import { type RawBuilder, sql } from 'kysely';
import type { Act } from '../../domain/acts/act.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { ts, type Tx } from '../database.ts';
import type { Marks } from '../log/marks.ts';
import type { CampaignRow } from './read.ts';
import { toRow, writtenColumns } from './rows.ts';
import { streamStatements } from './streams.ts';

/**
 * Appends acts, each with its mark. A place in a stream taken meanwhile by another command raises a unique violation (see `violated`).
 * @param enteredAt  when they came in, where that is not when they are recorded
 */
export async function appendActs(tx: Tx, campaign: CampaignRow, acts: readonly Act[], marks: Marks, enteredAt?: Instant): Promise<void> {
  for (const statement of [...streamStatements(campaign, acts), ...actStatements(campaign, acts, marks, enteredAt)])
    await statement.execute(tx);
}

/** The same as statements, which may be sent with others. */
export function actStatements(campaign: CampaignRow, acts: readonly Act[], marks: Marks, enteredAt?: Instant): RawBuilder<unknown>[] {
  const out: RawBuilder<unknown>[] = [];
  const entered = enteredAt === undefined ? sql`null::timestamptz` : ts(enteredAt);
  for (let i = 0; i < acts.length; i += 500) {
    const values = sql.join(
      acts.slice(i, i + 500).map((act) => {
        if (act.campaign !== campaign.slug) throw new Error(`act ${act.id} is of another campaign`);
        const r = toRow(act);
        return sql`(${sql.join([campaign.id, r.id, r.stream, r.stream_id, r.stream_seq, r.kind, r.schema_version, r.payload, r.actor_id, r.actor_org, r.actor_name, ts(r.happened_at), ts(r.recorded_at), r.leaf, marks.mark(campaign.slug, r.leaf), entered])})`;
      }),
    );
    out.push(sql`insert into acts (campaign_id, ${sql.raw(writtenColumns)}) values ${values}`);
  }
  return out;
}

/** What another command did meanwhile, so that deciding again helps: the violated key, or a ring of waits that was broken. */
export function violated(error: unknown): string | undefined {
  const e = error as { code?: string; constraint?: string };
  if (e.code === '40P01' || e.code === '40001') return 'waited';
  return e.code === '23505' ? (e.constraint ?? 'unknown') : undefined;
}
