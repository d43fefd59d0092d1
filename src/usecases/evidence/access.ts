import { judge, refusedAt, type Actor, type PlaceVerb } from '../../domain/access/policy.ts';
import { foldEvidence, type EvidenceObject } from '../../domain/evidence/state.ts';
import { evidenceStreamId } from '../../domain/evidence/stream.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { findCampaign, listStreamActs, type CampaignRow } from '../../storage/acts/read.ts';
import { isSha256 } from '../../storage/evidence/blobs.ts';
import { findSubject } from '../../storage/evidence/objects.ts';
import type { Services } from '../services.ts';

export interface Subject {
  readonly row: CampaignRow;
  readonly id: string;
  readonly no: string;
  readonly place: number;
}

/**
 * The problem that evidence is for.
 * @refuses item.unknown outside the jurisdiction, access.forbidden inside it
 */
export async function openSubject(s: Services, actor: Actor, verb: PlaceVerb, campaign: string, item: string): Promise<Subject | Refusal> {
  const row = await findCampaign(s.database.db, campaign);
  const found = row === undefined ? undefined : await findSubject(s.database.db, row, item);
  if (row === undefined || found === undefined) return refuse('item.unknown', {});
  return refusedAt(actor, verb, campaign, found.place) ?? { row, ...found };
}

export interface OpenedObject {
  readonly row: CampaignRow;
  readonly object: EvidenceObject;
  /** Hashes and ids of the problems through which the asker sees it. */
  readonly seenFor: readonly string[];
}

/** How an object answers: it lies wherever one of its problems lies. */
export function judgeObject(actor: Actor, verb: PlaceVerb, campaign: string, object: EvidenceObject): Refusal | undefined {
  const verdicts = object.receipts.map((r) => judge(actor, verb, campaign, r.payload.place));
  if (verdicts.includes('allowed')) return undefined;
  return verdicts.includes('forbidden') ? refuse('access.forbidden', { verb }) : refuse('evidence.unknown', {});
}

/**
 * An object that the asker may do something with.
 * @refuses evidence.unknown outside the jurisdiction, access.forbidden inside it
 */
export async function openObject(
  s: Services,
  actor: Actor,
  verb: PlaceVerb,
  campaign: string,
  sha256: string,
): Promise<OpenedObject | Refusal> {
  const row = await findCampaign(s.database.db, campaign);
  if (row === undefined || !isSha256(sha256)) return refuse('evidence.unknown', {});
  const object = foldEvidence(await listStreamActs(s.database.db, row, evidenceStreamId(campaign, sha256)));
  if (object === undefined) return refuse('evidence.unknown', {});
  const seenFor = object.receipts.filter((r) => judge(actor, verb, campaign, r.payload.place) === 'allowed').map((r) => r.payload.itemId);
  return judgeObject(actor, verb, campaign, object) ?? { row, object, seenFor };
}
