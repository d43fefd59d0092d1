// The clients of the HTTP measurement, in a process of their own so that they do not take time from the server's.
import { Agent, request } from 'node:http';

let text = '';
for await (const chunk of process.stdin) text += chunk;
const { port, token, clients, seconds, campaign, queue } = JSON.parse(text) as {
  port: number;
  token: string;
  clients: number;
  seconds: number;
  campaign: string;
  queue: { id: string; verb: string; body: object }[];
};
const agent = new Agent({ keepAlive: true, maxSockets: clients });

function send(next: (typeof queue)[number]): Promise<number> {
  const body = JSON.stringify(next.body);
  return new Promise((resolve, reject) => {
    const r = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: `/api/problems/${next.id}/${next.verb}?campaign=${campaign}`,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: `Bearer ${token}` },
      },
      (reply) => {
        reply.resume();
        reply.on('end', () => resolve(reply.statusCode ?? 0));
      },
    );
    r.on('error', reject);
    r.end(body);
  });
}

let done = 0;
let refused = 0;
const started = performance.now();
const end = started + seconds * 1000;
await Promise.all(
  Array.from({ length: clients }, async () => {
    for (let next = queue.shift(); next !== undefined && performance.now() < end; next = queue.shift()) {
      if ((await send(next)) < 300) done++;
      else refused++;
    }
  }),
);
process.stdout.write(`${JSON.stringify({ rate: (done * 1000) / (performance.now() - started), refused })}\n`);
agent.destroy();
