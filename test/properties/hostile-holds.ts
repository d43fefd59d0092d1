import { expect } from 'vitest';
import type { Act, ActKind } from '../../src/domain/acts/act.ts';
import { dictionary } from '../../src/domain/clearance/dictionary.ts';
import { referenceFigure } from '../../src/domain/clearance/reference.ts';
import { formatInstant, instant, parseInstant } from '../../src/domain/kernel/instant.ts';
import { pick, seeded } from '../../src/demo/random.ts';
import { getCampaignState } from '../../src/storage/acts/read.ts';
import { campaign } from '../support/app.ts';
import type { HostileRun } from './hostile-run.ts';

/** What opens each kind of stream, as the product says; written a second time. */
const openings: Readonly<Record<string, readonly ActKind[]>> = {
  ...{ campaign: ['CampaignOpened'], source: ['SourceRegistered'], problem: ['ProblemFound'], batch: ['BatchIssued'] },
  ...{ letter: ['LetterIssued'], case: ['CaseFiled'], task: ['TaskRegistered'], measure: ['MeasureRegistered'] },
  ...{ project: ['ProjectRegistered'], publication: ['CasePublished', 'FiguresPublished'], bulletin: ['BulletinDrafted'] },
  ...{ evidence: ['EvidenceReceived'], lead: ['LeadRaised'] },
};

/** All that must hold after a run, whatever was asked for. */
export async function expectHolds(run: HostileRun): Promise<void> {
  expect(run.broken).toEqual([]);
  expect(run.silent).toEqual([]);
  expect(run.lowered).toEqual([]);
  expect(run.faults).toEqual([]);
  const streams = Map.groupBy(run.acts, (a) => a.streamId);
  expect(wrongStreams(streams)).toEqual([]);
  expect(takenAlone(streams)).toEqual([]);
  expect(lostFromPublished(run.acts, streams)).toEqual([]);
  expect(new Set(run.acts.map((a) => a.id)).size).toBe(run.acts.length);
  await expectFigures(run);
}

/** Streams of two kinds, opened in the middle or by another act, with gaps, or under an id in another form. */
function wrongStreams(streams: ReadonlyMap<string, readonly Act[]>): string[] {
  const out: string[] = [];
  for (const [id, acts] of streams) {
    const kinds = new Set(acts.map((a) => a.stream));
    const opened = acts.filter((a) => openings[a.stream]?.includes(a.kind)).map((a) => a.seq);
    if (kinds.size !== 1) out.push(`${id} is of kinds ${[...kinds].join(', ')}`);
    // Evidence may be received for several problems.
    if (opened[0] !== 1 || (opened.length > 1 && acts[0]?.stream !== 'evidence'))
      out.push(`${id} was opened by its acts ${opened.join(', ')}`);
    if (acts.some((a, i) => a.seq !== i + 1)) out.push(`${id} has a gap`);
    if (id !== id.toLowerCase()) out.push(`${id} is not in its one form`);
  }
  return out;
}

const takes = { ProblemWithdrawn: 'WithdrawalProposed', ProblemMerged: 'MergeProposed' } as const;

/** Problems that one person alone took out of the count. */
function takenAlone(streams: ReadonlyMap<string, readonly Act[]>): string[] {
  const out: string[] = [];
  for (const [id, acts] of streams) {
    for (const [i, act] of acts.entries()) {
      if (act.kind !== 'ProblemWithdrawn' && act.kind !== 'ProblemMerged') continue;
      const proposed = acts.slice(0, i).findLast((a) => a.kind === 'WithdrawalProposed' || a.kind === 'MergeProposed');
      if (proposed?.kind !== takes[act.kind] || proposed.actor.id === act.actor.id) out.push(`${id} ${act.kind} by ${act.actor.id}`);
    }
  }
  return out;
}

/** Problems of a published cohort that are no longer counted, or were taken out by one person. */
function lostFromPublished(acts: readonly Act[], streams: ReadonlyMap<string, readonly Act[]>): string[] {
  const published = acts.filter((a) => a.kind === 'FiguresPublished').map((a) => parseInstant(a.payload.asOf) ?? 0);
  const last = Math.max(0, ...published);
  const out: string[] = [];
  for (const [id, list] of streams) {
    const supervised = list.filter((a) => a.kind === 'ProblemSupervised');
    if (supervised[0] === undefined || supervised[0].recordedAt > last) continue;
    const after = list.filter((a) => a.seq > (supervised[0] as Act).seq);
    if (supervised.length !== 1) out.push(`${id} was supervised ${supervised.length} times`);
    if (after.some((a) => a.kind === 'ProblemNotFounded' || a.kind === 'ProblemSplit' || a.kind === 'ProblemFound'))
      out.push(`${id} left its cohort`);
  }
  return out;
}

/** Every figure, now and at instants that are drawn, is what the reference functions make of the acts. */
async function expectFigures({ app, row, acts }: HostileRun): Promise<void> {
  const r = seeded(1, acts.length);
  const newest = Math.max(...acts.map((a) => a.recordedAt));
  const at = [newest, ...Array.from({ length: 5 }, () => pick(r, acts).recordedAt), newest - 1000].map((ms) => instant(ms));
  for (const asOf of at) {
    const settings = (await getCampaignState(app.services.database.db, row, asOf))?.settings;
    const reply = await app.call('clerk', 'GET', `/api/figures?campaign=${campaign}&asOf=${encodeURIComponent(formatInstant(asOf))}`);
    const figures = reply.body.figures as { id: string; filter: object; numerator: number; denominator: number | null }[] | undefined;
    expect(figures?.length, reply.text.slice(0, 300)).toBeGreaterThan(5);
    for (const f of figures ?? []) {
      if (settings === undefined || dictionary.find((d) => d.id === f.id)?.estimate !== undefined) continue;
      const reference = referenceFigure(acts, settings, f.id, f.filter, asOf);
      expect([f.id, f.filter, f.numerator, f.denominator]).toEqual([f.id, f.filter, reference?.numerator, reference?.denominator]);
    }
  }
}

/** What a run reached, for the record. */
export function summary(run: HostileRun): string {
  const kinds = new Map<string, number>();
  for (const a of run.acts) kinds.set(a.kind, (kinds.get(a.kind) ?? 0) + 1);
  const words = (m: ReadonlyMap<string, number>) =>
    [...m]
      .sort((a, b) => b[1] - a[1])
      .map(([k, n]) => `${k} ${n}`)
      .join(', ');
  return `${run.requests} requests, ${run.left} readers left, slowest answer of the watch ${Math.round(run.slowest)} ms\nanswers: ${words(run.answers)}\nacts: ${words(kinds)}`;
}
