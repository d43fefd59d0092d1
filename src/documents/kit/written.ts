import { once } from 'node:events';
import { PassThrough, pipeline, Readable, type Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Longest that rows are worked on before everybody else has a turn, in ms. */
const slice = 3;
/** How much longer than a slice the others' turn is, for lists that may be long. */
const patient = 4;

/** All that wait for their next slice, one behind the other: many files at once take no more of the machine than one. */
let queue: Promise<unknown> = Promise.resolve();

/** Waits behind the others who write, and then as long as is owed for what was spent. */
function myTurn(ms: number): Promise<unknown> {
  queue = queue.then(() => sleep(ms));
  return queue;
}

/**
 * Rows as they come, in slices: between them the loop is given back to other requests.
 * @param patience  how much longer than a slice the others' turn is
 */
export async function* inTurns<T>(rows: AsyncIterable<T>, patience = patient): AsyncGenerator<T> {
  let spent = 0;
  let asked = performance.now();
  for await (const row of rows) {
    const got = performance.now();
    yield row;
    const done = performance.now();
    spent += worked(got - asked) + worked(done - got);
    if (spent >= slice) {
      await myTurn(spent * patience);
      spent = 0;
    }
    asked = performance.now();
  }
}

/** What of a time was work: a longer one was spent waiting, for a reader, or for the database, which is work of others. */
function worked(ms: number): number {
  return Math.min(ms, 2 * slice);
}

/** What a writer of bytes writes to. */
export interface Sink {
  readonly stream: PassThrough;
  /** The rows to be written: they wait for a slow reader, and their source is ended when the reader leaves. */
  rows<T>(source: AsyncIterable<T>): AsyncGenerator<T>;
}

/**
 * A stream of bytes that a function writes.
 *
 * A failing source destroys the stream with its error, so that whoever reads sees an aborted file and never a short one; a
 * reader who leaves ends the source. With nobody left to be told, an error ends here and not the process.
 */
export function written(write: (out: Sink) => Promise<void>, patience = patient): Readable {
  const stream = new PassThrough();
  stream.on('error', () => undefined);
  write({ stream, rows: (source) => whileRead(source, stream, patience) }).catch((error: unknown) => stream.destroy(error as Error));
  return stream;
}

async function* whileRead<T>(source: AsyncIterable<T>, stream: PassThrough, patience: number): AsyncGenerator<T> {
  for await (const row of inTurns(source, patience)) {
    if (stream.writableNeedDrain) await drained(stream);
    if (stream.destroyed) throw new Error('the reader has left');
    yield row;
  }
  if (stream.destroyed) throw new Error('the reader has left');
}

/** Until there is room again, or nobody reads any more. */
async function drained(stream: PassThrough): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]);
  } catch {
    // Destroyed with an error: seen by whoever asks next.
  } finally {
    settled.abort();
  }
}

/** The bytes that a transform makes of rows; errors and a reader who leaves end all of it, as with `written`. */
export function transformed(rows: AsyncIterable<unknown>, transform: Duplex): Readable {
  return pipeline(Readable.from(inTurns(rows)), transform, () => undefined).on('error', () => undefined);
}

/** Texts as a stream of bytes, as with `written`. */
export function textStream(lines: AsyncIterable<string>, patience = patient): Readable {
  return Readable.from(inTurns(lines, patience)).on('error', () => undefined);
}
