import { createHash } from 'node:crypto';
import type { Actor } from '../../domain/access/policy.ts';
import { maxBytesOf, maxOpenBytes, maxOpenUploads, uploadHours, type EvidenceKind } from '../../domain/evidence/limits.ts';
import { instant, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { listCampaigns } from '../../storage/acts/read.ts';
import {
  TooLong,
  appendIncoming,
  createIncoming,
  incomingPath,
  removeIncoming,
  truncateIncoming,
} from '../../storage/evidence/incoming.ts';
import { advanceUpload, deleteUpload, findUpload, insertUpload, type UploadRow } from '../../storage/evidence/uploads.ts';
import { isId } from '../../storage/ledger/ids.ts';
import type { Services } from '../services.ts';
import { openSubject } from './access.ts';
import { finish } from './finish.ts';

export interface NewUpload {
  readonly campaign: string;
  readonly item: string;
  readonly sha256: string;
  readonly length: number;
  readonly name: string;
  readonly kind: EvidenceKind;
  readonly takenAt: string | null;
}

/** How an upload stands. */
export interface UploadState {
  readonly id: string;
  readonly received: number;
  readonly length: number;
  readonly expiresAt: Instant;
}

const stateOf = (u: UploadRow, received = u.received): UploadState => ({
  id: u.id,
  received,
  length: u.length,
  expiresAt: u.expires_at,
});

/**
 * Opens an upload (上传) of evidence for a problem.
 * @refuses item.unknown, access.forbidden, evidence.empty, evidence.too-large, evidence.too-many-open
 */
export async function openUpload(s: Services, actor: Actor, q: NewUpload): Promise<UploadState | Refusal> {
  const subject = await openSubject(s, actor, 'evidence.upload', q.campaign, q.item);
  if (isRefusal(subject)) return subject;
  if (q.length === 0) return refuse('evidence.empty', {});
  if (q.length > maxBytesOf[q.kind]) return refuse('evidence.too-large', { limit: maxBytesOf[q.kind] / 1_000_000 });
  const now = s.now();
  const upload: UploadRow & { created_at: Instant } = {
    id: s.newId(),
    campaign_id: subject.row.id,
    item_id: subject.id,
    user_id: actor.id,
    sha256: q.sha256,
    length: q.length,
    received: 0,
    name: q.name,
    kind: q.kind,
    taken_at: q.takenAt,
    created_at: now,
    expires_at: instant(now + uploadHours * 3_600_000),
    finished_at: null,
  };
  await createIncoming(s.incoming, upload.id);
  const open = await insertUpload(s.database.db, upload, { uploads: maxOpenUploads, bytes: maxOpenBytes });
  if (open === undefined) return stateOf(upload);
  await removeIncoming(s.incoming, upload.id);
  return refuse('evidence.too-many-open', { open });
}

/** Writers under way in this process, by upload: a client that comes again after a cut ends its own earlier connection. */
const writers = new Map<string, { readonly stop: () => void; readonly ended: Promise<unknown> }>();

async function alone<T>(id: string, stop: () => void, work: () => Promise<T>): Promise<T> {
  for (let other = writers.get(id); other !== undefined; other = writers.get(id)) {
    other.stop();
    await other.ended;
  }
  const run = work();
  const entry = { stop, ended: run.catch(() => undefined) };
  writers.set(id, entry);
  try {
    return await run;
  } finally {
    if (writers.get(id) === entry) writers.delete(id);
  }
}

/**
 * How far an upload is: what is on the disk. One whose bytes are all there but which was never acknowledged is completed first.
 * @refuses evidence.upload-unknown (also when it is someone else's), evidence.upload-expired, what completing refuses
 */
export async function readUpload(s: Services, actor: Actor, id: string): Promise<UploadState | Refusal> {
  const known = await ownUpload(s, actor, id);
  if (isRefusal(known)) return known;
  return alone(
    id,
    () => undefined,
    async () => {
      const u = await ownUpload(s, actor, id);
      if (isRefusal(u)) return u;
      if (u.finished_at !== null || u.received < u.length) return stateOf(u);
      return (await finish(s, actor, u)) ?? stateOf(u);
    },
  );
}

export interface Part {
  readonly offset: number;
  readonly source: AsyncIterable<Uint8Array>;
  /** Ends the connection that this part comes over. */
  readonly stop: () => void;
  readonly checksum?: { readonly algorithm: 'sha1' | 'sha256'; readonly base64: string } | undefined;
}

/**
 * Takes a part of an upload. The answer says how many bytes are on the disk; after the last part it is only given once the whole hash
 * was right, the file was looked at, its bytes are durable in the store and the receipt is recorded.
 * @refuses evidence.upload-unknown, evidence.upload-expired, evidence.offset, evidence.checksum, what completing refuses
 */
export async function takePart(s: Services, actor: Actor, id: string, part: Part): Promise<UploadState | Refusal> {
  const known = await ownUpload(s, actor, id);
  if (isRefusal(known)) return known;
  return alone(id, part.stop, async () => {
    const u = await ownUpload(s, actor, id);
    if (isRefusal(u)) return u;
    if (part.offset !== u.received || u.finished_at !== null) return refuse('evidence.offset', { received: u.received });
    const received = await write(s, u, part).catch((error: unknown) => {
      if (error instanceof TooLong) return refuse('evidence.too-long', { length: u.length });
      throw error;
    });
    if (isRefusal(received) || received < u.length) return isRefusal(received) ? received : stateOf(u, received);
    return (await finish(s, actor, u)) ?? stateOf(u, received);
  });
}

async function write(s: Services, u: UploadRow, part: Part): Promise<number | Refusal> {
  const path = incomingPath(s.incoming, u.id);
  const { db } = s.database;
  let at = u.received;
  const advance = async (to: number) => {
    if (!(await advanceUpload(db, u.id, at, to))) throw new Error('the upload was written by someone else');
    at = to;
  };
  const { checksum } = part;
  if (checksum === undefined) {
    await appendIncoming(path, u.received, part.source, u.length, advance);
    return at;
  }
  // Nothing of a part with a checksum counts before the checksum was right.
  const hash = createHash(checksum.algorithm);
  let end = u.received;
  async function* hashed() {
    for await (const chunk of part.source) {
      hash.update(chunk);
      yield chunk;
    }
  }
  await appendIncoming(path, u.received, hashed(), u.length, (to) => {
    end = to;
    return Promise.resolve();
  });
  if (hash.digest('base64') !== checksum.base64) {
    await truncateIncoming(path, u.received);
    return refuse('evidence.checksum', {});
  }
  if (end > at) await advance(end);
  return at;
}

/** Gives an upload up; nothing of it stays. */
export async function dropUpload(s: Services, actor: Actor, id: string): Promise<{ dropped: true } | Refusal> {
  const known = await ownUpload(s, actor, id);
  if (isRefusal(known)) return known;
  return alone(
    id,
    () => undefined,
    async () => {
      await deleteUpload(s.database.db, id);
      await removeIncoming(s.incoming, id);
      return { dropped: true as const };
    },
  );
}

/** The asker's own upload, as long as they may still hand in evidence for its problem. */
async function ownUpload(s: Services, actor: Actor, id: string): Promise<UploadRow | Refusal> {
  const u = isId(id) ? await findUpload(s.database.db, id) : undefined;
  if (u === undefined || u.user_id !== actor.id) return refuse('evidence.upload-unknown', {});
  if (u.finished_at === null && u.expires_at <= s.now()) return refuse('evidence.upload-expired', {});
  const campaign = (await listCampaigns(s.database.db)).find((c) => c.id === u.campaign_id);
  const subject = await openSubject(s, actor, 'evidence.upload', campaign?.slug ?? '', u.item_id);
  return isRefusal(subject) ? subject : u;
}
