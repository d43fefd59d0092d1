import { seeded, below, pick, type Random } from '../../src/demo/random.ts';
import { packEntries, unpackEntries } from '../../src/domain/log/tiles.ts';

export type Files = Map<string, Uint8Array>;

/** A change to a bundle as someone would make it who wants it to say something else. */
export interface Mutation {
  readonly name: string;
  readonly files: Files;
}

const isBundle = (path: string) => path.startsWith('tile/entries/');

/** The n-th mutation of a bundle; the same one for the same n. */
export function mutateBundle(original: Files, n: number): Mutation {
  const r = seeded(4711, n);
  const files = new Map(original);
  const kind = pick(r, [
    'flip',
    'flip',
    'delete',
    'truncate',
    'entry-edit',
    'entry-delete',
    'entry-insert',
    'entry-swap',
    'files-swap',
    'json-number',
  ] as const);
  const bundles = [...files.keys()].filter(isBundle);
  switch (kind) {
    case 'flip': {
      const path = pick(r, [...files.keys()]);
      const bytes = Uint8Array.from(files.get(path) as Uint8Array);
      const at = below(r, bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 << below(r, 8));
      files.set(path, bytes);
      return { name: `bit in byte ${at} of ${path}`, files };
    }
    case 'delete': {
      const path = pick(r, [...files.keys()]);
      files.delete(path);
      return { name: `delete ${path}`, files };
    }
    case 'truncate': {
      const path = pick(r, [...files.keys()]);
      const bytes = files.get(path) as Uint8Array;
      files.set(path, bytes.slice(0, below(r, bytes.length)));
      return { name: `truncate ${path}`, files };
    }
    case 'files-swap': {
      const [a, b] = [pick(r, bundles), pick(r, [...files.keys()])];
      if (a === b || same(files.get(a), files.get(b))) return mutateBundle(original, n + 100_000);
      const kept = files.get(a) as Uint8Array;
      files.set(a, files.get(b) as Uint8Array);
      files.set(b, kept);
      return { name: `swap ${a} and ${b}`, files };
    }
    case 'json-number': {
      const path = pick(
        r,
        [...files.keys()].filter((p) => p.endsWith('.json')),
      );
      const text = Buffer.from(files.get(path) as Uint8Array).toString('utf8');
      const numbers = [...text.matchAll(/: (\d+)/g)];
      if (numbers.length === 0) return mutateBundle(original, n + 100_000);
      const m = pick(r, numbers);
      const changed = `${text.slice(0, m.index)}: ${Number(m[1]) + 1 + below(r, 9)}${text.slice(m.index + m[0].length)}`;
      files.set(path, Buffer.from(changed));
      return { name: `number at ${m.index} of ${path}`, files };
    }
    default:
      return entryMutation(r, kind, pick(r, bundles), files) ?? mutateBundle(original, n + 100_000);
  }
}

function entryMutation(r: Random, kind: string, path: string, files: Files): Mutation | undefined {
  const entries = unpackEntries(files.get(path) as Uint8Array) ?? [];
  const at = below(r, entries.length);
  const own = entries[at] as Uint8Array;
  if (kind === 'entry-edit') {
    const text = Buffer.from(own).toString('utf8');
    const changed = text.replace(/"recordedAt":"(\d{4})/, (_m, year: string) => `"recordedAt":"${Number(year) - 1}`);
    entries[at] = Buffer.from(changed);
  } else if (kind === 'entry-delete') entries.splice(at, 1);
  else if (kind === 'entry-insert') entries.splice(at, 0, own);
  else {
    const other = below(r, entries.length);
    if (other === at) return undefined;
    entries[at] = entries[other] as Uint8Array;
    entries[other] = own;
  }
  files.set(path, packEntries(entries));
  return { name: `${kind} ${at} of ${path}`, files };
}

function same(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.from(a).equals(Buffer.from(b));
}
