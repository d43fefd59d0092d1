import { type Params, type ParamsOf, type Query, fill, queryText } from '../../contract/paths/pattern.ts';
import type { Role } from '../../domain/access/policy.ts';

/** What samples are asked about, all of it in one county: each feature makes the examples of its own kind. */
export interface Examples {
  readonly campaign: string;
  readonly county: number;
  readonly city: number;
  /** The id of an example, such as `problem`; throws when no feature made it. */
  readonly of: (name: string) => string;
}

/** Asks the server as a person with this role in that county, its city or the whole campaign. */
export type Ask = (
  role: Role,
  method: string,
  url: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{ readonly status: number; readonly body: Record<string, unknown>; readonly headers: Record<string, unknown> }>;

/** What the matrix of rights sends to a route, and what of its answer is not plain from the policy. */
interface Call {
  readonly query?: Query;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the object lies; null for what has no place. */
  readonly place: number | null;
  /** Status for whoever may, where that is neither done nor refused for the state of things. */
  readonly allowed?: number;
  /** Status for everybody who is signed in: the thing is its owner's, and this one is nobody's. */
  readonly everybody?: number;
  /** Who may, for what is no part of a campaign; the others are told so. */
  readonly only?: readonly Role[];
  /** More than what was released: the press is told that it may not. */
  readonly notForPress?: true;
}

/** How to call a route on the examples. */
export type Sample<U extends string> = Call &
  ([ParamsOf<U>] extends [never] ? { readonly params?: undefined } : { readonly params: Params<U> });

/** A sample whose address is filled in. */
export interface SampleCall extends Call {
  readonly url: string;
}

/** An id that is nobody's. */
export const noSuchId = '00000000-0000-7000-8000-000000000000';

export function sampleCall<U extends string>(pattern: U, sample: Sample<U>): SampleCall {
  const params: Readonly<Record<string, string | number>> = sample.params ?? {};
  return { ...sample, url: fill(pattern, params) + queryText(sample.query ?? {}) };
}
