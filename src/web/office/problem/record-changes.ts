import type { ActView } from '../../../contract/acts.ts';

/** As much of a record's version, as its acts carry it, as pages read. */
export interface RecordItem {
  readonly flags: readonly string[];
  readonly [name: string]: unknown;
}

export type Value = string | number | boolean | null;

/** One value that differs between two versions of a record; `kind` is `plain` for members of the record itself. */
export interface Change {
  readonly kind: 'plain' | 'amount' | 'step' | 'flag' | 'field';
  readonly name: string;
  readonly before: Value;
  readonly after: Value;
}

const kinds = ['plain', 'amount', 'step', 'flag', 'field'] as const;

/** The version of a record that an act brought; null for other acts. */
export function recordItem(act: ActView | undefined): RecordItem | null {
  const item = act?.payload.item;
  if (typeof item !== 'object' || item === null) return null;
  const flags = (item as { flags?: unknown }).flags;
  return { ...item, flags: Array.isArray(flags) ? flags.map(String) : [] };
}

/** What an act changed, with the value of the act before it; what has a name of its own first, published columns last. */
export function recordChanges(acts: readonly ActView[], act: ActView): Change[] {
  const after = recordItem(act);
  const before = recordItem(acts.slice(0, acts.indexOf(act)).findLast((a) => recordItem(a) !== null));
  const { changed } = act.payload;
  if (!Array.isArray(changed)) return [];
  return changed
    .map((name) => {
      const [kind, rest] = split(String(name));
      return { kind, name: rest, before: valueOf(before, kind, rest), after: valueOf(after, kind, rest) };
    })
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

function split(name: string): [Change['kind'], string] {
  const kind = kinds.find((k) => k !== 'plain' && name.startsWith(`${k}.`));
  return kind === undefined ? ['plain', name] : [kind, name.slice(kind.length + 1)];
}

function valueOf(item: RecordItem | null, kind: Change['kind'], name: string): Value {
  if (item === null) return null;
  if (kind === 'flag') return item.flags.includes(name);
  if (kind === 'step') {
    const steps = Array.isArray(item.steps) ? (item.steps as readonly { code?: unknown; on?: unknown }[]) : [];
    return scalar(steps.find((s) => s.code === name)?.on);
  }
  if (kind === 'plain') return scalar(item[name]);
  const list: unknown = item[kind === 'amount' ? 'amounts' : 'fields'];
  return typeof list === 'object' && list !== null && Object.hasOwn(list, name) ? scalar((list as Record<string, unknown>)[name]) : null;
}

function scalar(value: unknown): Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
