import type { Act } from '../domain/acts/act.ts';
import { draft } from '../domain/acts/act.ts';
import type { KeyTask } from '../domain/campaign/settings.ts';
import { foldProblem, type Problem } from '../domain/problems/state.ts';
import { orgs, person } from './people.ts';
import type { SimulationPlan } from './plan.ts';
import { seeded } from './random.ts';
import { Recorder } from './recorder.ts';
import { problemSlots, type SourcePicker } from './slots.ts';
import { tellProblem, type ProblemSlot } from './problem.ts';
import { sourceSlots, tellCases, tellOffice, tellSource, type SourceSlot } from './others.ts';

/** The campaign's own stream: opening, organisations, teams, key tasks. */
export function tellCampaign(plan: SimulationPlan, streamId: string, keyTasks: readonly KeyTask[]): Act[] {
  const rec = new Recorder(plan.settings.slug, seeded(plan.seed ^ 0xca3b, 1));
  const office = person(plan.seed, orgs.office, 1);
  const at = plan.opensAt;
  rec.write(draft('campaign', streamId, 'CampaignOpened', plan.settings), office, at, at);
  const register = (code: string, name: string, place: number, kind: string) =>
    rec.write(draft('campaign', streamId, 'OrganisationRegistered', { code, name, place, kind }), office, at, at);
  register(orgs.office, '省专班', plan.settings.root, 'office');
  register(orgs.acceptance, '省厅验收组', plan.settings.root, 'acceptance');
  for (const place of plan.settings.places) {
    if (place.statisticsOnly === true || place.code === plan.settings.root) continue;
    const city = place.code % 100 === 0;
    register(city ? orgs.city(place.code) : orgs.county(place.code), `${place.name}人民政府`, place.code, 'government');
    if (city) {
      const members = [1, 2, 3, 4, 5, 6, 7, 8].map((seat) => person(plan.seed, orgs.team(place.code), seat).name);
      const name = `驻${place.name}工作组`;
      register(orgs.team(place.code), name, place.code, 'team');
      rec.write(
        draft('campaign', streamId, 'TeamFormed', { code: orgs.team(place.code), name, place: place.code, members }),
        office,
        at,
        at,
      );
    }
  }
  for (const task of keyTasks) rec.write(draft('campaign', streamId, 'KeyTaskDefined', task), office, at, at);
  return rec.acts;
}

/**
 * A whole campaign, stream by stream (a stream's acts come together, streams in no particular order of time).
 *
 * The same plan gives the same acts, to the last digit. Memory grows with the number of sources only.
 */
export function* generate(plan: SimulationPlan): Generator<Act[]> {
  const sources = sourceSlots(plan);
  for (const s of sources) yield tellSource(plan, s);
  const perLetter = new Map<string, number>();
  const sourceFor = sourcePicker(sources);
  // A merged problem goes into the last cleared one told before it in the same batch.
  let target: { batch: number; problem: Problem } | undefined;
  for (const slot of problemSlots(plan, sourceFor)) {
    if (slot.letterId !== null) perLetter.set(slot.letterId, (perLetter.get(slot.letterId) ?? 0) + 1);
    const merges = slot.fate.end === 'withdrawn' && slot.index % 2 === 0 && target?.batch === slot.batch?.no;
    const told: ProblemSlot = merges && target !== undefined ? { ...slot, fate: { end: 'merged' }, mergeInto: target.problem } : slot;
    const { acts } = tellProblem(plan, told);
    if (slot.fate.end === 'cleared' && slot.fate.rebound === null && slot.batch !== null && slot.index % 50 === 0) {
      const problem = foldProblem(acts);
      if (problem !== undefined) target = { batch: slot.batch.no, problem };
    }
    yield acts;
  }
  yield* tellCases(plan);
  yield* tellOffice(plan, perLetter);
}

/** Problems are found at sources of their county and aspect that were inspected before their letter went out, in turn; else at none. */
function sourcePicker(sources: readonly SourceSlot[]): SourcePicker {
  const byKind = new Map<string, SourceSlot[]>();
  for (const s of sources) {
    const key = `${s.place}/${s.aspect}`;
    const list = byKind.get(key);
    if (list === undefined) byKind.set(key, [s]);
    else list.push(s);
  }
  for (const list of byKind.values()) list.sort((a, b) => a.at - b.at);
  return (index, place, aspect, before) => {
    const list = byKind.get(`${place}/${aspect}`) ?? [];
    // Inspected in time order: those before the letter stand first.
    let known = 0;
    while (known < list.length && (list[known] as SourceSlot).at < before) known++;
    return known === 0 ? null : (list[index % known] as SourceSlot);
  };
}
