import { base64, fromBase64 } from '../../domain/kernel/base64.ts';
import { consistencyProof } from '../../domain/log/merkle.ts';
import { algorithms, cosignedText, parseNote, parseVerifierKey, splitCosignature, type VerifierKey } from '../../domain/log/note.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { addAnchor, findLastAnchor } from '../../storage/log/anchors.ts';
import { fastHash, findHead, type LogHead } from '../../storage/log/head.ts';
import { signedBy } from '../../storage/log/keys.ts';
import { nodesOf } from '../../storage/log/nodes.ts';
import type { Services } from '../services.ts';

/** Someone of another organisation who signs what they saw of our log (C2SP tlog-witness). */
export interface Witness {
  readonly url: string;
  /** Their public key, `name+hash+key` with algorithm 4. */
  readonly key: string;
}

/** Asks others to attest a checkpoint; brings answers over the network and is handed in. */
export interface Transport {
  /** Posts bytes; an answer of any status, or an error when there is none. */
  post(url: string, type: string, body: Uint8Array): Promise<{ status: number; type: string; body: Uint8Array }>;
}

export interface AnchorOutcome {
  readonly name: string;
  readonly outcome: 'anchored' | 'known' | 'refused' | 'unreachable';
  readonly detail: string;
}

/**
 * Has a witness cosign the newest checkpoint of a campaign (见证签名).
 *
 * Sends the proof that the log grew from what the witness saw last; what it says it saw counts, not what we remember. Only a good
 * signature by the configured key is kept.
 */
export async function askWitness(s: Services, row: CampaignRow, witness: Witness, transport: Transport): Promise<AnchorOutcome> {
  const key = parseVerifierKey(witness.key);
  const head = await findHead(s.database.db, row.id);
  if (key === undefined || key.algorithm !== algorithms.cosignature) {
    return { name: witness.url, outcome: 'refused', detail: 'its configured key is not a cosignature key' };
  }
  if (head === undefined) return { name: key.name, outcome: 'known', detail: 'nothing is signed yet' };
  const last = await findLastAnchor(s.database.db, row.id, 'witness', key.name);
  if (last?.size === head.size) return { name: key.name, outcome: 'known', detail: `${head.size}` };
  return submit(s, row, head, witness, key, transport, last?.size ?? 0, true);
}

async function submit(
  s: Services,
  row: CampaignRow,
  head: LogHead,
  witness: Witness,
  key: VerifierKey,
  transport: Transport,
  from: number,
  again: boolean,
): Promise<AnchorOutcome> {
  const { db } = s.database;
  const proof = await consistencyProof(nodesOf(db, row.id, head), from, head.size, fastHash);
  const body = `old ${from}\n${proof.map((h) => `${base64(h)}\n`).join('')}\n${head.note}`;
  const reply = await transport
    .post(`${witness.url.replace(/\/$/, '')}/add-checkpoint`, 'text/plain', Buffer.from(body, 'utf8'))
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (typeof reply === 'string') return { name: key.name, outcome: 'unreachable', detail: reply };
  const text = Buffer.from(reply.body).toString('utf8');
  if (reply.status === 409 && again && /^\d{1,15}\n$/.test(text) && Number(text) !== from) {
    // It has seen another size than we remember; a log longer than ours would be a fork, and is said to be one.
    const seen = Number(text);
    if (seen > head.size) return { name: key.name, outcome: 'refused', detail: `it has seen ${seen} entries, there are ${head.size}` };
    return submit(s, row, head, witness, key, transport, seen, false);
  }
  if (reply.status !== 200) return { name: key.name, outcome: 'refused', detail: `status ${reply.status}: ${text.slice(0, 200)}` };
  const line = goodLine(key, head, text);
  if (line === undefined) return { name: key.name, outcome: 'refused', detail: 'its answer carries no good signature' };
  await addAnchor(db, row.id, { size: head.size, kind: 'witness', name: key.name, body: line, at: s.now() });
  return { name: key.name, outcome: 'anchored', detail: `${head.size}` };
}

/** The line of an answer that the witness' key has signed over the checkpoint. */
function goodLine(key: VerifierKey, head: LogHead, answer: string): string | undefined {
  const text = parseNote(head.note)?.text;
  if (text === undefined) return undefined;
  for (const line of answer.split('\n')) {
    const [, name, body] = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? [];
    const bytes = body === undefined ? undefined : fromBase64(body);
    if (name !== key.name || bytes === undefined || !bytes.slice(0, 4).every((b, i) => b === key.id[i])) continue;
    const c = splitCosignature(bytes.slice(4));
    if (c !== undefined && signedBy(key, cosignedText(text, c.seconds), c.signature)) return `${line}\n`;
  }
  return undefined;
}
