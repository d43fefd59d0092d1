import { isOn, type ActOn } from '../acts/streams.ts';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { draft, inOrder, type Act, type ActorRef, type Draft } from '../acts/act.ts';
import { uuidFrom } from '../kernel/uuid.ts';
import type { Instant } from '../kernel/instant.ts';
import { assertNever, refuse, type Refusal } from '../kernel/refusal.ts';
import type { HasteRule } from './rule.ts';

/** A lead as its acts leave it. */
export interface Lead {
  readonly id: string;
  readonly by: ActorRef;
  readonly raisedAt: Instant;
  readonly count: number;
  readonly fast: number;
  readonly minutes: number;
  readonly closed: { readonly by: ActorRef; readonly at: Instant; readonly finding: string } | null;
}

/** Folds the acts of one lead; undefined when it was not raised by then. */
export function foldLead(acts: readonly Act[], asOf?: Instant): Lead | undefined {
  let lead: Lead | undefined;
  for (const act of inOrder(acts, asOf)) {
    if (!isOn('lead', act)) continue;
    if (act.kind === 'LeadRaised') {
      const { count, fast, minutes } = act.payload;
      lead = { id: act.streamId, by: act.actor, raisedAt: act.recordedAt, count, fast, minutes, closed: null };
    } else if (lead !== undefined) lead = { ...lead, ...changeOf(act) };
  }
  return lead;
}

function changeOf(act: Exclude<ActOn<'lead'>, { readonly kind: 'LeadRaised' }>): Partial<Lead> {
  switch (act.kind) {
    case 'LeadGrown':
      return act.payload;
    case 'LeadClosed':
      return { closed: { by: act.actor, at: act.recordedAt, finding: act.payload.finding } };
  }
  return assertNever(act);
}

/**
 * Stream of the lead about one person's haste: one for each hour of the clock.
 * @returns a UUIDv8 made of SHA-256 over campaign, person and hour
 */
export function hasteStreamId(campaign: string, person: string, at: Instant): string {
  return uuidFrom(sha256(utf8ToBytes(`haste\n${campaign}\n${person}\n${Math.floor(at / 3_600_000)}`)));
}

/** Whether so many clearances in the window are a lead at all. */
export function isHaste(rule: HasteRule, seen: { readonly count: number; readonly fast: number }): boolean {
  return seen.count >= rule.clears || seen.fast >= rule.fast;
}

/**
 * What a clearance adds to the lead about whoever gave it (快速销号线索): it is raised once, and said again each time it has doubled.
 * @param lead  the lead of this hour, if there is one
 * @param seen  clearances of the same person within the window, this one included
 */
export function decideHaste(
  lead: Lead | undefined,
  streamId: string,
  rule: HasteRule,
  seen: { readonly count: number; readonly fast: number; readonly org: string },
): Draft[] {
  const { count, fast, org } = seen;
  if (!isHaste(rule, seen)) return [];
  if (lead === undefined)
    return [draft('lead', streamId, 'LeadRaised', { rule: 'rapid-clearing', org, count, fast, minutes: rule.minutes })];
  return count >= lead.count * 2 || fast >= Math.max(1, lead.fast) * 2 ? [draft('lead', streamId, 'LeadGrown', { count, fast })] : [];
}

/**
 * Closes a lead that was looked into (线索办结).
 * @refuses lead.closed, lead.own
 */
export function decideClose(lead: Lead, actor: ActorRef, finding: string): Draft[] | Refusal {
  if (lead.closed !== null) return refuse('lead.closed', {});
  if (lead.by.id === actor.id) return refuse('lead.own', {});
  return [draft('lead', lead.id, 'LeadClosed', { finding })];
}
