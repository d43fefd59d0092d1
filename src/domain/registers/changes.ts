import type { RegisterItem } from './item.ts';

/** What a later snapshot says of one record. */
export type RecordChange =
  | { readonly kind: 'appeared' | 'reappeared'; readonly item: RegisterItem }
  | { readonly kind: 'changed' | 'corrected'; readonly changed: readonly string[]; readonly item: RegisterItem }
  | { readonly kind: 'vanished' };

/** A record as the last snapshot left it. */
export interface Known {
  readonly item: RegisterItem;
  readonly vanished: boolean;
}

const plain = ['no', 'unit', 'unitKey', 'place', 'lon', 'lat', 'aspect', 'type', 'state', 'text', 'openedOn', 'deadline'] as const;

/**
 * Names of what differs between two versions of a record: `unit`, `state` ..., `step.<code>`, `amount.<name>`, `flag.<code>`, and
 * `field.<column>` for columns kept as published. Sorted.
 */
export function changedFields(before: RegisterItem, after: RegisterItem): string[] {
  const out: string[] = plain.filter((name) => before[name] !== after[name]);
  const compare = (prefix: string, a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>) => {
    for (const name of new Set([...a.keys(), ...b.keys()])) if (a.get(name) !== b.get(name)) out.push(`${prefix}.${name}`);
  };
  const steps = (item: RegisterItem) => new Map(item.steps.map((s) => [s.code, s.on]));
  const flags = (item: RegisterItem) => new Map(item.flags.map((f) => [f, true]));
  compare('step', steps(before), steps(after));
  compare('amount', new Map(Object.entries(before.amounts)), new Map(Object.entries(after.amounts)));
  compare('flag', flags(before), flags(after));
  compare('field', new Map(Object.entries(before.fields)), new Map(Object.entries(after.fields)));
  return out.sort();
}

/**
 * Compares what is known of a record with a snapshot.
 * @param after        undefined when the snapshot does not have it
 * @param full         whether the snapshot lists every record there is, so that a missing one has vanished
 * @param corrections  a change of nothing but these fields is a correction
 * @returns            null when nothing changed
 */
export function compareRecord(
  known: Known | undefined,
  after: RegisterItem | undefined,
  full: boolean,
  corrections: ReadonlySet<string>,
): RecordChange | null {
  if (after === undefined) return full && known !== undefined && !known.vanished ? { kind: 'vanished' } : null;
  if (known === undefined) return { kind: 'appeared', item: after };
  if (known.vanished) return { kind: 'reappeared', item: after };
  const changed = changedFields(known.item, after);
  if (changed.length === 0) return null;
  return { kind: changed.every((name) => corrections.has(name)) ? 'corrected' : 'changed', changed, item: after };
}

/** What is known of a record after a change. */
export function applyChange(known: Known | undefined, change: RecordChange): Known | undefined {
  if (change.kind === 'vanished') return known === undefined ? undefined : { ...known, vanished: true };
  return { item: change.item, vanished: false };
}
