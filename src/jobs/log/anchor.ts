import { askTimestamp, type TimestampAuthority } from '../../usecases/log/timestamp.ts';
import { askWitness, type AnchorOutcome, type Transport, type Witness } from '../../usecases/log/anchors.ts';
import { campaignRows, type CampaignRow } from '../../usecases/log/campaigns.ts';
import type { Services } from '../../usecases/services.ts';
import type { Job } from '../runner/job.ts';

/** Who attests the logs, and how often they are asked. */
export interface AnchorPlan {
  readonly witnesses: readonly Witness[];
  readonly timestamps: readonly TimestampAuthority[];
  readonly everySeconds: number;
}

const longestAnswer = 64 * 1024;
const patienceMs = 15_000;

/** Plain HTTP with a time limit and a limit of bytes; addresses come from the configuration only, and no redirect is followed. */
export const httpUntil = (signal?: AbortSignal): Transport => ({
  async post(url, type, body) {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': type },
      body: new Uint8Array(body),
      redirect: 'error',
      signal: AbortSignal.any([AbortSignal.timeout(patienceMs), ...(signal === undefined ? [] : [signal])]),
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
});

export const overHttp: Transport = httpUntil();

/** Asks every witness and authority once for every campaign; one that fails does not hold up the others. */
export async function anchorAll(s: Services, plan: AnchorPlan, transport: Transport = overHttp): Promise<AnchorOutcome[]> {
  const out: AnchorOutcome[] = [];
  for (const row of await campaignRows(s)) out.push(...(await anchorLog(s, row, plan, transport)));
  return out;
}

async function anchorLog(
  s: Services,
  row: CampaignRow,
  plan: AnchorPlan,
  transport: Transport,
  signal?: AbortSignal,
): Promise<AnchorOutcome[]> {
  const out: AnchorOutcome[] = [];
  for (const ask of [
    ...plan.witnesses.map((w) => () => askWitness(s, row, w, transport)),
    ...plan.timestamps.map((t) => () => askTimestamp(s, row, t, transport)),
  ]) {
    signal?.throwIfAborted();
    out.push(await ask());
  }
  return out;
}

/** Keeps the logs attested; without anybody to ask there is nothing to do. Whoever refuses or is not reached is named as a failure. */
export function anchorJobs(plan: AnchorPlan): Job[] {
  if (plan.witnesses.length + plan.timestamps.length === 0) return [];
  const job: Job = {
    name: 'log.anchor',
    scope: 'campaign',
    everyMs: plan.everySeconds * 1000,
    // Whoever does not answer costs their patience, one after the other.
    limitMs: 60_000 + 2 * patienceMs * (plan.witnesses.length + plan.timestamps.length),
    run: async ({ services, campaign, signal }) => {
      const outcomes = await anchorLog(services, campaign, plan, httpUntil(signal), signal);
      const bad = outcomes.filter((o) => o.outcome === 'refused' || o.outcome === 'unreachable');
      if (bad.length > 0) throw new Error(bad.map((o) => `${o.name}: ${o.outcome}: ${o.detail}`).join('; '));
    },
  };
  return [job];
}
