import { personalFields } from '../../../domain/acts/streams.ts';

/** As much of the browser's storage as drafts need. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Whose draft, of which form, about what: nobody else's and no other form's is ever found by it. */
export interface DraftName {
  readonly person: string;
  readonly form: string;
  readonly object: string;
}

export interface Kept {
  /** When it was last typed into, in milliseconds. */
  readonly at: number;
  /** The id that the command is sent with, whenever it is sent: an answer that was lost is no reason to act twice. */
  readonly commandId: string;
  /** The version of the object that the person saw; null where there is none. */
  readonly version: number | null;
  readonly values: Readonly<Record<string, unknown>>;
}

const prefix = 'clearzero.draft/';
const maxAgeMs = 30 * 86_400_000;
const personal: ReadonlySet<string> = new Set([...Object.values(personalFields).flat(), 'password']);

const ofPerson = (person: string) => `${prefix}${encodeURIComponent(person)}/`;
const keyOf = (name: DraftName) => `${ofPerson(name.person)}${encodeURIComponent(name.form)}/${encodeURIComponent(name.object)}`;

/** Values without the fields that name natural persons (个人信息字段) and without passwords: those never lie on a disk. */
export function withoutPersonal(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !personal.has(key)));
}

/** Whether something is typed that may not be kept; who leaves has to be asked. */
export function hasPersonal(values: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(values).some(
    ([key, value]) => personal.has(key) && [value].flat().some((v) => v !== undefined && v !== null && String(v).trim() !== ''),
  );
}

/** Keeps what is typed. @returns false when the browser does not take it (full, or switched off) */
export function keepDraft(storage: DraftStorage | null, name: DraftName, draft: Kept): boolean {
  try {
    storage?.setItem(keyOf(name), JSON.stringify({ ...draft, values: withoutPersonal(draft.values) }));
    return storage !== null;
  } catch {
    return false;
  }
}

/** What was typed and not sent; undefined when there is nothing, or nothing that can be read or is fresh enough. */
export function findDraft(storage: DraftStorage | null, name: DraftName, now: number): Kept | undefined {
  try {
    const draft = JSON.parse(storage?.getItem(keyOf(name)) ?? 'null') as Partial<Kept> | null;
    const { at, commandId, version = null, values } = draft ?? {};
    if (typeof at !== 'number' || typeof commandId !== 'string' || typeof values !== 'object' || values === null) return undefined;
    if (version !== null && typeof version !== 'number') return undefined;
    return now - at > maxAgeMs ? undefined : { at, commandId, version, values };
  } catch {
    return undefined;
  }
}

export function dropDraft(storage: DraftStorage | null, name: DraftName): void {
  drop(storage, [keyOf(name)]);
}

/** How many drafts a person has here. */
export function countDrafts(storage: DraftStorage | null, person: string): number {
  return keys(storage).filter((key) => key.startsWith(ofPerson(person))).length;
}

/** Takes all drafts of a person away: at signing out. */
export function dropDraftsOf(storage: DraftStorage | null, person: string): void {
  drop(
    storage,
    keys(storage).filter((key) => key.startsWith(ofPerson(person))),
  );
}

/** Takes drafts away that nobody came back to, whoever's they are. */
export function dropOldDrafts(storage: DraftStorage | null, now: number): void {
  const old = keys(storage).filter((key) => {
    try {
      const at: unknown = (JSON.parse(storage?.getItem(key) ?? 'null') as { at?: unknown } | null)?.at;
      return typeof at !== 'number' || now - at > maxAgeMs;
    } catch {
      return true;
    }
  });
  drop(storage, old);
}

function keys(storage: DraftStorage | null): string[] {
  const out: string[] = [];
  try {
    for (let i = 0; i < (storage?.length ?? 0); i++) {
      const key = storage?.key(i) ?? '';
      if (key.startsWith(prefix)) out.push(key);
    }
  } catch {
    // A browser that lets nothing be read holds nothing of ours.
  }
  return out;
}

function drop(storage: DraftStorage | null, list: readonly string[]): void {
  try {
    for (const key of list) storage?.removeItem(key);
  } catch {
    // The same.
  }
}

/** The browser's storage that outlives the page; null where it is switched off. */
export function browserStorage(): DraftStorage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
