import type { Instant } from '../../domain/kernel/instant.ts';
import { consistencyProof, inclusionProof, rootAt } from '../../domain/log/merkle.ts';
import { base64 } from '../../domain/kernel/base64.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { logSizeAt } from '../../storage/figures/totals.ts';
import { listAnchors } from '../../storage/log/anchors.ts';
import { findHead, fastHash, type LogHead } from '../../storage/log/head.ts';
import { findIndex } from '../../storage/log/entries.ts';
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

/** The log brought up to what is recorded now, and its checkpoint. */
export async function freshCheckpoint(s: Services, row: CampaignRow): Promise<SignedCheckpoint | undefined> {
  await sequenceCampaign(s, row);
  return latestCheckpoint(s, row);
}

async function withWitnesses(s: Services, row: CampaignRow, head: LogHead): Promise<SignedCheckpoint> {
  const lines = (await listAnchors(s.database.db, row.id, head.size)).filter((a) => a.kind === 'witness').map((a) => a.body);
  return { size: head.size, rootHash: base64(head.root), note: head.note + lines.join(''), signedAt: head.signedAt };
}

/** Size and root of the log as of an instant, as far as it has been numbered; undefined when it has not got so far. */
export async function logAt(s: Services, row: CampaignRow, asOf: Instant): Promise<{ size: number; rootHash: string } | undefined> {
  const size = await logSizeAt(s.database.db, row.id, asOf);
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

/** Hashes that show the log of an older size to be a beginning of the newest; undefined when there is no such size. */
export async function consistencyFrom(
  s: Services,
  row: CampaignRow,
  older: number,
): Promise<{ size: number; proof: string[] } | undefined> {
  const head = await findHead(s.database.db, row.id);
  if (head === undefined || older > head.size) return undefined;
  const proof = await consistencyProof(nodesOf(s.database.db, row.id, head), older, head.size, fastHash);
  return { size: head.size, proof: proof.map(base64) };
}
