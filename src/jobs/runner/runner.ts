import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { leasesOf, type Ended, type JobKey, type Lease, type Leases } from '../../usecases/jobs/leases.ts';
import { campaignRows, type CampaignRow } from '../../usecases/log/campaigns.ts';
import type { Services } from '../../usecases/services.ts';
import { backOffOf, type Job } from './job.ts';
import { Lane } from './lane.ts';
import { inWords, JobHangs, within } from './within.ts';

export interface RunnerOptions {
  /** Is told once of each new kind of failure of a job. */
  readonly log: (line: string) => void;
  /** How long a lease lasts without being renewed, 6 s: after so long others go on with what a process that died has left. */
  readonly leaseMs?: number;
  /** Between two looks at what is due; 500 ms. */
  readonly lookMs?: number;
  /** How long a run that was told to end may take; 8 s. */
  readonly graceMs?: number;
  /** Runs of one job at a time, for different campaigns; 2. */
  readonly abreast?: number;
}

/** A job that this process holds the lease of. */
interface Held {
  readonly key: string;
  readonly job: Job;
  readonly campaign: CampaignRow | null;
  readonly lease: Lease;
  /** Tells the run to end: the lease is lost, or the process stops. */
  readonly end: AbortController;
  renewedAt: number;
  /** It went well, and the database was not told. */
  ran: boolean;
  /** The database is told soon: what it knows is of before. */
  tell: boolean;
}

/** An instant of this process for spans of time: no change of the machine's clock moves it. */
const clock = () => performance.now();
const keyOf = (k: JobKey) => `${k.name}/${k.campaignId}`;
const of = (campaign: CampaignRow | null) => (campaign === null ? '' : ` of ${campaign.slug}`);

/**
 * Does jobs while the product runs (任务执行器). Of all processes on one database each job is done by the one that holds its lease
 * (decision 12).
 * @returns stops it: runs are told to end and waited for, and their leases are given back
 */
export function startJobs(s: Services, jobs: readonly Job[], options: RunnerOptions): () => Promise<void> {
  const runner = new Runner(s, jobs, options);
  return () => runner.stop();
}

class Runner {
  private readonly s: Services;
  private readonly shared: readonly Job[];
  private readonly log: (line: string) => void;
  private readonly leases: Leases;
  private readonly leaseMs: number;
  private readonly graceMs: number;
  private readonly lanes: ReadonlyMap<string, Lane>;
  private readonly stopped = new AbortController();
  private readonly held = new Map<string, Held>();
  private readonly work = new Set<Promise<void>>();
  /** Jobs that have a row. */
  private readonly added = new Set<string>();
  private readonly said = new Map<string, string>();

  constructor(s: Services, jobs: readonly Job[], { log, leaseMs = 6000, lookMs = 500, graceMs = 8000, abreast = 2 }: RunnerOptions) {
    this.s = s;
    this.log = log;
    this.leaseMs = leaseMs;
    this.graceMs = graceMs;
    this.leases = leasesOf(s, randomUUID(), leaseMs);
    this.lanes = new Map(jobs.map((job) => [job.name, new Lane(abreast)]));
    this.shared = jobs.filter((job) => job.scope !== 'process');
    for (const job of jobs) if (job.scope === 'process') this.keep(this.alone(job));
    this.keep(this.again('given out', lookMs, () => this.look()));
    this.keep(this.again('kept', Math.min(1000, leaseMs / 20), () => this.renew()));
  }

  async stop(): Promise<void> {
    this.stopped.abort(new Error('the server stops'));
    for (const held of this.held.values()) held.end.abort(this.stopped.signal.reason);
    // What is begun while it is waited for is waited for too.
    while (this.work.size > 0) await Promise.all(this.work);
  }

  private keep(work: Promise<void>): void {
    this.work.add(work);
    void work.finally(() => this.work.delete(work));
  }

  /** Waits, unless it is told to stop; keeps no process alive. */
  private async pause(ms: number, signal: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal, ref: false }).catch(() => undefined);
  }

  private async again(what: string, everyMs: number, step: () => Promise<void>): Promise<void> {
    while (!this.stopped.signal.aborted) {
      try {
        await step();
        this.said.delete(what);
      } catch (error) {
        this.say(what, `Jobs are not ${what}: ${inWords(error)}`);
      }
      await this.pause(everyMs, this.stopped.signal);
    }
  }

  private say(key: string, line: string): void {
    if (this.said.get(key) !== line) this.log(line);
    this.said.set(key, line);
  }

  /** Takes what is due and nobody does. */
  private async look(): Promise<void> {
    const campaigns = this.shared.some((job) => job.scope === 'campaign') ? await campaignRows(this.s) : [];
    const places = this.shared.flatMap((job) =>
      (job.scope === 'campaign' ? campaigns : [null]).map((campaign) => ({ name: job.name, campaignId: campaign?.id ?? 0, job, campaign })),
    );
    const fresh = places.filter((p) => !this.added.has(keyOf(p)));
    if (fresh.length > 0) await this.leases.add(fresh.map((p) => ({ ...p, firstMs: p.job.firstMs ?? 0 })));
    for (const p of fresh) this.added.add(keyOf(p));
    const free = new Map(places.filter((p) => !this.held.has(keyOf(p))).map((p) => [keyOf(p), p]));
    // Before asking: by then the lease of the database has not begun.
    const renewedAt = clock();
    for (const lease of await this.leases.take([...free.values()])) {
      const key = keyOf(lease);
      const { job, campaign } = free.get(key) ?? {};
      if (job === undefined || campaign === undefined) throw new Error(`nobody asked for ${key}`);
      const held: Held = { key, job, campaign, lease, end: new AbortController(), renewedAt, ran: false, tell: true };
      if (this.stopped.signal.aborted) held.end.abort(this.stopped.signal.reason);
      this.held.set(key, held);
      this.keep(this.drive(held));
    }
  }

  /** Renews every lease when one of them is through half of its life, so that a job of every second writes every few seconds. */
  private async renew(): Promise<void> {
    const now = clock();
    const list = [...this.held.values()];
    if (!list.some((h) => (h.tell && h.ran) || now - h.renewedAt >= this.leaseMs / 2)) return;
    const told = list.map((h) => ({ ...h.lease, ran: h.ran }));
    let kept: ReadonlySet<string>;
    try {
      kept = new Set((await this.leases.renew(told)).map(keyOf));
    } catch (error) {
      // Until a lease has run out it is ours, whether the database can be reached or not.
      for (const h of list) if (clock() - h.renewedAt >= this.leaseMs) h.end.abort(new Error('its lease ran out'));
      throw error;
    }
    for (const [i, h] of list.entries()) {
      if (!kept.has(h.key)) h.end.abort(new Error('its lease was given to another process'));
      else Object.assign(h, { renewedAt: now, ...(told[i]?.ran === true ? { ran: false, tell: false } : {}) });
    }
  }

  /** Runs a job as long as its lease is worth keeping: frequent ones again and again, others once. */
  private async drive(h: Held): Promise<void> {
    const { signal } = h.end;
    let how: Ended;
    for (;;) {
      how = await this.lane(h.job, () => this.once(h));
      if (how.ended !== 'ran' || h.job.everyMs >= this.leaseMs) break;
      h.ran = true;
      await this.pause(h.job.everyMs, signal);
    }
    if (how.ended === 'left' && h.ran) how = { ended: 'ran', dueInMs: 0 };
    // Without the database the lease runs out by itself.
    await this.leases.end(h.lease, how).catch(() => undefined);
    this.held.delete(h.key);
  }

  private lane<T>(job: Job, work: () => Promise<T>): Promise<T> {
    return this.lanes.get(job.name)?.through(work) ?? work();
  }

  private async once(h: Held): Promise<Ended> {
    const { signal } = h.end;
    // A process that was frozen asks before it goes on.
    if (clock() - h.renewedAt >= this.leaseMs) await this.renew().catch(() => h.end.abort(new Error('its lease ran out')));
    if (signal.aborted) return { ended: 'left' };
    try {
      await this.run(h.job, h.campaign, signal);
      this.said.delete(h.key);
      return { ended: 'ran', dueInMs: h.job.everyMs };
    } catch (error) {
      if (signal.aborted && !(error instanceof JobHangs)) return { ended: 'left' };
      this.say(h.key, `The job ${h.job.name}${of(h.campaign)} failed: ${inWords(error)}`);
      return { ended: 'failed', why: inWords(error), backoffMs: backOffOf(h.job) };
    }
  }

  private run(job: Job, campaign: CampaignRow | null, outer: AbortSignal): Promise<void> {
    return within(
      async (signal) => {
        if (job.scope !== 'campaign') await job.run({ services: this.s, signal });
        else if (campaign !== null) await job.run({ services: this.s, signal, campaign });
      },
      { limitMs: job.limitMs, graceMs: this.graceMs, outer },
    );
  }

  /** A job of each process: by its own clock, and what fails is said and tried again later. */
  private async alone(job: Job): Promise<void> {
    const { signal } = this.stopped;
    const { leastMs, mostMs } = backOffOf(job);
    let failures = 0;
    await this.pause(job.firstMs ?? 0, signal);
    while (!signal.aborted) {
      try {
        await this.run(job, null, signal);
        failures = 0;
        this.said.delete(job.name);
      } catch (error) {
        if (signal.aborted) return;
        this.say(job.name, `The job ${job.name} failed: ${inWords(error)}`);
        failures++;
      }
      await this.pause(failures === 0 ? job.everyMs : Math.min(mostMs, leastMs * 2 ** Math.min(failures - 1, 30)), signal);
    }
  }
}
