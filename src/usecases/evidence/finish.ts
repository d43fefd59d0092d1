import { mkdir, rm } from 'node:fs/promises';
import { inspect } from '../../documents/inspection/run.ts';
import type { Finding } from '../../documents/inspection/finding.ts';
import type { Actor } from '../../domain/access/policy.ts';
import type { Payloads } from '../../domain/acts/payloads.ts';
import { decideReceive } from '../../domain/evidence/decide.ts';
import { foldEvidence } from '../../domain/evidence/state.ts';
import { evidenceStreamId } from '../../domain/evidence/stream.ts';
import { isRefusal, refusalOf, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { listCampaigns } from '../../storage/acts/read.ts';
import { hashOf, incomingPath, readIncoming, removeIncoming } from '../../storage/evidence/incoming.ts';
import { deleteUpload, finishUpload, type UploadRow } from '../../storage/evidence/uploads.ts';
import { takeCommand } from '../command/take.ts';
import type { Services } from '../services.ts';
import { openSubject, type Subject } from './access.ts';

/**
 * Completes an upload whose bytes are all on the disk: whole hash, inspection, store, receipt; in this order, each safe to repeat after
 * a crash. A refused file is removed at once.
 * @refuses evidence.hash-mismatch, what `inspect` and `takeCommand` refuse, item.unknown, access.forbidden
 */
export async function finish(s: Services, actor: Actor, u: UploadRow): Promise<Refusal | undefined> {
  const path = incomingPath(s.incoming, u.id);
  const refused = async (refusal: Refusal) => {
    await deleteUpload(s.database.db, u.id);
    await removeIncoming(s.incoming, u.id);
    return refusal;
  };
  if ((await hashOf(path)) !== u.sha256) return refused(refuse('evidence.hash-mismatch', { sha256: u.sha256 }));
  const scratch = `${path}.copies`;
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { mode: 0o700 });
  const found = await inspect({ path, name: u.name, kind: u.kind, scratch });
  if ('rejected' in found) return refused(refusalOf(found.rejected.code, found.rejected.details));
  await s.blobs.put(readIncoming(path), { sha256: u.sha256, maxBytes: u.length });
  const copies = await storeCopies(s, u, found);
  const taken = await record(s, actor, u, found, copies);
  // The bytes are in the store by then; without an act they are foreign to every campaign, and the next try finds them there.
  // Others were quicker five times over: the bytes stay, and asking how far the upload is completes it.
  if (isRefusal(taken)) return taken.code === 'command.busy' ? taken : refused(taken);
  await finishUpload(s.database.db, u.id, s.now());
  await removeIncoming(s.incoming, u.id);
  return undefined;
}

async function storeCopies(s: Services, u: UploadRow, found: Finding): Promise<Payloads['RenditionDerived'][]> {
  const out: Payloads['RenditionDerived'][] = [];
  for (const copy of found.copies) {
    const { sha256, bytes } = await s.blobs.put(readIncoming(copy.path));
    out.push({ source: u.sha256, sha256, transform: copy.transform, bytes, mediaType: copy.mediaType });
  }
  return out;
}

async function record(s: Services, actor: Actor, u: UploadRow, found: Finding, copies: readonly Payloads['RenditionDerived'][]) {
  const campaign = (await listCampaigns(s.database.db)).find((c) => c.id === u.campaign_id);
  const subject = await openSubject(s, actor, 'evidence.upload', campaign?.slug ?? '', u.item_id);
  if (isRefusal(subject)) return subject;
  const streamId = evidenceStreamId(subject.row.slug, u.sha256);
  return takeCommand(s, {
    row: subject.row,
    actor,
    // The upload is the command: completing it again after a crash writes nothing twice.
    id: u.id,
    happenedAt: undefined,
    subjectId: streamId,
    content: { evidence: u.sha256, item: u.item_id, name: u.name, kind: u.kind },
    decide: async (tools) => decideReceive(streamId, foldEvidence(await tools.hold(streamId)), receiptOf(u, subject, found), copies),
  });
}

function receiptOf(u: UploadRow, subject: Subject, found: Finding): Payloads['EvidenceReceived'] {
  return {
    sha256: u.sha256,
    bytes: u.length,
    mediaType: found.mediaType,
    kind: u.kind,
    name: u.name,
    takenAt: u.taken_at,
    deviceTakenAt: found.deviceTakenAt,
    hasLocation: found.hasLocation,
    ...(found.likeness === null ? {} : { likeness: found.likeness }),
    itemId: subject.id,
    itemNo: subject.no,
    place: subject.place,
  };
}
