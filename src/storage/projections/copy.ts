import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Cell } from './rows.ts';

const flushBytes = 4 * 1024 * 1024;
const mostUnderway = 64 * 1024 * 1024;

/**
 * Rows for several tables over one connection: gathered in memory, sent by COPY whenever a table has enough. Rows are made while
 * earlier ones are under way, so that both ends have work.
 */
export class BulkTables {
  private readonly buffers = new Map<string, { parts: string[]; bytes: number; readonly first: boolean }>();
  private readonly client: pg.PoolClient;
  private sending: Promise<void> = Promise.resolve();
  private underway = 0;

  constructor(client: pg.PoolClient) {
    this.client = client;
  }

  add(target: string, prefix: Cell, row: readonly Cell[]): void {
    let buffer = this.buffers.get(target);
    if (buffer === undefined) {
      buffer = { parts: [], bytes: 0, first: this.buffers.size === 0 };
      this.buffers.set(target, buffer);
    }
    let line = cellText(prefix);
    for (const cell of row) line += `\t${cellText(cell)}`;
    buffer.parts.push(line);
    buffer.bytes += line.length;
  }

  /** Begins to send every table that has gathered enough; waits when too much is under way, and with `all` until everything is there. */
  async drain(all = false): Promise<void> {
    const due = all || [...this.buffers.values()].some((b) => b.bytes >= flushBytes);
    for (const [target, { parts, bytes, first }] of this.buffers) {
      // What others refer to stands first among the tables, and is sent before any of them.
      if (parts.length === 0 || !(all || bytes >= flushBytes || (first && due))) continue;
      const buffer = this.buffers.get(target) as { parts: string[]; bytes: number };
      const data = Buffer.from(`${buffer.parts.join('\n')}\n`, 'utf8');
      buffer.parts = [];
      buffer.bytes = 0;
      this.underway += data.length;
      this.sending = this.sending.then(() => this.send(target, data));
      // Whoever waits next is told of a failure.
      this.sending.catch(() => undefined);
    }
    if (all || this.underway > mostUnderway) await this.sending;
    else await turn();
  }

  private async send(target: string, data: Buffer): Promise<void> {
    const stream = this.client.query(copyFrom(`copy ${target} from stdin`));
    const finished = once(stream, 'finish');
    stream.end(data);
    await finished;
    this.underway -= data.length;
  }
}

/** Lets what is under way go on. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A cell in COPY's text format. */
function cellText(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'number') return String(cell);
  return /[\\\t\n\r]/.test(cell) ? cell.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r') : cell;
}
