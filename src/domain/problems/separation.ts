import type { ActorRef } from '../acts/act.ts';
import { covers, rangeOf, type PlaceCode } from '../kernel/place.ts';
import { refuse, type Refusal } from '../kernel/refusal.ts';
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

/**
 * Why somebody may not check a rectification on site (现场核); undefined when they may. Lists of what waits ask it too.
 * @refuses problem.same-person, problem.same-organisation
 */
export function mayCheck(p: Problem, actor: ActorRef): Refusal | undefined {
  if (actor.org === p.owner?.government) return refuse('problem.same-organisation', { no: p.found.no, org: actor.org });
  return samePerson(p, actor, p.rectifiedBy);
}

/**
 * Why somebody may neither accept nor clear a problem (验收、销号); undefined when they may. Lists of what waits ask it too.
 * @refuses problem.same-person, problem.same-organisation, problem.other-body
 */
export function mayAccept(
  p: Problem,
  ctx: { readonly actor: ActorRef; readonly organisations: readonly Organisation[] },
): Refusal | undefined {
  const { actor } = ctx;
  if (actor.id === p.foundBy.id || p.found.firstFoundBy?.includes(actor.id) === true)
    return refuse('problem.same-person', { no: p.found.no, person: actor.name });
  const same = samePerson(p, actor, [...p.rectifiedBy, ...p.checkedBy]);
  if (same !== undefined) return same;
  if (isRectifying(p, actor.org, ctx)) return refuse('problem.same-organisation', { no: p.found.no, org: actor.org });
  // Who accepts and clears is the body that the plan names; another one is named by an act first.
  if (p.plan !== null && actor.org !== p.plan.acceptanceBody) {
    return refuse('problem.other-body', { no: p.found.no, body: p.plan.acceptanceBody, org: actor.org });
  }
  return undefined;
}

/** Nobody clears what they found, rectified or certified, and nobody of the rectifying government does. */
function samePerson(p: Problem, actor: ActorRef, others: readonly ActorRef[]): Refusal | undefined {
  if (others.some((o) => o.id === actor.id)) return refuse('problem.same-person', { no: p.found.no, person: actor.name });
  if (others.some((o) => o.org === actor.org)) return refuse('problem.same-organisation', { no: p.found.no, org: actor.org });
  return undefined;
}
