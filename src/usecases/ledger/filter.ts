import { isOpenState } from '../../domain/projections/item-kinds.ts';
import { mergeRanges, rangeOf, type PlaceRange } from '../../domain/kernel/place.ts';
import { instantsOf, parseDays, type InstantRange } from '../../domain/kernel/day-range.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { masksOf } from '../../domain/access/masks.ts';
import type { Actor } from '../../domain/access/policy.ts';
import type { LedgerFilter, LedgerSort } from '../../storage/ledger/query.ts';
import { standsAt } from '../../storage/acts/latest.ts';
import type { Services } from '../services.ts';
import { deskLines } from '../desk/lines.ts';
import type { View } from '../figures/as-of.ts';

/** The ledger's question as it stands in an address; the contract checks lengths and kinds. */
export interface LedgerQuestion {
  readonly kind?: string | undefined;
  readonly view?: string | undefined;
  readonly q?: string | undefined;
  readonly city?: string | undefined;
  readonly county?: string | undefined;
  readonly batches?: string | undefined;
  readonly state?: string | undefined;
  readonly aspect?: string | undefined;
  readonly type?: string | undefined;
  readonly clue?: string | undefined;
  readonly task?: string | undefined;
  /** What waits for the asker, by what has to be done. */
  readonly desk?: string | undefined;
  /** Civil days of the campaign, as `2019-07-01..2019-07-31`: of the deadline, of finding, of the last change. */
  readonly due?: string | undefined;
  readonly found?: string | undefined;
  readonly updated?: string | undefined;
}

const day = 86_400_000;

/** What the ledger lists unless asked otherwise: problems, or the records of an outside register. */
export function defaultKind(view: View): string {
  return view.campaign.settings.facts.length > 0 ? 'record' : 'problem';
}

/**
 * Puts a question into the numbers of the tables.
 * @refuses access.forbidden for the desk of another role, filter.malformed (also for days that are none, or end before they begin), filter.unknown-value, filter.too-many, filter.masked for what the asker may not see, whatever is asked of it
 */
export async function ledgerFilter(s: Services, actor: Actor, view: View, q: LedgerQuestion): Promise<LedgerFilter | Refusal> {
  const { settings } = view.campaign;
  const kind = q.kind ?? defaultKind(view);
  if (!['problem', 'case', 'record'].includes(kind)) return refuse('filter.unknown-value', { key: 'kind', value: kind });
  if (q.clue !== undefined && masksOf(actor, view.row.slug).column('clue')) return refuse('filter.masked', { key: 'clue' });
  const crowded = tooMany(view, q);
  if (crowded !== undefined) return crowded;
  const ranges = placesOf(view, q);
  if (isRefusal(ranges)) return ranges;
  const batches = split(q.batches)?.map(Number) ?? null;
  if (batches?.some((n) => !Number.isInteger(n) || n < 0 || n > 32_000))
    return refuse('filter.malformed', { key: 'batches', value: q.batches ?? '' });
  const stateNo = (code: string) => settings.states.indexOf(code) + 1;
  const states = split(q.state);
  const unknown = states?.find((code) => stateNo(code) === 0);
  if (unknown !== undefined) return refuse('filter.unknown-value', { key: 'state', value: unknown });
  const numbers = (list: readonly { code: string; no: number }[], text: string | undefined) =>
    split(text)?.map((code) => (code === 'none' ? 0 : (list.find((x) => x.code === code)?.no ?? -1))) ?? null;
  const days = daysOf(q, settings.utcOffsetMinutes);
  if (isRefusal(days)) return days;
  const base: LedgerFilter = {
    campaignId: view.row.id,
    kind,
    ranges,
    batches,
    states: states?.map(stateNo) ?? null,
    aspects: numbers(settings.aspects, q.aspect),
    types: numbers(settings.types, q.type),
    clues: split(q.clue),
    owner: null,
    deadline: days.due === undefined ? null : deadlineWithin(days.due),
    found: days.found,
    updated: days.updated,
    supervised: false,
    text: q.q === undefined || q.q.trim() === '' ? null : q.q.trim(),
    asOf: view.watermark,
    current: (await standsAt(s.database.db, view.row)) <= view.watermark,
    historic: view.row.mode === 'historic',
  };
  const asked = q.desk === undefined ? base : await deskLines(s, actor, view, base, q.desk);
  return isRefusal(asked) ? asked : inView(asked, view, actor, q.view);
}

/** The lines of a question that a built-in view holds. */
function inView(base: LedgerFilter, view: View, actor: Actor, name: string | undefined): LedgerFilter {
  const { states } = view.campaign.settings;
  const { kind } = base;
  const stateNo = (code: string) => states.indexOf(code) + 1;
  const open = states.filter(isOpenState).map(stateNo);
  const within = (wanted: number[]) => base.states?.filter((x) => wanted.includes(x)) ?? wanted;
  switch (name) {
    case 'mine':
      return { ...base, owner: actor.org };
    case 'unsent':
      return { ...base, states: within([stateNo('confirmed')]) };
    case 'due7':
      return {
        ...base,
        states: within(open),
        supervised: kind === 'problem',
        deadline: both(base.deadline, { after: view.watermark, upTo: instant(view.watermark + 7 * day) }),
      };
    case 'overdue':
      return {
        ...base,
        states: within(open),
        supervised: kind === 'problem',
        deadline: both(base.deadline, { after: null, upTo: view.watermark }),
      };
    case 'claimed':
      return { ...base, states: within([stateNo('claimed'), stateNo('checked')]) };
    case 'rebounded':
      return { ...base, states: within([stateNo('rebounded')]) };
    case 'open':
      return { ...base, states: within([...open, stateNo('rebounded')]), supervised: kind === 'problem' };
    default:
      return base;
  }
}

/** The days a question asks for, as instants of the campaign's own days. */
function daysOf(q: LedgerQuestion, offset: number): Partial<Record<(typeof dayKeys)[number], InstantRange>> | Refusal {
  const out: Partial<Record<(typeof dayKeys)[number], InstantRange>> = {};
  for (const key of dayKeys) {
    const text = q[key];
    if (text === undefined || text === '') continue;
    const days = parseDays(text);
    if (days === undefined) return refuse('filter.malformed', { key, value: text });
    out[key] = instantsOf(days, offset);
  }
  return out;
}

const dayKeys = ['due', 'found', 'updated'] as const;
type Deadline = NonNullable<LedgerFilter['deadline']>;

/** A deadline is stored as the first instant after its day: that of a range's first day lies after the day's beginning. */
function deadlineWithin({ from, before }: InstantRange): Deadline {
  return { after: from, upTo: before };
}

function both(a: Deadline | null, b: Deadline): Deadline {
  if (a === null) return b;
  const later = (x: Instant | null, y: Instant | null) => (x === null ? y : y === null || x > y ? x : y);
  const earlier = (x: Instant | null, y: Instant | null) => (x === null ? y : y === null || x < y ? x : y);
  return { after: later(a.after, b.after), upTo: earlier(a.upTo, b.upTo) };
}

/** More values than there can be are no question: places by the campaign's own, the others by a thousand. */
function tooMany(view: View, q: LedgerQuestion): Refusal | undefined {
  for (const key of ['city', 'county', 'batches', 'state', 'aspect', 'type', 'clue'] as const) {
    const most = key === 'city' || key === 'county' ? view.campaign.settings.places.length : 1000;
    if ((split(q[key])?.length ?? 0) > most) return refuse('filter.too-many', { key, most });
  }
  return undefined;
}

function placesOf(view: View, q: LedgerQuestion): readonly PlaceRange[] | Refusal {
  const { settings } = view.campaign;
  let ranges = view.scope;
  const narrow = (codes: readonly number[]) => {
    const wanted = mergeRanges(codes.map(rangeOf));
    ranges = ranges.flatMap((r) =>
      wanted.map((x) => ({ from: Math.max(r.from, x.from), to: Math.min(r.to, x.to) })).filter((x) => x.from < x.to),
    );
  };
  const known = new Set(settings.places.map((p) => p.code));
  for (const key of ['city', 'county'] as const) {
    const codes = split(q[key])?.map(Number);
    if (codes === undefined || codes === null) continue;
    if (codes.some((code) => !known.has(code))) return refuse('filter.unknown-value', { key, value: q[key] ?? '' });
    narrow(codes);
  }
  if (q.task !== undefined) {
    const task = view.campaign.keyTasks.find((t) => t.code === q.task);
    if (task === undefined) return refuse('filter.unknown-value', { key: 'task', value: q.task });
    if (task.places.length > 0) narrow(task.places);
  }
  return ranges;
}

function split(text: string | undefined): string[] | null {
  if (text === undefined || text === '') return null;
  return [...new Set(text.split(',').map((part) => part.trim()))].filter((part) => part !== '');
}

/** Reads `deadline` or `-deadline`. */
export function sortOf(text: string | undefined): { sort: LedgerSort; descending: boolean } {
  const descending = text?.startsWith('-') ?? false;
  return { sort: ((descending ? text?.slice(1) : text) ?? 'deadline') as LedgerSort, descending };
}
