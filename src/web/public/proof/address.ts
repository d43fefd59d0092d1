import { filterKeys as allKeys } from '../../../domain/clearance/filter.ts';

const filterKeys: readonly string[] = allKeys;

/**
 * Whether figure and cohort are those in an address (the one in the address bar), which nobody on the way can change.
 *
 * An address that a person wrote in another way, and the server takes for the same, is no reason to call the page wrong.
 */
export function isOfAddress(location: Pick<Location, 'pathname' | 'search'>, id: string, filter: Record<string, unknown>): boolean {
  const asked = [...new URLSearchParams(location.search)].filter(([key, value]) => filterKeys.includes(key) && value !== '');
  const claimed = Object.entries(filter).map(([key, value]) => [key, String(value)] as const);
  return decoded(location.pathname.split('/').at(-1) ?? '') === id && inOneForm(asked) === inOneForm(claimed);
}

/** Keys in order; batches ascending and each once, as a filter is kept. */
function inOneForm(entries: readonly (readonly [string, string])[]): string {
  const batches = (value: string) => [...new Set(value.split(',').map((part) => part.trim()))].sort().join(',');
  return JSON.stringify(
    entries.map(([key, value]) => [key, key === 'batches' ? batches(value) : value] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
