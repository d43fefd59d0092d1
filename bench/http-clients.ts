// The clients of the HTTP measurement, in a process of their own so that they do not take time from the server's.
import { Agent, request } from 'node:http';

let text = '';
for await (const chunk of process.stdin) text += chunk;
const { port, token, clients, seconds, campaign, queue, alone } = JSON.parse(text) as {
  port: number;
  token: string;
  clients: number;
  seconds: number;
  campaign: string;
  queue: { id: string; verb: string; body: object }[];
  /** What one client sends by itself first, for as long. */
  alone: { id: string; verb: string; body: object }[];
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

/** How many a second as many clients get taken, and how long each waits. */
async function measure(list: { id: string; verb: string; body: object }[], many: number) {
  let done = 0;
  let refused = 0;
  const took: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: many }, async () => {
      for (let next = list.shift(); next !== undefined && performance.now() < end; next = list.shift()) {
        const sent = performance.now();
        if ((await send(next)) < 300) done++;
        else refused++;
        took.push(performance.now() - sent);
      }
    }),
  );
  took.sort((a, b) => a - b);
  return {
    rate: (done * 1000) / (performance.now() - started),
    refused,
    p50: took[Math.floor(took.length / 2)] ?? 0,
    p95: took[Math.floor(took.length * 0.95)] ?? 0,
  };
}

const one = await measure(alone, 1);
process.stdout.write(`${JSON.stringify({ ...(await measure(queue, clients)), one })}\n`);
agent.destroy();
