import type pg from 'pg';

/** What the database's sessions of the product do, as shares of the samples taken: working, idle, or waiting for something by name. */
export interface Waits {
  stop(): Promise<ReadonlyMap<string, number>>;
}

/** Looks every few milliseconds what each session that is in a transaction waits for (等待事件). */
export function watchWaits(pool: pg.Pool): Waits {
  const seen = new Map<string, number>();
  let samples = 0;
  let going = true;
  const look = async () => {
    const client = await pool.connect();
    try {
      while (going) {
        const r = await client.query<{ what: string }>(`select case when state = 'active' and wait_event is null then 'working'
            when state = 'active' then wait_event_type || ':' || wait_event
            when state like 'idle in transaction%' then 'waiting for the server process' end as what
          from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
            and state <> 'idle'`);
        samples++;
        if (r.rows.length === 0) seen.set('nothing under way', (seen.get('nothing under way') ?? 0) + 1);
        for (const row of r.rows) seen.set(row.what, (seen.get(row.what) ?? 0) + 1);
        await new Promise((resolve) => setTimeout(resolve, 7));
      }
    } finally {
      client.release();
    }
  };
  const done = look();
  return {
    async stop() {
      going = false;
      await done;
      return new Map([...seen].map(([what, n]): [string, number] => [what, n / Math.max(1, samples)]).sort((a, b) => b[1] - a[1]));
    },
  };
}
