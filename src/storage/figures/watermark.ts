import { sql } from 'kysely';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import type { Db, Tx } from '../database.ts';

/**
 * The instant below which nothing is in flight any more: no commit can still appear with a `recordedAt` at or before it.
 *
 * A writer takes a transaction id first and reads the clock after that (see `takeRecordedAt`). So whatever takes its id after a
 * look began will record later than that look's time; and what had its id by then is finished once the oldest id still running
 * (xmin) has passed the newest that was running at the look. That one is read from the locks every transaction holds on its own
 * id: a snapshot's xmax will not do, since it only says which id finished last, and newer ones may be running.
 * Marks (time, newest id running) are kept until xmin has passed them. No lock is taken, and no writer waits. Works across
 * processes, as it looks only at the server.
 */
export class Watermark {
  private marks: { at: number; newest: bigint }[] = [];
  private proven = 0;
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  /** Looks once. Returns the newest proven instant (0 when none is proven yet). */
  async look(): Promise<Instant> {
    const r = await sql<{ at: number; xmin: string; xmax: string; running: string[] | null }>`select statement_timestamp() as at,
      pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax,
      (select array_agg(transactionid::text) from pg_locks where locktype = 'transactionid' and mode = 'ExclusiveLock' and granted) as running
      from (select pg_current_snapshot() as s) x`.execute(this.db);
    const row = r.rows[0];
    if (row === undefined) throw new Error('no snapshot');
    const xmin = BigInt(row.xmin);
    const xmax = BigInt(row.xmax);
    // Locks name the lower half of an id only; it lies within two thousand million of the snapshot.
    const running = (row.running ?? []).map((id) => xmax + BigInt.asIntN(32, BigInt(id) - xmax));
    const newest = running.reduce((a, b) => (a > b ? a : b), xmax - 1n);
    // Recorded instants are cut to whole milliseconds, hence one less.
    this.marks.push({ at: Math.floor(row.at) - 1, newest });
    while (this.marks[0] !== undefined && this.marks[0].newest < xmin) {
      this.proven = Math.max(this.proven, this.marks[0].at);
      this.marks.shift();
    }
    if (this.marks.length > 1000) this.marks.splice(1, this.marks.length - 1000);
    if (this.proven === 0) this.proven = await this.beforeAnyRunning();
    return instant(this.proven);
  }

  /**
   * What an observer without a memory can prove: whatever is running records no earlier than it began. 0 when the beginning of
   * one of them is not known (another role's, or a prepared one).
   */
  private async beforeAnyRunning(): Promise<number> {
    const r = await sql<{
      at: number;
      since: number | null;
      known: boolean;
    }>`select statement_timestamp() as at, min(a.xact_start) as since,
      coalesce(bool_and(a.xact_start is not null), true) as known
      from pg_locks l left join pg_stat_activity a on a.pid = l.pid where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted`.execute(
      this.db,
    );
    const row = r.rows[0];
    return row === undefined || !row.known ? 0 : Math.floor(Math.min(row.at, row.since ?? row.at)) - 1;
  }

  /** Waits until all that was recorded before this call is proven complete; undefined when it is not in time. */
  async reachNow(timeoutMs: number): Promise<Instant | undefined> {
    const r = await sql<{ at: number }>`select statement_timestamp() as at`.execute(this.db);
    const at = instant(Math.floor(r.rows[0]?.at ?? Infinity) - 1);
    const proven = await this.reach(at, timeoutMs);
    return proven >= at ? proven : undefined;
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
