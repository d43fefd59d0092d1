import { covers, rangeOf, type PlaceCode } from '../kernel/place.ts';
import type { Problem } from './state.ts';

/** An organisation as a campaign has registered it. */
export interface Organisation {
  readonly code: string;
  readonly place: PlaceCode;
  readonly kind: string;
}

/**
 * Whether an organisation is of the rectifying side (整改责任方): the government that the problem is assigned to, the one its letter is
 * addressed to, whoever planned, began or claimed, and every government above or below the place of the problem.
 */
export function isRectifying(
  p: Pick<Problem, 'owner' | 'supervised' | 'rectifiedBy' | 'found'>,
  org: string,
  ctx: { readonly organisations: readonly Organisation[] },
): boolean {
  if (org === p.owner?.government || org === p.supervised?.government || p.rectifiedBy.some((r) => r.org === org)) return true;
  const { place } = p.found;
  return ctx.organisations.some(
    (o) => o.code === org && o.kind === 'government' && (covers(rangeOf(o.place), place) || covers(rangeOf(place), o.place)),
  );
}
