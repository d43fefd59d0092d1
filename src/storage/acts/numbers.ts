import { sql } from 'kysely';
import type { NumberPattern } from '../../domain/campaign/numbering.ts';
import type { Tx } from '../database.ts';
import { waitForCampaign } from '../locks.ts';
import type { CampaignRow } from './read.ts';

/** How a campaign's own numbers stand, for a transaction that gives some out. */
export interface Series {
  readonly pattern: NumberPattern;
  /** The last number given out by the campaign itself. */
  readonly last: number;
  /** Whether this is written down; otherwise it was read off the numbers in use. */
  readonly kept: boolean;
  /** Larger numbers that are in use all the same, because a person named them. */
  readonly taken: ReadonlySet<number>;
}

/**
 * Waits for the campaign's numbers and holds them until the transaction ends.
 * @param wanted  the pattern of the campaign's settings; without one, the pattern that its problems have so far, else `fallback`
 */
export async function holdSeries(
  tx: Tx,
  campaign: CampaignRow,
  wanted: NumberPattern | undefined,
  fallback: NumberPattern,
): Promise<Series> {
  await sql`select ${waitForCampaign('itemNumbers', campaign.id)}`.execute(tx);
  const r = await sql<{ prefix: string; digits: number; last: number }>`select prefix, digits, last from number_series
    where campaign_id = ${campaign.id} and series = 'problem'`.execute(tx);
  const kept = r.rows[0];
  const known = kept !== undefined && (wanted === undefined || kept.prefix === wanted.prefix) ? kept : undefined;
  const pattern = wanted ?? known ?? (await patternInUse(tx, campaign)) ?? fallback;
  const last = known?.last ?? (await largestOf(tx, campaign, pattern));
  const ahead = await sql<{ n: number }>`select no_seq as n from items where campaign_id = ${campaign.id} and kind = 'problem'
    and no_seq > ${last} and no_seq < 1000000000000 and left(no, ${pattern.prefix.length}) = ${pattern.prefix} limit 10000`.execute(tx);
  return {
    pattern: { prefix: pattern.prefix, digits: pattern.digits },
    last,
    kept: known !== undefined,
    taken: new Set(ahead.rows.map((x) => x.n)),
  };
}

/** Keeps how far the campaign's numbers were given out. */
export function seriesStatement(campaign: CampaignRow, pattern: NumberPattern, last: number) {
  return sql`insert into number_series (campaign_id, series, prefix, digits, last)
    values (${campaign.id}, 'problem', ${pattern.prefix}, ${pattern.digits}, ${last})
    on conflict (campaign_id, series) do update set prefix = excluded.prefix, digits = excluded.digits, last = excluded.last`;
}

/** The most frequent pattern among the campaign's problems: campaigns from before patterns were settings. */
async function patternInUse(tx: Tx, campaign: CampaignRow): Promise<NumberPattern | undefined> {
  const r = await sql<NumberPattern>`select regexp_replace(no, '[0-9]+$', '') as prefix, min(length(substring(no from '[0-9]+$'))) as digits
    from items where campaign_id = ${campaign.id} and kind = 'problem' and no ~ '[0-9]{1,9}$' group by 1 order by count(*) desc limit 1`.execute(
    tx,
  );
  return r.rows[0];
}

async function largestOf(tx: Tx, campaign: CampaignRow, pattern: NumberPattern): Promise<number> {
  const r = await sql<{ n: number }>`select coalesce(max(no_seq), 0) as n from items where campaign_id = ${campaign.id} and kind = 'problem'
    and no_seq < 1000000000 and left(no, ${pattern.prefix.length}) = ${pattern.prefix}`.execute(tx);
  return r.rows[0]?.n ?? 0;
}
