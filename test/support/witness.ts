import { createServer, type Server } from 'node:http';
import { fromBase64 } from '../../src/domain/kernel/base64.ts';
import { consistent, emptyRoot } from '../../src/domain/log/merkle.ts';
import {
  cosignedText,
  parseCheckpoint,
  parseNote,
  printVerifierKey,
  signatureLine,
  verifierKey,
  type VerifierKey,
} from '../../src/domain/log/note.ts';
import { signedBy } from '../../src/storage/log/keys.ts';
import { freshKey } from './hashes.ts';

/** A witness as another organisation would run one (C2SP tlog-witness): checks what it is sent and keeps the newest it signed. */
export class TestWitness {
  readonly name: string;
  readonly vkey: string;
  readonly seen = new Map<string, { size: number; root: Uint8Array }>();
  private readonly own = freshKey();
  private readonly key: VerifierKey;
  private readonly logs: readonly VerifierKey[];
  private server: Server | undefined;
  url = '';
  /** Answers with a signature by another key. */
  lies = false;

  constructor(name: string, logs: readonly VerifierKey[]) {
    this.name = name;
    this.key = verifierKey(name, 4, this.own.raw);
    this.vkey = printVerifierKey(this.key);
    this.logs = logs;
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { status, type, body } = this.answer(Buffer.concat(parts).toString('utf8'));
        response.writeHead(status, { 'content-type': type }).end(body);
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    const address = this.server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private answer(text: string): { status: number; type: string; body: string } {
    const plain = (status: number, body = '') => ({ status, type: 'text/plain', body });
    const empty = text.indexOf('\n\n');
    const [first, ...lines] = text.slice(0, empty).split('\n');
    const from = Number(/^old (0|[1-9]\d*)$/.exec(first ?? '')?.[1] ?? Number.NaN);
    const note = parseNote(text.slice(empty + 2));
    const checkpoint = parseCheckpoint(note?.text ?? '');
    if (note === undefined || checkpoint === undefined || Number.isNaN(from) || from > checkpoint.size) return plain(400, 'malformed');
    const log = this.logs.find((k) => k.name === checkpoint.origin);
    if (log === undefined) return plain(404, 'unknown log');
    if (!note.signatures.some((x) => x.name === log.name && signedBy(log, note.text, x.bytes))) return plain(403, 'not signed');
    const last = this.seen.get(checkpoint.origin) ?? { size: 0, root: emptyRoot };
    if (last.size !== from) return { status: 409, type: 'text/x.tlog.size', body: `${last.size}\n` };
    const proof = lines.map((line) => fromBase64(line) ?? new Uint8Array());
    if (!consistent(last, checkpoint, proof)) return plain(422, 'not consistent');
    this.seen.set(checkpoint.origin, checkpoint);
    const seconds = Math.floor(Date.now() / 1000);
    const signature = (this.lies ? freshKey() : this.own).sign(cosignedText(note.text, seconds));
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(seconds));
    return plain(200, signatureLine(this.name, this.key.id, Buffer.concat([time, signature])));
  }
}
