import type { Actor } from '../../domain/access/policy.ts';
import { judge } from '../../domain/access/policy.ts';
import { decideExport, decideView } from '../../domain/evidence/decide.ts';
import { fileNameOf } from '../../domain/evidence/media.ts';
import { foldEvidence, renditionOf, thumbnailTransform, viewTransform, type EvidenceObject } from '../../domain/evidence/state.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { listStreamActs } from '../../storage/acts/read.ts';
import { listObjectsOf } from '../../storage/evidence/objects.ts';
import { takeCommand } from '../command/take.ts';
import { openView } from '../figures/as-of.ts';
import { actsSeen } from '../items/read.ts';
import type { Services } from '../services.ts';
import { judgeObject, openObject, openSubject } from './access.ts';

/** Bytes to be sent, with what must be said about them. */
export interface Handover {
  readonly open: NonNullable<Awaited<ReturnType<Services['blobs']['open']>>>;
  readonly mediaType: string;
  readonly name: string;
}

export interface ObjectQuestion {
  readonly campaign: string;
  readonly sha256: string;
}

export type EvidenceSeen = Exclude<Awaited<ReturnType<typeof readEvidence>>, Refusal>;

/** Evidence whose bytes lie with a problem. */
export async function readEvidence(s: Services, actor: Actor, q: { campaign: string; item: string }) {
  const subject = await openSubject(s, actor, 'evidence.read', q.campaign, q.item);
  if (isRefusal(subject)) return subject;
  const view = await openView(s, actor, 'evidence.read', q.campaign, undefined);
  if (isRefusal(view)) return view;
  const rows = await listObjectsOf(s.database.db, subject.row, subject.id);
  const can = (verb: 'evidence.upload' | 'evidence.export') => judge(actor, verb, q.campaign, subject.place) === 'allowed';
  return {
    item: { id: subject.id, no: subject.no },
    objects: rows
      .filter((r) => r.original === null)
      .map((r) => ({
        sha256: r.sha256,
        kind: r.kind,
        name: r.name,
        mediaType: r.media_type,
        bytes: r.bytes,
        receivedAt: r.received_at,
        sealed: r.sealed,
        copy: rows.some((c) => c.original === r.sha256 && c.transform === viewTransform),
        thumbnail: rows.some((c) => c.original === r.sha256 && c.transform === thumbnailTransform),
      })),
    can: { upload: can('evidence.upload'), export: can('evidence.export') },
    utcOffsetMinutes: view.campaign.settings.utcOffsetMinutes,
  };
}

export type CustodySeen = Exclude<Awaited<ReturnType<typeof readCustody>>, Refusal>;

/** The custody (保管链) of an object, as far as the asker sees the problems that it lies with. */
export async function readCustody(s: Services, actor: Actor, q: ObjectQuestion) {
  const opened = await openObject(s, actor, 'evidence.read', q.campaign, q.sha256);
  if (isRefusal(opened)) return opened;
  const view = await openView(s, actor, 'evidence.read', q.campaign, undefined);
  if (isRefusal(view)) return view;
  const { object, seenFor } = opened;
  const acts = await listStreamActs(s.database.db, opened.row, object.id);
  const whole = seenFor.length === object.receipts.length;
  const mine = acts.filter((a) => {
    if (a.kind === 'EvidenceReceived') return seenFor.includes(a.payload.itemId);
    // Where it also lies with another jurisdiction's problem, only what one's own organisation did with it is told.
    return whole || a.actor.org === actor.org || a.kind === 'EvidenceSealed' || a.kind === 'RenditionDerived';
  });
  return { sha256: object.sha256, acts: await actsSeen(s, mine, view, actor), utcOffsetMinutes: view.campaign.settings.utcOffsetMinutes };
}

/** A small picture for lists; looking at a list is not viewing and is not recorded. */
export async function readThumbnail(s: Services, actor: Actor, q: ObjectQuestion): Promise<Handover | Refusal> {
  const opened = await openObject(s, actor, 'evidence.read', q.campaign, q.sha256);
  if (isRefusal(opened)) return opened;
  const copy = renditionOf(opened.object, thumbnailTransform);
  if (copy === undefined) return refuse('evidence.unknown', {});
  return handover(s, copy.sha256, copy.mediaType, nameOf(opened.object, opened.seenFor));
}

/**
 * Views an object: the copy without metadata where there is one. Recorded before the first byte leaves.
 * @refuses evidence.unknown, access.forbidden, evidence.bytes-missing
 */
export async function viewEvidence(s: Services, actor: Actor, q: ObjectQuestion): Promise<Handover | Refusal> {
  const opened = await openObject(s, actor, 'evidence.read', q.campaign, q.sha256);
  if (isRefusal(opened)) return opened;
  const { object } = opened;
  const copy = renditionOf(object, viewTransform) ?? originalOf(object);
  // Opened before it is recorded: what is missing was not viewed.
  const bytes = await handover(s, copy.sha256, copy.mediaType, nameOf(object, opened.seenFor));
  if (isRefusal(bytes)) return bytes;
  return releaseUnless(
    act(s, actor, q, opened.row, object, 'evidence.read', (o, tools) => decideView(o, tools.actor, tools.at)),
    bytes,
  );
}

/**
 * Exports the sealed original for a purpose. Recorded before the first byte leaves.
 * @refuses evidence.unknown, access.forbidden, evidence.purpose-missing, evidence.bytes-missing
 */
export async function exportEvidence(s: Services, actor: Actor, q: ObjectQuestion & { purpose: string }): Promise<Handover | Refusal> {
  const opened = await openObject(s, actor, 'evidence.export', q.campaign, q.sha256);
  if (isRefusal(opened)) return opened;
  const original = originalOf(opened.object);
  const bytes = await handover(s, original.sha256, original.mediaType, nameOf(opened.object, opened.seenFor));
  if (isRefusal(bytes)) return bytes;
  return releaseUnless(
    act(s, actor, q, opened.row, opened.object, 'evidence.export', (o) => decideExport(o, q.purpose)),
    bytes,
  );
}

type Decide = (
  object: EvidenceObject,
  tools: { actor: Parameters<typeof decideView>[1]; at: Parameters<typeof decideView>[2] },
) => ReturnType<typeof decideExport>;

function act(
  s: Services,
  actor: Actor,
  q: ObjectQuestion & { purpose?: string },
  row: Parameters<typeof takeCommand>[1]['row'],
  object: EvidenceObject,
  verb: 'evidence.read' | 'evidence.export',
  decide: Decide,
) {
  return takeCommand(s, {
    row,
    actor,
    id: undefined,
    happenedAt: undefined,
    subjectId: object.id,
    content: { evidence: object.sha256, verb, purpose: q.purpose ?? null },
    decide: async (tools) => {
      const now = foldEvidence(await tools.hold(object.id));
      if (now === undefined) return refuse('evidence.unknown', {});
      return judgeObject(actor, verb, q.campaign, now) ?? decide(now, tools);
    },
  });
}

/** The bytes once what is done with them is recorded; refused or failed, they are closed. */
async function releaseUnless(recorded: Promise<unknown>, bytes: Handover): Promise<Handover | Refusal> {
  let done: unknown;
  try {
    done = await recorded;
    return isRefusal(done) ? done : bytes;
  } finally {
    if (done === undefined || isRefusal(done)) bytes.open.stream.destroy();
  }
}

const originalOf = (object: EvidenceObject) => {
  const first = object.receipts[0];
  return { sha256: object.sha256, mediaType: first?.payload.mediaType ?? 'application/octet-stream' };
};

/** The name under which the asker's own problem knows it. */
function nameOf(object: EvidenceObject, seenFor: readonly string[]): string {
  return (object.receipts.find((r) => seenFor.includes(r.payload.itemId)) ?? object.receipts[0])?.payload.name ?? 'evidence';
}

async function handover(s: Services, sha256: string, mediaType: string, name: string): Promise<Handover | Refusal> {
  const open = await s.blobs.open(sha256);
  if (open === undefined) return refuse('evidence.bytes-missing', { sha256 });
  return { open, mediaType, name: fileNameOf(name, mediaType) };
}
