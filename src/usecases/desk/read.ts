import type { Actor } from '../../domain/access/policy.ts';
import { byDue } from '../../domain/desk/order.ts';
import { deskTaskNames, ruleOf, type DeskTask } from '../../domain/desk/tasks.ts';
import { dateOf, daysBetween, instant, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import { dueBetween, dueEach, waitingByPlace, type WaitingAsk, type WaitingAt } from '../../storage/desk/waiting.ts';
import { countLines, listLines } from '../../storage/ledger/read.ts';
import type { LedgerFilter } from '../../storage/ledger/query.ts';
import { openView, standingOf, type View } from '../figures/as-of.ts';
import { ledgerFilter } from '../ledger/filter.ts';
import { lineSeen } from '../ledger/line.ts';
import type { Services } from '../services.ts';
import { deskBulletins, deskLeads, deskLetters } from './beside.ts';
import { deskScope, waitingLines } from './lines.ts';
import type { DeskGroupSeen, DeskPart, DueSeen } from './seen.ts';
import { readWays } from './ways.ts';

export type DeskScope = 'mine' | 'all';

export type DeskSeen = Exclude<Awaited<ReturnType<typeof readDesk>>, Refusal>;

/** So far ahead deadlines are told one by one. */
const window = 4 * 86_400_000;
/** So many parts of a group are shown. */
const shown = 3;

/**
 * What waits for somebody as of an instant, by what has to be done, what is due first first; what they sent away and what came back.
 *
 * Each count is that of the ledger list it names. As of the past the same is read, and nothing of it can be done.
 * @refuses what opening a view refuses
 */
export async function readDesk(
  s: Services,
  actor: Actor,
  q: { campaign: string; asOf?: string | undefined; scope?: DeskScope | undefined },
) {
  const view = await openView(s, actor, 'ledger.read', q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const scopes = await scopesOf(s, actor, view);
  if (isRefusal(scopes)) return scopes;
  const scope: DeskScope = q.scope === 'mine' && scopes.includes('mine') ? 'mine' : 'all';
  const base = await ledgerFilter(s, actor, view, { kind: 'problem', view: scope === 'mine' ? 'mine' : undefined });
  if (isRefusal(base)) return base;
  const groups: DeskGroupSeen[] = [];
  for (const task of deskTaskNames) {
    const group = deskScope(actor, view, task) === undefined ? undefined : await groupOf(s, actor, view, base, task, scope);
    if (group !== undefined) groups.push(group);
  }
  const [bulletins, ways] = await Promise.all([deskBulletins(s, actor, view), readWays(s, actor, view)]);
  groups.push(...bulletins.groups, ...(await deskLeads(s, actor, view)), ...(await deskLetters(s, actor, view)));
  return {
    standing: await standingOf(s, view),
    current: view.current,
    scopes,
    scope,
    groups: groups.toSorted(byDue),
    sent: [...bulletins.sent, ...ways.sent].toSorted((a, b) => b.at - a.at).slice(0, 8),
    returned: [...bulletins.returned, ...ways.returned].toSorted((a, b) => b.at - a.at).slice(0, 6),
  };
}

/** Mine and all are told apart only where both can hold something: problems are assigned to governments. */
async function scopesOf(s: Services, actor: Actor, view: View): Promise<DeskScope[] | Refusal> {
  const all = await ledgerFilter(s, actor, view, { kind: 'problem', view: 'open' });
  if (isRefusal(all)) return all;
  const { db } = s.database;
  const mine = await countLines(db, { ...all, owner: actor.org });
  return mine === 0 || mine === (await countLines(db, all)) ? ['all'] : ['all', 'mine'];
}

async function groupOf(
  s: Services,
  actor: Actor,
  view: View,
  base: LedgerFilter,
  task: DeskTask,
  scope: DeskScope,
): Promise<DeskGroupSeen | undefined> {
  const lines = await waitingLines(s, actor, view, base, task);
  if (isRefusal(lines)) return undefined;
  const rule = ruleOf(task);
  const { utcOffsetMinutes } = view.campaign.settings;
  const since = rule.overdue === true ? 'deadline' : rule.looks === 'proposed' ? 'proposal' : 'state';
  const ask: WaitingAsk = { filter: lines.filter, clock: rule.clock, since, utcOffsetMinutes };
  const { db } = s.database;
  const places = await waitingByPlace(db, ask);
  const count = places.reduce((n, p) => n + p.count, 0);
  if (count === 0 && lines.later === null) return undefined;
  const pressing = rule.clock !== null && rule.overdue !== true;
  return {
    code: task,
    count,
    since: least(places.map((p) => p.since)),
    due: least(places.map((p) => p.due)),
    ahead: pressing ? await dueBetween(db, ask, view.watermark, instant(view.watermark + window)) : [],
    later: lines.later,
    query: new URLSearchParams({ desk: task, ...(scope === 'mine' ? { view: 'mine' } : {}) }).toString(),
    lines: await partsOf(s, actor, view, ask, places),
  };
}

/** By city where there are several, by county where those are several and hold more than could be shown, else the first records. */
async function partsOf(s: Services, actor: Actor, view: View, ask: WaitingAsk, places: readonly WaitingAt[]): Promise<DeskPart[]> {
  const cities = together(places, (place) => place - (place % 100));
  const parts = cities.length > 1 ? cities : together(places, (place) => place);
  const count = parts.reduce((n, p) => n + p.count, 0);
  if (parts.length < 2 || count <= shown) return records(s, actor, view, ask);
  return parts.slice(0, shown).map((p) => ({
    ...{ place: p.place, count: p.count, no: null, text: '', id: null },
    since: finite(p.since),
    due: dueSeen(finite(p.due), view),
  }));
}

/** What waits by larger places, the fullest first. */
function together(places: readonly WaitingAt[], of: (place: number) => number): WaitingAt[] {
  const out = new Map<number, WaitingAt>();
  for (const p of places) {
    const before = out.get(of(p.place)) ?? { place: of(p.place), count: 0, due: Infinity, since: Infinity };
    out.set(before.place, {
      ...before,
      count: before.count + p.count,
      due: Math.min(before.due, p.due),
      since: Math.min(before.since, p.since),
    });
  }
  return [...out.values()].toSorted((a, b) => b.count - a.count || a.place - b.place);
}

async function records(s: Services, actor: Actor, view: View, ask: WaitingAsk): Promise<DeskPart[]> {
  const lines = await listLines(s.database.db, ask.filter, { sort: 'deadline', descending: false, limit: shown });
  const ids = lines.map((line) => line.id);
  const due = await dueEach(s.database.db, ask, ids);
  return lines.map((line) => {
    const { id, no, unit } = lineSeen(line, view, actor);
    return { place: null, count: 1, since: null, due: dueSeen(finite(due.get(id) ?? Infinity), view), no, text: unit, id: null };
  });
}

/** The last day of a deadline with the days left to it. */
export function dueSeen(end: Instant | null, view: View): DueSeen | null {
  if (end === null) return null;
  const offset = view.campaign.settings.utcOffsetMinutes;
  const on = dateOf(instant(end - 1), offset);
  return { on, daysLeft: daysBetween(dateOf(view.watermark, offset), on) };
}

function finite(at: number): Instant | null {
  return Number.isFinite(at) ? instant(at) : null;
}

function least(list: readonly number[]): Instant | null {
  return finite(Math.min(...list));
}
