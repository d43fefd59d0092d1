import { assertNever } from '../kernel/refusal.ts';
import { isOn } from '../acts/streams.ts';
import { inOrder, type Act, type ActOf } from '../acts/act.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Payloads } from '../acts/payloads.ts';

export interface Receipt {
  readonly payload: Payloads['EvidenceReceived'];
  readonly at: Instant;
}

/** An object with its custody (保管链), folded from its stream. */
export interface EvidenceObject {
  readonly id: string;
  readonly sha256: string;
  /** One for each problem that it was handed in for; the first one sealed it. */
  readonly receipts: readonly Receipt[];
  readonly sealed: boolean;
  readonly renditions: readonly (Payloads['RenditionDerived'] & { readonly at: Instant })[];
  readonly viewed: readonly ActOf<'EvidenceViewed'>[];
}

/** Folds an evidence stream; undefined while nothing was received. */
export function foldEvidence(acts: readonly Act[], asOf?: Instant): EvidenceObject | undefined {
  const receipts: Receipt[] = [];
  const renditions: (Payloads['RenditionDerived'] & { at: Instant })[] = [];
  const viewed: ActOf<'EvidenceViewed'>[] = [];
  let sealed = false;
  for (const act of inOrder(acts, asOf)) {
    if (!isOn('evidence', act)) continue;
    switch (act.kind) {
      case 'EvidenceReceived':
        receipts.push({ payload: act.payload, at: act.recordedAt });
        break;
      case 'EvidenceSealed':
        sealed = true;
        break;
      case 'RenditionDerived':
        renditions.push({ ...act.payload, at: act.recordedAt });
        break;
      case 'EvidenceViewed':
        viewed.push(act);
        break;
      case 'EvidenceExported':
        break;
      default:
        assertNever(act);
    }
  }
  const first = receipts[0];
  const id = acts[0]?.streamId;
  return first === undefined || id === undefined ? undefined : { id, sha256: first.payload.sha256, receipts, sealed, renditions, viewed };
}

/** Transforms that make the copies that are shown; the number changes with anything that changes the bytes. */
export const viewTransform = 'strip-metadata/1';
export const thumbnailTransform = 'thumbnail/1';

export function renditionOf(object: EvidenceObject, transform: string) {
  return object.renditions.find((r) => r.transform === transform);
}
