import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../domain/kernel/instant.ts';
import { consistencyProof, inclusionProof, rootAt } from '../../domain/log/merkle.ts';
import { base64 } from '../../domain/kernel/base64.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { logSizeAt } from '../../storage/figures/totals.ts';
import { listAnchors } from '../../storage/log/anchors.ts';
import { findHead, findLastKey, fastHash, reaches, type LogHead } from '../../storage/log/head.ts';
import { UnmarkedAct } from '../../storage/log/marked.ts';
import { LogFork } from '../../storage/log/sequence.ts';
import { findIndex, readBundle } from '../../storage/log/entries.ts';
import { tileWidth } from '../../domain/log/tiles.ts';
import { nodesOf } from '../../storage/log/nodes.ts';
import type { Services } from '../services.ts';
import { sequenceCampaign } from './sequence.ts';

export interface SignedCheckpoint {
  readonly size: number;
  /** Root over the first `size` acts, base64. */
  readonly rootHash: string;
  /** The signed checkpoint (C2SP tlog-checkpoint), with what witnesses have added. */
  readonly note: string;
  readonly signedAt: Instant;
}

/** The newest signed checkpoint of a campaign's log; undefined before the first. */
export async function latestCheckpoint(s: Services, row: CampaignRow): Promise<SignedCheckpoint | undefined> {
  const head = await findHead(s.database.db, row.id);
  return head === undefined ? undefined : withWitnesses(s, row, head);
}

/** How long a fresh checkpoint is waited for, in milliseconds: for writers that are not done, and for who else numbers acts. */
const freshWithin = 8000;

/**
 * A checkpoint that covers every act committed before it was asked for; undefined when nothing was ever recorded.
 *
 * Another process may be numbering at the moment, and a writer that began earlier may not be done: both are waited for.
 * @param within  milliseconds
 * @refuses log.behind when it cannot be had in that time, log.stopped when this log is not signed any further
 */
export async function freshCheckpoint(
  s: Services,
  row: CampaignRow,
  within: number = freshWithin,
): Promise<SignedCheckpoint | undefined | Refusal> {
  const end = performance.now() + within;
  const last = await findLastKey(s.database.db, row.id);
  if (last === undefined) return undefined;
  for (;;) {
    try {
      await sequenceCampaign(s, row);
    } catch (error) {
      if (error instanceof UnmarkedAct || error instanceof LogFork) return refuse('log.stopped', { campaign: row.slug });
      throw error;
    }
    const head = await findHead(s.database.db, row.id);
    if (head !== undefined && reaches(head, last)) return withWitnesses(s, row, head);
    if (performance.now() >= end) return refuse('log.behind', { seconds: Math.ceil(within / 1000) });
    await sleep(5);
  }
}

async function withWitnesses(s: Services, row: CampaignRow, head: LogHead): Promise<SignedCheckpoint> {
  const lines = (await listAnchors(s.database.db, row.id, head.size)).filter((a) => a.kind === 'witness').map((a) => a.body);
  return { size: head.size, rootHash: base64(head.root), note: head.note + lines.join(''), signedAt: head.signedAt };
}

/** Size and root of the log as of an instant, as far as it has been numbered; undefined when it has not got so far. */
export async function logAt(s: Services, row: CampaignRow, asOf: Instant): Promise<{ size: number; rootHash: string } | undefined> {
  const size = await logSizeAt(s.database.db, row, asOf);
  const head = await findHead(s.database.db, row.id);
  if (head === undefined || head.size < size) return undefined;
  return { size, rootHash: base64(await rootAt(nodesOf(s.database.db, row.id, head), size, fastHash)) };
}

/**
 * A proof that an act stands in the log, as a file of its own (C2SP tlog-proof): checked without our server.
 * @returns undefined when the act is not numbered yet
 */
export async function proofOfAct(s: Services, row: CampaignRow, actId: string): Promise<string | undefined> {
  const head = await findHead(s.database.db, row.id);
  if (head === undefined) return undefined;
  const index = await findIndex(s.database.db, row.id, head, actId);
  if (index === undefined) return undefined;
  const proof = await inclusionProof(nodesOf(s.database.db, row.id, head), index, head.size, fastHash);
  const { note } = await withWitnesses(s, row, head);
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${proof.map((h) => `${base64(h)}\n`).join('')}\n${note}`;
}

/** An act as it stands in the log, with what shows that it does; all of it of one checkpoint. */
export interface EntryProof {
  /** The canonical text of the entry. */
  readonly entry: string;
  /** The payload in canonical JSON, where the entry holds only its hash. */
  readonly payload: string | null;
  readonly index: number;
  /** Hashes from the entry to the root, base64. */
  readonly inclusion: readonly string[];
  readonly checkpoint: string;
  /** Hashes from the older size that was asked for to this checkpoint. */
  readonly consistency: readonly string[];
}

/** An entry with its proof, and the proof that an older log is a beginning of this one; undefined when it is not numbered yet. */
export async function entryProof(s: Services, row: CampaignRow, actId: string, older: number): Promise<EntryProof | undefined> {
  const head = await findHead(s.database.db, row.id);
  const index = head === undefined ? undefined : await findIndex(s.database.db, row.id, head, actId);
  if (head === undefined || index === undefined || older > head.size) return undefined;
  const entry = (await readBundle(s.database.db, row, head, Math.floor(index / tileWidth)))[index % tileWidth];
  if (entry === undefined) throw new Error(`entry ${index} of ${row.slug} is missing`);
  const nodes = nodesOf(s.database.db, row.id, head);
  const inclusion = await inclusionProof(nodes, index, head.size, fastHash);
  const consistency = older === 0 ? [] : await consistencyProof(nodes, older, head.size, fastHash);
  const { note } = await withWitnesses(s, row, head);
  return {
    entry: entry.text,
    payload: entry.text.includes('"payloadDigest":{') ? entry.payload : null,
    index,
    inclusion: inclusion.map(base64),
    checkpoint: note,
    consistency: consistency.map(base64),
  };
}

/** Hashes that show the log of an older size to be a beginning of the newest; undefined when there is no such size. */
export async function consistencyFrom(
  s: Services,
  row: CampaignRow,
  older: number,
): Promise<{ size: number; proof: string[]; checkpoint: string } | undefined> {
  const head = await findHead(s.database.db, row.id);
  if (head === undefined || older > head.size) return undefined;
  const proof = await consistencyProof(nodesOf(s.database.db, row.id, head), older, head.size, fastHash);
  return { size: head.size, proof: proof.map(base64), checkpoint: (await withWitnesses(s, row, head)).note };
}
