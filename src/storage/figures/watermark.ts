import { sql } from 'kysely';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import type { Db, Tx } from '../database.ts';

/**
 * The instant below which nothing is in flight any more: no commit can still appear with a `recordedAt` at or before it.
 *
 * A writer takes a transaction id first and reads the clock after that (see `takeRecordedAt`). So every transaction that gets
 * its id after a snapshot was taken will record later than that snapshot's time; and those with an older id are finished once
 * the oldest one still running (xmin) has passed the snapshot's xmax. Marks (time, xmax) are kept until xmin reaches them.
 * No lock is taken, and no writer waits. Works across processes, as it looks only at the server.
 */
export class Watermark {
  private marks: { at: number; xmax: bigint }[] = [];
  private proven = 0;
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  /** Looks once. Returns the newest proven instant (0 when none is proven yet). */
  async look(): Promise<Instant> {
    const r = await sql<{ at: number; xmin: string; xmax: string }>`select statement_timestamp() as at,
      pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax from (select pg_current_snapshot() as s) x`.execute(this.db);
    const row = r.rows[0];
    if (row === undefined) throw new Error('no snapshot');
    const xmin = BigInt(row.xmin);
    // Recorded instants are cut to whole milliseconds, hence one less.
    this.marks.push({ at: Math.floor(row.at) - 1, xmax: BigInt(row.xmax) });
    while (this.marks[0] !== undefined && this.marks[0].xmax <= xmin) {
      this.proven = Math.max(this.proven, this.marks[0].at);
      this.marks.shift();
    }
    if (this.marks.length > 1000) this.marks.splice(1, this.marks.length - 1000);
    return instant(this.proven);
  }

  /** Waits until an instant is proven, looking again every few milliseconds; returns what is proven when the time is up. */
  async reach(at: Instant, timeoutMs: number): Promise<Instant> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      const proven = await this.look();
      if (proven >= at || performance.now() >= end) return proven;
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  }
}

/**
 * The `recordedAt` of a transaction: the server's clock, read after the transaction has its id, in whole milliseconds.
 * Must be called in the transaction that writes.
 */
export async function takeRecordedAt(tx: Tx): Promise<Instant> {
  const r = await sql<{ at: number }>`with own as materialized (select pg_current_xact_id() as id)
    select case when own.id is not null then clock_timestamp() end as at from own`.execute(tx);
  const at = r.rows[0]?.at;
  if (at === undefined) throw new Error('no clock');
  return instant(Math.floor(at));
}
