import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

/** A record of a table file. */
export interface TableRow {
  /** 1 is the header; empty lines count. */
  readonly row: number;
  readonly cells: readonly string[];
  /** The record as it stands in the file, without its line ending. */
  readonly text: string;
}

export interface TableOptions {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
}

/** A file that cannot be read as a table at all. */
export class UnreadableTable extends Error {
  readonly file: string;
  constructor(path: string, reason: string) {
    super(reason);
    this.file = basename(path);
  }
}

const maxRecord = 4 * 1024 * 1024;

/**
 * Reads a CSV file, gzipped or not, record by record; memory does not grow with the file.
 *
 * A byte order mark, CRLF and stray quotes inside a cell are taken as they come, and every record is handed on with however
 * many cells it has. Bytes that the encoding does not have, an unclosed quote or a broken archive end in `UnreadableTable`.
 * @returns the hash of the file's bytes, once it has been read to its end
 */
export async function readTable(
  path: string,
  options: TableOptions,
  onRow: (row: TableRow) => void | Promise<void>,
): Promise<{ sha256: string }> {
  const hash = createHash('sha256');
  const parser = parse({
    bom: true,
    delimiter: options.delimiter ?? ',',
    raw: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: maxRecord,
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: false,
  });
  const bytes = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const stages: (Readable | NodeJS.ReadWriteStream)[] = [createReadStream(path), bytes];
  if (path.endsWith('.gz')) stages.push(createGunzip());
  stages.push(decoder(options.encoding ?? 'utf-8'), parser);
  const flow = pipeline(stages as [Readable, NodeJS.ReadWriteStream]);
  flow.catch(() => undefined);
  try {
    for await (const found of parser as AsyncIterable<{ record: string[]; raw: string; info: { records: number } }>) {
      const cells = found.record;
      await onRow({ row: found.info.records, cells, text: found.raw.replace(/\r?\n$|\r$/, '') });
    }
    await flow;
  } catch (error) {
    const e = error as NodeJS.ErrnoException;
    if (isReadError(e)) throw new UnreadableTable(path, e.code === 'ENOENT' ? 'there is no such file' : e.message);
    throw error;
  }
  return { sha256: hash.digest('hex') };
}

/** Only the first record. */
export async function readHeader(path: string, options: TableOptions): Promise<readonly string[]> {
  const stop = new Error('stop');
  let header: readonly string[] = [];
  try {
    await readTable(path, options, ({ cells }) => {
      header = cells;
      throw stop;
    });
  } catch (error) {
    if (error !== stop) throw error;
  }
  return header;
}

function decoder(encoding: string): Transform {
  const decode = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return new Transform({
    readableObjectMode: false,
    transform(chunk: Buffer, _encoding, done) {
      try {
        done(null, decode.decode(chunk, { stream: true }));
      } catch {
        done(Object.assign(new Error(`its bytes are not ${encoding}`), { code: 'ENCODING' }));
      }
    },
    flush(done) {
      try {
        done(null, decode.decode());
      } catch {
        done(Object.assign(new Error(`its bytes are not ${encoding}`), { code: 'ENCODING' }));
      }
    },
  });
}

function isReadError(e: NodeJS.ErrnoException): boolean {
  return typeof e.code === 'string' && /^(E[A-Z]+|Z_|CSV_|ENCODING)/.test(e.code);
}
