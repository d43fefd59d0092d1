import { askTimestamp, type TimestampAuthority } from '../../usecases/log/timestamp.ts';
import { askWitness, type AnchorOutcome, type Transport, type Witness } from '../../usecases/log/anchors.ts';
import { campaignRows } from '../../usecases/log/campaigns.ts';
import type { Services } from '../../usecases/services.ts';

/** Who attests the logs, and how often they are asked. */
export interface AnchorPlan {
  readonly witnesses: readonly Witness[];
  readonly timestamps: readonly TimestampAuthority[];
  readonly everySeconds: number;
}

const longestAnswer = 64 * 1024;
const patienceMs = 15_000;

/** Plain HTTP with a time limit and a limit of bytes; addresses come from the configuration only, and no redirect is followed. */
export const overHttp: Transport = {
  async post(url, type, body) {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of reply.body ?? []) {
      bytes += part.length;
      if (bytes > longestAnswer) throw new Error('the answer is too long');
      parts.push(part);
    }
    return { status: reply.status, type: reply.headers.get('content-type') ?? '', body: Buffer.concat(parts) };
  },
};

/** Asks every witness and authority once for every campaign; one that fails does not hold up the others. */
export async function anchorAll(s: Services, plan: AnchorPlan, transport: Transport = overHttp): Promise<AnchorOutcome[]> {
  const out: AnchorOutcome[] = [];
  for (const row of await campaignRows(s)) {
    for (const w of plan.witnesses) out.push(await askWitness(s, row, w, transport));
    for (const t of plan.timestamps) out.push(await askTimestamp(s, row, t, transport));
  }
  return out;
}

/** Keeps the logs attested while the product runs. Returns what stops it. */
export function keepAnchors(s: Services, plan: AnchorPlan, log: (line: string) => void): () => void {
  if (plan.witnesses.length + plan.timestamps.length === 0) return () => undefined;
  let busy = false;
  const said = new Map<string, string>();
  const round = () => {
    if (busy) return;
    busy = true;
    anchorAll(s, plan)
      .then((outcomes) => {
        for (const o of outcomes) {
          if ((o.outcome === 'refused' || o.outcome === 'unreachable') && said.get(o.name) !== o.detail)
            log(`${o.name}: ${o.outcome}: ${o.detail}`);
          said.set(o.name, o.detail);
        }
      })
      .catch((error: unknown) => log(`anchors: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        busy = false;
      });
  };
  round();
  const timer = setInterval(round, plan.everySeconds * 1000);
  return () => clearInterval(timer);
}
