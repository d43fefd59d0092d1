import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refuse } from '../../domain/kernel/refusal.ts';
import { sendRefusal } from './problem.ts';

/** Ends requests whose body drips: a body that brings too little in a span, or that is no file and takes too long as a whole, is a 408. */
export function refuseSlowBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { headers } = request.raw;
    if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return;
    watch(app, request, reply);
  });
}

function watch(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request;
  const { socket } = raw;
  if (typeof socket?.bytesRead !== 'number') return;
  const limit = app.limits.body;
  const isFile = raw.headers['content-type'] === 'application/offset+octet-stream';
  const began = performance.now();
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    if (raw.complete) return clearInterval(timer);
    const now = socket.bytesRead;
    const late = !isFile && performance.now() - began > limit.wholeMs;
    // What has come and was not read yet is our delay, not theirs.
    if (late || (now - before < limit.bytes && raw.readableLength === 0)) end(request, reply);
    before = now;
  }, limit.ms);
  timer.unref();
  raw.once('close', () => clearInterval(timer));
}

function end(request: FastifyRequest, reply: FastifyReply): void {
  const { socket } = request.raw;
  if (reply.sent) socket.destroy();
  else {
    reply.raw.once('finish', () => socket.destroySoon());
    sendRefusal(reply.header('connection', 'close'), refuse('request.slow', {}));
  }
}
