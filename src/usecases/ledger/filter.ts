import { isOpenState } from '../../domain/problems/open-states.ts';
import { rangeOf, type PlaceRange } from '../../domain/kernel/place.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Actor } from '../../domain/access/policy.ts';
import type { LedgerFilter, LedgerSort } from '../../storage/ledger/query.ts';
import { lastRecordedAt } from '../../storage/acts/latest.ts';
import type { Services } from '../services.ts';
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
}

const day = 86_400_000;

/** What the ledger lists unless asked otherwise: problems, or the records of an outside register. */
export function defaultKind(view: View): string {
  return view.campaign.settings.facts.length > 0 ? 'record' : 'problem';
}

/**
 * Puts a question into the numbers of the tables.
 * @refuses filter.malformed, filter.unknown-value
 */
export async function ledgerFilter(s: Services, actor: Actor, view: View, q: LedgerQuestion): Promise<LedgerFilter | Refusal> {
  const { settings } = view.campaign;
  const kind = q.kind ?? defaultKind(view);
  if (!['problem', 'case', 'record'].includes(kind)) return refuse('filter.unknown-value', { key: 'kind', value: kind });
  const ranges = placesOf(view, q);
  if ('refused' in ranges) return ranges;
  const batches = split(q.batches)?.map(Number) ?? null;
  if (batches?.some((n) => !Number.isInteger(n) || n < 0 || n > 32_000))
    return refuse('filter.malformed', { key: 'batches', value: q.batches ?? '' });
  const stateNo = (code: string) => settings.states.indexOf(code) + 1;
  const states = split(q.state);
  const unknown = states?.find((code) => stateNo(code) === 0);
  if (unknown !== undefined) return refuse('filter.unknown-value', { key: 'state', value: unknown });
  const numbers = (list: readonly { code: string; no: number }[], text: string | undefined) =>
    split(text)?.map((code) => (code === 'none' ? 0 : (list.find((x) => x.code === code)?.no ?? -1))) ?? null;
  const open = settings.states.filter(isOpenState).map(stateNo);
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
    deadline: null,
    supervised: false,
    text: q.q === undefined || q.q.trim() === '' ? null : q.q.trim(),
    asOf: view.watermark,
    current: (await lastRecordedAt(s.database.db, view.row.id)) <= view.watermark,
  };
  const within = (wanted: number[]) => base.states?.filter((x) => wanted.includes(x)) ?? wanted;
  switch (q.view) {
    case 'mine':
      return { ...base, owner: actor.org };
    case 'unsent':
      return { ...base, states: within([stateNo('confirmed')]) };
    case 'due7':
      return {
        ...base,
        states: within(open),
        supervised: kind === 'problem',
        deadline: { after: view.watermark, upTo: instant(view.watermark + 7 * day) },
      };
    case 'overdue':
      return { ...base, states: within(open), supervised: kind === 'problem', deadline: { after: null, upTo: view.watermark } };
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

function placesOf(view: View, q: LedgerQuestion): readonly PlaceRange[] | Refusal {
  const { settings } = view.campaign;
  let ranges = view.scope;
  const narrow = (codes: readonly number[]) => {
    const wanted = codes.map(rangeOf);
    ranges = ranges.flatMap((r) =>
      wanted.map((x) => ({ from: Math.max(r.from, x.from), to: Math.min(r.to, x.to) })).filter((x) => x.from < x.to),
    );
  };
  for (const key of ['city', 'county'] as const) {
    const codes = split(q[key])?.map(Number);
    if (codes === undefined || codes === null) continue;
    if (codes.some((code) => !settings.places.some((p) => p.code === code)))
      return refuse('filter.unknown-value', { key, value: q[key] ?? '' });
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
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Reads `deadline` or `-deadline`. */
export function sortOf(text: string | undefined): { sort: LedgerSort; descending: boolean } {
  const descending = text?.startsWith('-') ?? false;
  return { sort: ((descending ? text?.slice(1) : text) ?? 'deadline') as LedgerSort, descending };
}
