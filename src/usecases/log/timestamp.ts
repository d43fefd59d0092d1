import { createHash, randomBytes } from 'node:crypto';
import { SignedData } from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, TimeStampReq, TimeStampResp, TSTInfo } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { parseNote } from '../../domain/log/note.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { addAnchor, findLastAnchor } from '../../storage/log/anchors.ts';
import { findHead } from '../../storage/log/head.ts';
import type { Services } from '../services.ts';
import type { AnchorOutcome, Transport } from './anchors.ts';

/** A time-stamping authority. */
export interface TimestampAuthority {
  readonly url: string;
  readonly name: string;
}

const sha256Oid = '2.16.840.1.101.3.4.2.1';

/**
 * Has an authority state when the newest checkpoint existed (可信时间戳); the token is kept as it came.
 *
 * Checked here: that it was granted, for this text and this request. Its signature is checked with the authority's certificates
 * by `openssl ts -verify`, as the documentation shows.
 * @source RFC 3161, sections 2.4.1 and 2.4.2
 */
export async function askTimestamp(s: Services, row: CampaignRow, tsa: TimestampAuthority, transport: Transport): Promise<AnchorOutcome> {
  const { db } = s.database;
  const head = await findHead(db, row.id);
  const text = head === undefined ? undefined : parseNote(head.note)?.text;
  if (head === undefined || text === undefined) return { name: tsa.name, outcome: 'known', detail: 'nothing is signed yet' };
  const last = await findLastAnchor(db, row.id, 'timestamp', tsa.name);
  if (last?.size === head.size) return { name: tsa.name, outcome: 'known', detail: `${head.size}` };
  const digest = createHash('sha256').update(text, 'utf8').digest();
  // Positive, as DER writes the sign into the first bit.
  const nonce = randomBytes(16);
  nonce[0] = ((nonce[0] as number) & 0x3f) | 0x40;
  const request = AsnConvert.serialize(
    new TimeStampReq({
      messageImprint: new MessageImprint({
        hashAlgorithm: new AlgorithmIdentifier({ algorithm: sha256Oid, parameters: null }),
        hashedMessage: new OctetString(digest),
      }),
      nonce: new Uint8Array(nonce).buffer,
      certReq: true,
    }),
  );
  const reply = await transport
    .post(tsa.url, 'application/timestamp-query', new Uint8Array(request))
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  if (typeof reply === 'string') return { name: tsa.name, outcome: 'unreachable', detail: reply };
  if (reply.status !== 200) return { name: tsa.name, outcome: 'refused', detail: `status ${reply.status}` };
  const wrong = wrongIn(reply.body, digest, nonce);
  if (wrong !== undefined) return { name: tsa.name, outcome: 'refused', detail: wrong };
  await addAnchor(db, row.id, {
    size: head.size,
    kind: 'timestamp',
    name: tsa.name,
    body: Buffer.from(reply.body).toString('base64'),
    at: s.now(),
  });
  return { name: tsa.name, outcome: 'anchored', detail: `${head.size}` };
}

function wrongIn(body: Uint8Array, digest: Buffer, nonce: Buffer): string | undefined {
  try {
    const response = AsnConvert.parse(body, TimeStampResp);
    if (Number(response.status.status) > 1) return `it was not granted (status ${Number(response.status.status)})`;
    if (response.timeStampToken === undefined) return 'it holds no token';
    const signed = AsnConvert.parse(response.timeStampToken.content, SignedData);
    const content = signed.encapContentInfo.eContent;
    const bytes = content?.single?.buffer ?? content?.any;
    if (bytes === undefined) return 'its token is empty';
    const info = AsnConvert.parse(bytes, TSTInfo);
    if (!Buffer.from(info.messageImprint.hashedMessage.buffer).equals(digest)) return 'it is over another text';
    if (info.nonce === undefined || !Buffer.from(info.nonce).equals(nonce)) return 'it answers another request';
    return undefined;
  } catch {
    return 'it cannot be read';
  }
}
