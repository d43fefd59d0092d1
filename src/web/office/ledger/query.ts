import { paths, type Where } from '../../../contract/paths/office.ts';
import type { Query } from '../../../contract/paths/pattern.ts';

/** Filters of the ledger as they stand in the address: lists are comma-separated. */
export const listKeys = ['city', 'county', 'batches', 'state', 'aspect', 'type', 'clue', 'task'] as const;
export type ListKey = (typeof listKeys)[number];
export const builtInViews = ['all', 'mine', 'unsent', 'due7', 'overdue', 'claimed', 'rebounded', 'open'] as const;
export type BuiltInView = (typeof builtInViews)[number];
/** Ranges of civil days. */
export const dayKeys = ['due', 'found', 'updated'] as const;
export type DayKey = (typeof dayKeys)[number];
const keys = ['view', 'kind', 'q', ...listKeys, ...dayKeys, 'desk', 'sort'] as const;
/** Orders that the ledger can be read in. Units and texts have none: no index holds them, and a page would sort the whole ledger. */
export const orders = [
  ...['-updated', 'updated', 'deadline', '-deadline', '-found', 'found', 'no', '-no', 'place', '-place', 'state'],
] as const;

export type LedgerFilter = Readonly<Partial<Record<(typeof keys)[number], string>>>;

/** The ledger's filter in an address; unknown keys and empty values are left out. */
export function readFilter(search: URLSearchParams): LedgerFilter {
  const out: Record<string, string> = {};
  for (const key of keys) {
    const value = search.get(key)?.trim();
    if (value !== undefined && value !== '') out[key] = value;
  }
  return out;
}

export function values(filter: LedgerFilter, key: ListKey): string[] {
  return filter[key]?.split(',').filter((v) => v !== '') ?? [];
}

/** The filter with one value of a facet switched; a county goes when its city does. */
export function toggle(filter: LedgerFilter, key: ListKey, value: string): LedgerFilter {
  const now = values(filter, key);
  const next = now.includes(value) ? now.filter((v) => v !== value) : key === 'task' ? [value] : [...now, value];
  const out = { ...filter, [key]: next.length === 0 ? undefined : next.join(',') };
  return key === 'city' ? { ...out, county: undefined } : out;
}

/** The filter with other days; none when the text is empty. */
export function withDays(filter: LedgerFilter, key: DayKey, days: string): LedgerFilter {
  return { ...filter, [key]: days === '' ? undefined : days };
}

export function withoutFilters(filter: LedgerFilter): LedgerFilter {
  return { view: filter.view, sort: filter.sort, kind: filter.kind };
}

/** What a view is sorted by when the address does not say: what is due first, or what changed last. */
export function sortOf(filter: LedgerFilter): string {
  if (filter.sort !== undefined) return filter.sort;
  if (filter.desk !== undefined) return 'deadline';
  return ['due7', 'overdue', 'open', 'mine'].includes(filter.view ?? 'all') ? 'deadline' : '-updated';
}

/** Query keys for the API, with the sort always said. */
export function apiQuery(filter: LedgerFilter): Query {
  const { view, ...rest } = filter;
  return { ...rest, view: view === 'all' ? undefined : view, sort: sortOf(filter) };
}

/** Next sort when a heading is pressed: up, then down. */
export function nextSort(current: string, key: string): string {
  return current === key && key !== 'state' ? `-${key}` : key;
}

export function activeFilters(filter: LedgerFilter): { key: ListKey | DayKey | 'q' | 'desk'; value: string }[] {
  const out: { key: ListKey | DayKey | 'q' | 'desk'; value: string }[] = listKeys.flatMap((key) =>
    values(filter, key).map((value) => ({ key, value })),
  );
  for (const key of dayKeys) if (filter[key] !== undefined) out.push({ key, value: filter[key] });
  if (filter.desk !== undefined) out.unshift({ key: 'desk', value: filter.desk });
  if (filter.q !== undefined) out.push({ key: 'q', value: filter.q });
  return out;
}

/** Address of a record that is opened from a list: it carries the list's question, its order always said. */
export function itemInList(where: Where, no: string, filter: LedgerFilter): string {
  return paths.item(where, no, { ...filter, sort: sortOf(filter) });
}

/** The list that a record was opened from, as its address has it; null without one. */
export function listOf(search: URLSearchParams): LedgerFilter | null {
  return search.get('sort') === null ? null : readFilter(search);
}

/** The filter without one of its values. */
export function without(filter: LedgerFilter, key: ListKey | DayKey | 'q' | 'desk', value: string): LedgerFilter {
  return key === 'q' || key === 'desk' || isDayKey(key) ? { ...filter, [key]: undefined } : toggle(filter, key, value);
}

export function isDayKey(key: string): key is DayKey {
  return (dayKeys as readonly string[]).includes(key);
}
