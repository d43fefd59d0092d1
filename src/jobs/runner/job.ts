import type { CampaignRow } from '../../usecases/log/campaigns.ts';
import type { Services } from '../../usecases/services.ts';

/** What a run may know. */
export interface JobRun {
  readonly services: Services;
  /** Aborted at the limit, when the lease is lost and at the end of the process: whoever runs long asks it between two steps. */
  readonly signal: AbortSignal;
}

interface Timing {
  /** `<feature>.<verb>`, the same for ever: the rows of the database go by it. */
  readonly name: string;
  /** From the end of a run to the next one. */
  readonly everyMs: number;
  /** A run that takes longer is cancelled, and counts as failed. */
  readonly limitMs: number;
  /** How long after its first appearance it is run; at once. */
  readonly firstMs?: number;
  /** At most so long after a failure it is tried again; five minutes, but never before `everyMs`. */
  readonly backOffMs?: number;
}

/**
 * Something that is done on a schedule (定时任务).
 *
 * Of all server processes one does a `campaign` or an `installation` job at a time; a `process` job is about what each process has
 * for itself, its own files or memory, and is done in every one of them.
 *
 * A lease keeps two from doing the same work. It is no lock: a process that was frozen may go on for a moment after another has
 * taken over. So every job must come out right when two do it at once.
 */
export type Job =
  | (Timing & { readonly scope: 'campaign'; readonly run: (at: JobRun & { readonly campaign: CampaignRow }) => Promise<void> })
  | (Timing & { readonly scope: 'installation' | 'process'; readonly run: (at: JobRun) => Promise<void> });

/** How long a job is left alone after its first failure, and at most. */
export function backOffOf(job: Job): { leastMs: number; mostMs: number } {
  return { leastMs: Math.max(job.everyMs, 1000), mostMs: Math.max(job.everyMs, job.backOffMs ?? 300_000) };
}
