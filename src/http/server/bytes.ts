import { Readable } from 'node:stream';
import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerLimits } from './limits.ts';

/**
 * Sends bytes as they come: the one place from which a stream leaves.
 *
 * A source that fails before its first byte is answered as a problem; later the transfer is aborted, so that nobody takes what
 * came for the whole. A reader who leaves, or who takes almost nothing, ends the source. HEAD reads none of it.
 */
export function sendBytes(request: FastifyRequest, reply: FastifyReply, stream: NodeJS.ReadableStream): FastifyReply {
  const source = stream as Readable;
  // Whatever happens between here and the first read is told to the reader, never to the process.
  source.on('error', () => undefined);
  if (request.method === 'HEAD') {
    source.destroy();
    return reply.send(Readable.from([]));
  }
  if (reply.raw.destroyed) {
    source.destroy();
    return reply.hijack();
  }
  watchReader(reply.raw, source, request.server.limits.reader);
  return reply.send(source);
}

/** Ends a source whose reader takes less than a least amount in a span of time although there is something for them. */
function watchReader(res: ServerResponse, source: Readable, limit: ServerLimits['reader']): void {
  const socket = res.socket;
  // A request that came over no wire has nothing to measure.
  if (typeof socket?.bytesWritten !== 'number' || typeof socket.writableLength !== 'number') return;
  const taken = () => socket.bytesWritten - socket.writableLength;
  let before = taken();
  const timer = setInterval(() => {
    const now = taken();
    if (socket.writableLength > 0 && now - before < limit.bytes) {
      source.destroy(new Error('the reader takes too little'));
      socket.destroy();
    }
    before = now;
  }, limit.ms);
  timer.unref();
  res.once('close', () => {
    clearInterval(timer);
    source.destroy();
  });
}
