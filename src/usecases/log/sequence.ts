import { instant, type Instant } from '../../domain/kernel/instant.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { UnmarkedAct } from '../../storage/log/marked.ts';
import { LogFork, sequenceStep, SequencerMemory, type Step } from '../../storage/log/sequence.ts';
import type { Services } from '../services.ts';

/** Acts numbered in one transaction at most: what is kept in memory meanwhile grows with it. */
const stepSize = 50_000;
/** How long a step waits at most until all that was signed can be read. */
const patienceMs = 5000;

export interface Sequenced {
  readonly size: number;
  readonly added: number;
}

/**
 * Numbers whatever a campaign has recorded up to what is proven complete, and signs the log (编号并签署日志).
 * @throws LogFork when the database's log is not the one that was signed; UnmarkedAct at an act without a right mark, after signing all before it
 */
export async function sequenceCampaign(s: Services, row: CampaignRow, signal?: AbortSignal): Promise<Sequenced> {
  let memory = s.sequencers.get(row.id);
  if (memory === undefined) {
    memory = new SequencerMemory();
    s.sequencers.set(row.id, memory);
  }
  const known = memory;
  let added = 0;
  let upTo = await completeUpTo(s);
  const next = () => sequenceStep(s.database.db, s.log, s.marks, row, known, { upTo, now: s.now(), most: stepSize });
  for (;;) {
    const step: Step = await next().catch(async (error: unknown) => {
      if (!(error instanceof LogFork)) throw error;
      // What this process knows to be complete may be older than what a process that is gone now has signed and could not store. Only a
      // log that is short of it although all is in by now is another log.
      const complete = await s.watermark.reachNow(patienceMs);
      if (complete === undefined) throw new Error(`log of ${row.slug}: what was signed is not complete yet`, { cause: error });
      upTo = complete;
      return next();
    });
    added += step.added;
    if (step.unmarked !== undefined) throw new UnmarkedAct(row.slug, step.unmarked);
    if (!step.more || signal?.aborted === true) return { size: step.head?.size ?? 0, added };
  }
}

/** Nothing that came in at or before this can still appear, in any campaign. */
export async function completeUpTo(s: Services): Promise<Instant> {
  const proven = await s.watermark.look();
  return proven > 0 ? proven : instant(0);
}
