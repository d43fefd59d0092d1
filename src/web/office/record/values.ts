import type { Evidence } from '../problem/take-files.ts';

/** What is typed on the page that records a problem. */
export interface Values {
  readonly sourceId: string | null;
  /** Number of the source, to be shown. */
  readonly sourceNo: string;
  readonly unit: string;
  readonly place: number | null;
  /** Campaign time without its zone, such as `2019-08-05T13:18`. */
  readonly found: string;
  readonly aspect: string;
  readonly type: string;
  readonly clue: string;
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

export const needed = ['unit', 'place', 'found', 'aspect', 'type', 'text'] as const;
export type Needed = (typeof needed)[number];

/** What has to be filled in before it can be recorded, in the order of the page. */
export function missing(v: Values): Needed[] {
  return needed.filter((key) => {
    const value = v[key];
    return value === null || String(value).trim() === '';
  });
}

const two = (n: number) => String(n).padStart(2, '0');

/** `+08:00` */
function zoneText(offsetMinutes: number): string {
  const abs = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(abs / 60))}:${two(abs % 60)}`;
}

/** A moment in campaign time to the minute, as a field takes it; what is later in the minute is cut. */
export function localTime(ms: number, offsetMinutes: number): string {
  return new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, 16);
}

/** The instant that a field's campaign time stands for. */
export function instantOf(local: string, offsetMinutes: number): string {
  return `${local.slice(0, 16)}:00${zoneText(offsetMinutes)}`;
}

/** The published type that goes with an aspect: the one of its name where there is one; else what was chosen stays. */
export function typeFor(aspect: string, types: readonly { readonly code: string }[], chosen: string): string {
  return types.some((t) => t.code === aspect) ? aspect : chosen;
}

/** Files that are named and not in hand: chosen before a reload, which takes the file out of the page's hands. */
export function outOfHand(evidence: readonly Evidence[], held: ReadonlyMap<string, unknown>): Evidence[] {
  return evidence.filter((e) => !held.has(e.sha256));
}
