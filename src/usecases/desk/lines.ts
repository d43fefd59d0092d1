import { mayAtRoot, isRootVerb, scopeOf, type Actor, type PlaceVerb } from '../../domain/access/policy.ts';
import { isDeskTask, ruleOf, type DeskTask } from '../../domain/desk/tasks.ts';
import { waitsFor } from '../../domain/desk/waits.ts';
import { dateOf, endOfDate, type Instant } from '../../domain/kernel/instant.ts';
import type { PlaceRange } from '../../domain/kernel/place.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { foldProblem } from '../../domain/problems/state.ts';
import { listActsOfStreams } from '../../storage/acts/read.ts';
import { watchesRunning } from '../../storage/desk/watch.ts';
import { listIds, listProposed, listRectifiedBy } from '../../storage/desk/candidates.ts';
import type { LedgerFilter } from '../../storage/ledger/query.ts';
import type { View } from '../figures/as-of.ts';
import type { Services } from '../services.ts';

/** What waits for somebody later, such as acceptances whose notice still runs. */
export interface Later {
  readonly count: number;
  /** When the first of them can be done. */
  readonly next: Instant;
}

/** Lines of the ledger that wait for somebody's doing. */
export interface DeskLines {
  readonly filter: LedgerFilter;
  readonly later: Later | null;
}

/**
 * Where somebody may do a task; undefined when nowhere. A right that is asked at the root speaks for the whole campaign.
 */
export function deskScope(actor: Actor, view: View, task: DeskTask): readonly PlaceRange[] | undefined {
  const slug = view.row.slug;
  for (const verb of ruleOf(task).verbs) {
    if (isRootVerb(verb)) {
      if (mayAtRoot(actor, verb, slug, view.campaign.settings.root)) return view.scope;
      continue;
    }
    const scope = scopeOf(actor, verb as PlaceVerb, slug);
    if (scope !== undefined) return scope.ranges;
  }
  return undefined;
}

/**
 * A question of the ledger, narrowed to what waits for the asker.
 * @refuses filter.unknown-value, access.forbidden for a task that is not theirs anywhere
 */
export async function deskLines(s: Services, actor: Actor, view: View, base: LedgerFilter, task: string): Promise<LedgerFilter | Refusal> {
  if (!isDeskTask(task)) return refuse('filter.unknown-value', { key: 'desk', value: task });
  const lines = await waitingLines(s, actor, view, base, task);
  return isRefusal(lines) ? lines : lines.filter;
}

/** The same, with what waits later. */
export async function waitingLines(
  s: Services,
  actor: Actor,
  view: View,
  base: LedgerFilter,
  task: DeskTask,
): Promise<DeskLines | Refusal> {
  const rule = ruleOf(task);
  const scope = deskScope(actor, view, task);
  if (scope === undefined) return refuse('access.forbidden', { verb: rule.verbs[0] as string });
  const { settings } = view.campaign;
  const states = rule.states.map((code) => settings.states.indexOf(code) + 1).filter((n) => n > 0);
  const narrow: LedgerFilter = {
    ...base,
    ranges: meet(base.ranges, scope),
    states: base.states?.filter((n) => states.includes(n)) ?? states,
    ...(rule.overdue === true ? { supervised: true, deadline: { after: null, upTo: view.watermark } } : {}),
  };
  switch (rule.looks) {
    case 'never':
      return { filter: narrow, later: null };
    case 'watch': {
      const today = dateOf(view.watermark, settings.utcOffsetMinutes);
      const { count, until } = await watchesRunning(s.database.db, narrow, today);
      const later = until === null ? null : { count, next: endOfDate(until, settings.utcOffsetMinutes) };
      return { filter: { ...narrow, watchOver: today }, later };
    }
    default: {
      // Whatever else is asked for, the same problems are looked at: once for all the questions of a view.
      const all = { ...plain(base), ranges: meet(view.scope, scope), states };
      const { ready, barred, ends } = await once(view, `${task} ${base.owner ?? ''}`, () => judgeEach(s, actor, view, all, task));
      if (rule.looks === 'barred') return { filter: barred.length === 0 ? narrow : { ...narrow, without: barred }, later: null };
      const [next] = ends.toSorted((a, b) => a - b);
      return { filter: { ...narrow, ids: ready }, later: next === undefined ? null : { count: ends.length, next } };
    }
  }
}

/** A question without what narrows it, but for whose problems they are. */
function plain({ campaignId, kind, owner, asOf, current, historic = false }: LedgerFilter): Omit<LedgerFilter, 'ranges' | 'states'> {
  const none = { batches: null, aspects: null, types: null, clues: null, deadline: null, text: null, supervised: false };
  return { campaignId, kind, owner, asOf, current, historic, ...none };
}

interface Judged {
  readonly ready: readonly string[];
  /** In a state in which they could wait, and not for this person. */
  readonly barred: readonly string[];
  /** When each of those that wait later can be done. */
  readonly ends: readonly Instant[];
}

/**
 * Problems by whether they wait for this person.
 *
 * Where separation of persons decides, problems are folded: for accepting and clearing those in that state within the asker's places;
 * for a check those that their organisation had a part in rectifying; for second persons those with a proposal. Grows with these, and
 * not with all problems nor with all acts.
 */
async function judgeEach(s: Services, actor: Actor, view: View, all: LedgerFilter, task: DeskTask): Promise<Judged> {
  const rule = ruleOf(task);
  const { db } = s.database;
  const candidates =
    rule.looks === 'barred'
      ? await listRectifiedBy(db, view.row.id, actor)
      : rule.looks === 'proposed'
        ? await listProposed(db, view.row.id, view.watermark)
        : await listIds(db, all);
  const { settings, organisations } = view.campaign;
  const ctx = { actor, organisations, at: view.watermark, utcOffsetMinutes: settings.utcOffsetMinutes };
  const acts = await listActsOfStreams(db, view.row, candidates);
  const out = { ready: [] as string[], barred: [] as string[], ends: [] as Instant[] };
  for (const id of candidates) {
    const p = foldProblem(acts.get(id) ?? [], view.watermark);
    if (p === undefined) continue;
    const waits = waitsFor(task, p, ctx);
    if (waits.how === 'now') out.ready.push(id);
    else if (waits.how === 'later') out.ends.push(waits.from);
    else if (rule.states.includes(p.state)) out.barred.push(id);
  }
  return out;
}

const judged = new WeakMap<View, Map<string, Promise<Judged>>>();

/** A view is one person's and of one instant: what was judged in it stays so. */
function once(view: View, key: string, judge: () => Promise<Judged>): Promise<Judged> {
  const known = judged.get(view) ?? new Map<string, Promise<Judged>>();
  judged.set(view, known);
  const answer = known.get(key) ?? judge();
  known.set(key, answer);
  return answer;
}

function meet(a: readonly PlaceRange[], b: readonly PlaceRange[]): PlaceRange[] {
  return a.flatMap((x) => b.map((y) => ({ from: Math.max(x.from, y.from), to: Math.min(x.to, y.to) })).filter((z) => z.from < z.to));
}
