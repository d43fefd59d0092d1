import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Closes, when the server stops, every connection on which nothing was asked: opened ahead by a browser, or with half a request. They
 * would keep it waiting for minutes. Answers under way are finished.
 */
export function closeSilent(app: FastifyInstance): void {
  const silent = new Set<Socket>();
  let stopping = false;
  const rest = (socket: Socket) => {
    if (stopping) socket.destroy();
    else if (!socket.destroyed) silent.add(socket);
  };
  app.server.on('connection', (socket) => {
    socket.once('close', () => silent.delete(socket));
    rest(socket);
  });
  app.server.on('request', (request, reply) => {
    silent.delete(request.socket);
    reply.once('close', () => rest(request.socket));
  });
  app.addHook('preClose', (done) => {
    stopping = true;
    for (const socket of silent) socket.destroy();
    done();
  });
}
