import { listJobs, type JobState } from '../../storage/jobs/leases.ts';
import type { Finding } from '../health/finding.ts';
import type { Services } from '../services.ts';

/** From so many failures in a row on, a job is not merely late. */
const failing = 3;
/** A job that is due and that nobody has begun for so long is done by nobody. */
const forgottenSeconds = 120;

/** What there is to say of the jobs (定时任务): one line when all is well, one for each that is not. */
export async function jobFindings(s: Services): Promise<Finding[]> {
  const list = await listJobs(s.database.db);
  const bad = list.map(findingOf).filter((f) => f !== undefined);
  if (bad.length > 0) return bad;
  return [{ name: 'jobs', state: 'ok', value: list.length === 0 ? 'none was run yet' : `${list.length} jobs, none failed` }];
}

/** Whether a job has failed again and again. */
export async function jobsFail(s: Services): Promise<boolean> {
  return (await listJobs(s.database.db)).some((j) => j.failures >= failing);
}

function findingOf(j: JobState): Finding | undefined {
  const name = `job ${j.name}${j.campaign === null ? '' : ` ${j.campaign}`}`;
  const well = j.okSeconds === null ? 'it never went well' : `it went well ${inWords(j.okSeconds)} ago`;
  if (j.failures > 0) {
    const times = j.failures === 1 ? 'failed once' : `failed ${j.failures} times in a row`;
    const value = `${times}, ${inWords(j.failedSeconds ?? 0)} ago: ${j.error ?? ''}; ${well}`;
    return { name, state: j.failures < failing ? 'warn' : 'fail', value, advice: 'it is tried again by itself; remove the cause' };
  }
  if (j.held || j.lateSeconds < forgottenSeconds) return undefined;
  const value = `due for ${inWords(j.lateSeconds)}, and nobody does it; ${well}`;
  return { name, state: 'warn', value, advice: 'start a server: the jobs run in it' };
}

function inWords(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
