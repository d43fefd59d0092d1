import { once } from 'node:events';
import { PassThrough, pipeline, Readable, type Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest that rows are worked on before everybody else has a turn, in ms. */
const slice = 4;

/** All that wait for their next slice, one behind the other: however many files are made, one slice stands between two turns. */
let queue: Promise<unknown> = Promise.resolve();

function myTurn(): Promise<unknown> {
  queue = queue.then(() => nextTurn());
  return queue;
}

/** Rows as they come, in slices: the loop is given back to other requests between them. */
export async function* inTurns<T>(rows: AsyncIterable<T>): AsyncGenerator<T> {
  let began = performance.now();
  for await (const row of rows) {
    yield row;
    if (performance.now() - began < slice) continue;
    await myTurn();
    began = performance.now();
  }
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
export function written(write: (out: Sink) => Promise<void>): Readable {
  const stream = new PassThrough();
  stream.on('error', () => undefined);
  write({ stream, rows: (source) => whileRead(source, stream) }).catch((error: unknown) => stream.destroy(error as Error));
  return stream;
}

async function* whileRead<T>(source: AsyncIterable<T>, stream: PassThrough): AsyncGenerator<T> {
  for await (const row of inTurns(source)) {
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
export function textStream(lines: AsyncIterable<string>): Readable {
  return Readable.from(inTurns(lines)).on('error', () => undefined);
}
