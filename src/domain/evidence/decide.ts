import { draft, type ActorRef, type Draft } from '../acts/act.ts';
import type { Payloads } from '../acts/payloads.ts';
import type { Instant } from '../kernel/instant.ts';
import { refuse, type Refusal } from '../kernel/refusal.ts';
import { type EvidenceObject, renditionOf, viewTransform } from './state.ts';

/** Looking again within this time is the same looking. */
const sameLook = 10 * 60_000;

/**
 * Receives an object for a problem: received, sealed (封存) and, for an image, the copies made of it.
 *
 * The same bytes for the same problem again are the same receipt: nothing is written. For another problem they are a further receipt
 * of the same object.
 */
export function decideReceive(
  streamId: string,
  known: EvidenceObject | undefined,
  receipt: Payloads['EvidenceReceived'],
  renditions: readonly Payloads['RenditionDerived'][],
): Draft[] {
  const drafts: Draft[] = [];
  if (known?.receipts.some((r) => r.payload.itemId === receipt.itemId) !== true) {
    drafts.push(draft('evidence', streamId, 'EvidenceReceived', receipt));
  }
  if (known?.sealed !== true) drafts.push(draft('evidence', streamId, 'EvidenceSealed', { reason: 'receipt' }));
  for (const r of renditions) {
    const has = known === undefined ? undefined : renditionOf(known, r.transform);
    if (has === undefined) drafts.push(draft('evidence', streamId, 'RenditionDerived', r));
  }
  return drafts;
}

/** Viewing (查看): shows the copy without metadata where there is one, else the object itself. */
export function decideView(object: EvidenceObject, actor: ActorRef, at: Instant): Draft[] {
  const rendition = renditionOf(object, viewTransform)?.sha256 ?? null;
  const again = object.viewed.some((v) => v.actor.id === actor.id && v.payload.rendition === rendition && at - v.recordedAt < sameLook);
  return again ? [] : [draft('evidence', object.id, 'EvidenceViewed', { rendition })];
}

/**
 * Exporting (调取): hands out the sealed original, for a purpose that is written down first.
 * @refuses evidence.purpose-missing
 */
export function decideExport(object: EvidenceObject, purpose: string): Draft[] | Refusal {
  const said = purpose.trim();
  if (said.length < 4) return refuse('evidence.purpose-missing', {});
  return [draft('evidence', object.id, 'EvidenceExported', { purpose: said })];
}
