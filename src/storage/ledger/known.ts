import { sql } from 'kysely';
import type { Instant } from '../../domain/kernel/instant.ts';
import type { Tx } from '../database.ts';
import { markBefore } from '../figures/marks.ts';
import { cubeOf } from '../figures/cubes.ts';
import { itemFact } from '../projections/fact-names.ts';
import type { LedgerFilter } from './query.ts';

/** How many lines there were by city, batch and state at a mark: what plans are chosen by. */
export interface LineCounts {
  /** About how many lines have the filter's places (by city), batches and states; what else it asks is not looked at. */
  of(f: Pick<LedgerFilter, 'ranges' | 'batches' | 'states' | 'supervised'>): number;
}

interface Cell {
  readonly place: number;
  readonly batch: number;
  readonly measure: number;
  readonly n: number;
}

export function lineCounts(cells: readonly Cell[]): LineCounts {
  return {
    of: (f) => {
      let n = 0;
      for (const c of cells) {
        if (f.states !== null && !f.states.includes(c.measure)) continue;
        if (f.batches !== null ? !f.batches.includes(c.batch) : f.supervised && c.batch === 0) continue;
        // A county is taken for the share it has of its city, about a tenth.
        const cover = f.ranges.reduce((most, r) => {
          if (c.place === 0 || (r.from <= c.place && r.to >= c.place + 100)) return 1;
          return r.from < c.place + 100 && r.to > c.place ? Math.max(most, 0.1) : most;
        }, 0);
        n += c.n * cover;
      }
      return n;
    },
  };
}

const kept = new Map<string, LineCounts>();

/** Counts at the last mark before an instant. A mark never changes, so the last few are remembered. */
export async function knownCounts(tx: Tx, campaignId: number, asOf: Instant): Promise<LineCounts> {
  const cube = cubeOf(1);
  const at = await markBefore(tx, campaignId, cube, asOf);
  const name = `${campaignId}/${at}`;
  const before = kept.get(name);
  if (before !== undefined) return before;
  const r = await sql<Cell>`select place, batch, measure, n from figure_totals
    where campaign_id = ${campaignId} and cube = ${cube.no} and at = ${new Date(at).toISOString()} and fact = ${itemFact}`.execute(tx);
  const counts = lineCounts(r.rows);
  if (kept.size >= 50) kept.clear();
  kept.set(name, counts);
  return counts;
}
