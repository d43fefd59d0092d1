import { filterKeys as allKeys } from '../../../domain/clearance/filter.ts';

const filterKeys: readonly string[] = allKeys;

/** Whether figure and cohort are those in an address (the one in the address bar), which nobody on the way can change. */
export function isOfAddress(location: Pick<Location, 'pathname' | 'search'>, id: string, filter: Record<string, unknown>): boolean {
  const keys = (entries: readonly (readonly [string, string])[]) =>
    JSON.stringify(entries.map(([key, value]) => [key, value.split(',').sort().join(',')] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
  const asked = [...new URLSearchParams(location.search)].filter(([key, value]) => filterKeys.includes(key) && value !== '');
  const claimed = Object.entries(filter).map(([key, value]) => [key, String(value)] as const);
  return location.pathname.split('/').at(-1) === encodeURIComponent(id) && keys(asked) === keys(claimed);
}
