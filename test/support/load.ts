import { setTimeout as sleep } from 'node:timers/promises';
import { v7 } from 'uuid';
import { expect } from 'vitest';
import { slug, type Served } from './served.ts';

/** People who give commands and read pages without a pause. */
export class Load {
  /** Ids of commands that were acknowledged. */
  readonly taken = new Set<string>();
  /** Status and code of every answer that was not a success. */
  failures: string[] = [];
  private ended = false;
  private readonly s: Served;
  private readonly lanes: Promise<unknown>;

  constructor(s: Served, lanes: number) {
    this.s = s;
    this.lanes = Promise.all(Array.from({ length: lanes }, (_, i) => this.lane(i)));
  }

  private async lane(lane: number): Promise<void> {
    for (let i = lane; !this.ended; i++) {
      const row = this.s.rows[i % this.s.rows.length] as Served['rows'][number];
      const id = v7();
      const body = { id, government: `gov-${row.place}`, department: `分局${i}`, person: '某某' };
      const done = await this.s.ask(`/api/problems/${row.id}/assign?campaign=${slug}`, body);
      const read = await this.s.ask(`/api/ledger?campaign=${slug}&limit=5`);
      if (done.status < 300) this.taken.add(id);
      for (const a of [done, read])
        if (a.status >= 300) this.failures.push(`${a.status} ${a.code}${a.headers.has('retry-after') ? '' : ' without retry-after'}`);
      if (done.status >= 300) await sleep(20);
    }
  }

  /** Waits until commands are acknowledged again; answers how long that took. */
  async goesOn(): Promise<number> {
    const began = performance.now();
    const before = this.taken.size;
    await expect.poll(() => this.taken.size, { timeout: 30_000, interval: 20 }).toBeGreaterThan(before + 5);
    return performance.now() - began;
  }

  /** What people were told meanwhile: 503 with a code and when to ask again, and nothing else. */
  onlyAway(): void {
    const away = new Set(['503 server.unavailable', '503 server.database-busy']);
    expect(this.failures.filter((f) => !away.has(f))).toEqual([]);
    this.failures = [];
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.lanes;
  }
}
