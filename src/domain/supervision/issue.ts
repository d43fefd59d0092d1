import { draft, type Draft } from '../acts/act.ts';
import type { PlaceCode } from '../kernel/place.ts';
import { cityOf } from '../kernel/place.ts';
import { isPlainDate, type PlainDate } from '../kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts';
import type { Problem } from '../problems/state.ts';

export interface BatchPlan {
  readonly batchId: string;
  readonly no: number;
  readonly name: string;
  readonly deadline: PlainDate;
  readonly issuedOn: PlainDate;
  readonly problems: readonly Problem[];
  /** Letter id and receiving government by city. */
  readonly letters: ReadonlyMap<PlaceCode, { readonly id: string; readonly government: string; readonly docNo: string }>;
}

/**
 * Issues a batch (批次): one letter per city with problems in it, every problem supervised from then on.
 *
 * All or nothing: one problem that is not confirmed refuses the whole batch.
 * @refuses batch.deadline, batch.empty, batch.not-confirmed (with the numbers)
 */
export function decideIssue(plan: BatchPlan): Draft[] | Refusal {
  if (!isPlainDate(plan.deadline) || plan.deadline < plan.issuedOn) return refuse('batch.deadline', { deadline: plan.deadline });
  if (plan.problems.length === 0) return refuse('batch.empty', {});
  const wrong = plan.problems.filter((p) => p.state !== 'confirmed');
  if (wrong.length > 0) return refuse('batch.not-confirmed', { nos: wrong.slice(0, 20).map((p) => p.found.no), count: wrong.length });
  const byCity = new Map<PlaceCode, Problem[]>();
  // A problem named twice is still one problem in its letter.
  for (const p of new Map(plan.problems.map((p) => [p.id, p])).values()) {
    const city = cityOf(p.found.place);
    byCity.set(city, [...(byCity.get(city) ?? []), p]);
  }
  const drafts: Draft[] = [draft('batch', plan.batchId, 'BatchIssued', { no: plan.no, name: plan.name, deadline: plan.deadline })];
  for (const [city, problems] of [...byCity].sort((a, b) => a[0] - b[0])) {
    const letter = plan.letters.get(city);
    if (letter === undefined) throw new Error(`no letter prepared for ${city}`);
    drafts.push(
      draft('letter', letter.id, 'LetterIssued', {
        batch: plan.no,
        place: city,
        government: letter.government,
        docNo: letter.docNo,
        problems: problems.length,
        deadline: plan.deadline,
      }),
    );
    for (const p of problems) {
      const supervised = decideSupervise(p, letter, plan.no, plan.deadline);
      if (isRefusal(supervised)) return supervised;
      drafts.push(supervised);
    }
  }
  return drafts;
}

/**
 * Puts one confirmed problem into a letter of an issued batch.
 * @refuses batch.not-confirmed
 */
export function decideSupervise(
  p: Problem,
  letter: { readonly id: string; readonly government: string },
  batch: number,
  deadline: PlainDate,
): Draft | Refusal {
  if (p.state !== 'confirmed') return refuse('batch.not-confirmed', { nos: [p.found.no], count: 1 });
  return draft('problem', p.id, 'ProblemSupervised', { letterId: letter.id, batch, deadline, government: letter.government });
}
