import type { RefusalCode, refusals } from '../refusals.ts';
import type { NamesIn } from './says.ts';

/** A rule that says no: data for people, with a stable code; the words stand with the feature under the same code. */
export interface Refusal {
  readonly refused: true;
  readonly code: RefusalCode;
  readonly details: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** The details that the words of a code name, in either language. */
type Named<C extends RefusalCode> = NamesIn<(typeof refusals)[C]['zh']> | NamesIn<(typeof refusals)[C]['en']>;

/**
 * Makes a refusal. `code` is `area.what-is-wrong`, stable across releases; a code without words does not compile, nor do details
 * that lack what the words name. Further details are for programs.
 */
export function refuse<C extends RefusalCode>(
  code: C,
  ...[details]: [Named<C>] extends [never]
    ? [details?: Refusal['details']]
    : [details: { readonly [N in Named<C>]: Refusal['details'][string] } & Refusal['details']]
): Refusal {
  return { refused: true, code, details: details ?? {} };
}

/** A refusal whose code comes as data, from another process. */
export function refusalOf(code: RefusalCode, details: Refusal['details']): Refusal {
  return { refused: true, code, details };
}

/** Tells a refusal from an accepted decision or a result. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
}

/** Closes a switch over a union: a new member stops the build at every place that must learn it. */
export function assertNever(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`);
}
