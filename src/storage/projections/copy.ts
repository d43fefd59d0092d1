import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Cell } from './rows.ts';

const flushBytes = 4 * 1024 * 1024;

/** Rows for several tables over one connection: gathered in memory, sent by COPY whenever a table has enough. */
export class BulkTables {
  private readonly buffers = new Map<string, { parts: string[]; bytes: number }>();
  private readonly client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.client = client;
  }

  add(target: string, prefix: Cell, row: readonly Cell[]): void {
    let buffer = this.buffers.get(target);
    if (buffer === undefined) {
      buffer = { parts: [], bytes: 0 };
      this.buffers.set(target, buffer);
    }
    let line = cellText(prefix);
    for (const cell of row) line += `\t${cellText(cell)}`;
    buffer.parts.push(line);
    buffer.bytes += line.length;
  }

  /** Sends every table that has gathered enough. */
  async drain(all = false): Promise<void> {
    for (const [target, buffer] of this.buffers) {
      if (buffer.parts.length === 0 || (!all && buffer.bytes < flushBytes)) continue;
      const text = `${buffer.parts.join('\n')}\n`;
      buffer.parts = [];
      buffer.bytes = 0;
      const stream = this.client.query(copyFrom(`copy ${target} from stdin`));
      const finished = once(stream, 'finish');
      stream.end(Buffer.from(text, 'utf8'));
      await finished;
    }
  }
}

/** A cell in COPY's text format. */
function cellText(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'number') return String(cell);
  return /[\\\t\n\r]/.test(cell) ? cell.replace(/\\/g, '\\\\').replace(/\t/g, '\\t').replace(/\n/g, '\\n').replace(/\r/g, '\\r') : cell;
}
