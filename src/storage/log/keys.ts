import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as signBytes,
  verify as verifyBytes,
  type KeyObject,
} from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { algorithms, checkpointText, printVerifierKey, signatureLine, verifierKey, type VerifierKey } from '../../domain/log/note.ts';
import type { HeadKeeper } from './keeper.ts';

interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Signs logs and receipts with the installation's Ed25519 key; the key lies outside the database. */
export interface LogSigner extends HeadKeeper {
  /** Name of a campaign's log, the first line of its checkpoints. */
  origin(campaign: string): string;
  /** The public key under the log's name. */
  publicKey(campaign: string): VerifierKey;
  /** `name+hash+key`, as verifiers take it. */
  verifier(campaign: string): string;
  /** The key itself (PKCS 8, PEM), for backups; undefined when it passes with the process. */
  privateKey(): string | undefined;
  /** A signed note over any text, under the log's name. */
  signText(campaign: string, text: string): string;
}

/** Where heads are kept once they are signed. */
interface Heads {
  last(campaign: string): Head | undefined;
  all(campaign: string): readonly Head[];
  add(campaign: string, head: Head): void;
}

/**
 * Opens the installation's signing key, or makes one on the first start.
 *
 * `<dir>/log.key` is a PKCS 8 file that only its owner may read; `<dir>/heads/<campaign>` lists every head that was signed, one a line,
 * written and fsynced before its checkpoint is committed.
 * @param name  name of the installation in origins; made of the key when undefined
 */
export function fileSigner(dir: string, name: string | undefined): LogSigner {
  mkdirSync(join(dir, 'heads'), { recursive: true, mode: 0o700 });
  const path = join(dir, 'log.key');
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeOnce(path, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  }
  const files = new Map<string, HeadFile>();
  const of = (campaign: string): HeadFile => {
    const file = files.get(campaign) ?? new HeadFile(join(dir, 'heads', campaign));
    files.set(campaign, file);
    return file;
  };
  return signer(createPrivateKey(readFileSync(path, 'utf8')), true, name, {
    last: (campaign) => of(campaign).all().at(-1),
    all: (campaign) => of(campaign).all(),
    add: (campaign, head) => of(campaign).add(head),
  });
}

/** A key that lives as long as the process, for installations without a place on disk (tests, one-off questions). */
export function passingSigner(): LogSigner {
  const heads = new Map<string, Head[]>();
  return signer(generateKeyPairSync('ed25519').privateKey, false, undefined, {
    last: (campaign) => heads.get(campaign)?.at(-1),
    all: (campaign) => heads.get(campaign) ?? [],
    add: (campaign, head) => void heads.set(campaign, [...(heads.get(campaign) ?? []), head]),
  });
}

function signer(key: KeyObject, kept: boolean, name: string | undefined, heads: Heads): LogSigner {
  const raw = rawPublicKey(createPublicKey(key));
  const installation = name ?? `clearzero.invalid/${createHash('sha256').update(raw).digest('hex').slice(0, 12)}`;
  const origin = (campaign: string) => `${installation}/${campaign}`;
  const publicKey = (campaign: string) => verifierKey(origin(campaign), algorithms.ed25519, raw);
  const signText = (campaign: string, text: string) => {
    const own = publicKey(campaign);
    return `${text}\n${signatureLine(own.name, own.id, signBytes(null, Buffer.from(text, 'utf8'), key))}`;
  };
  return {
    origin,
    publicKey,
    verifier: (campaign) => printVerifierKey(publicKey(campaign)),
    signText,
    privateKey: () => (kept ? (key.export({ type: 'pkcs8', format: 'pem' }) as string) : undefined),
    lastSigned: (campaign) => heads.last(campaign),
    signedHeads: (campaign) => heads.all(campaign),
    remember: (campaign, head) => heads.add(campaign, head),
    sign: (campaign, head) => signText(campaign, checkpointText({ origin: origin(campaign), ...head })),
  };
}

/** Whether a note's text carries a good signature of this key. */
export function signedBy(key: VerifierKey, text: string, signature: Uint8Array): boolean {
  return verifyBytes(null, Buffer.from(text, 'utf8'), publicKeyOf(key.key), signature);
}

const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([derPrefix, raw]), format: 'der', type: 'spki' });
}

function rawPublicKey(key: KeyObject): Buffer {
  return (key.export({ type: 'spki', format: 'der' }) as Buffer).subarray(derPrefix.length);
}

/** Heads in a file, one a line. Others may add lines: what came since is read, what was read is not read again. */
class HeadFile {
  private readonly path: string;
  private heads: Head[] = [];
  /** Bytes of whole lines; what a power cut left of a line behind them is no head, and its checkpoint was never committed. */
  private bytes = 0;

  constructor(path: string) {
    this.path = path;
  }

  all(): readonly Head[] {
    const length = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    if (length < this.bytes) Object.assign(this, { heads: [], bytes: 0 });
    if (length === this.bytes) return this.heads;
    const fresh = readFileSync(this.path).subarray(this.bytes);
    const whole = fresh.lastIndexOf(10) + 1;
    for (const line of fresh.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)) this.heads.push(this.parse(line));
    this.bytes += whole;
    return this.heads;
  }

  private parse(line: string): Head {
    const [size, root] = line.split(' ');
    const bytes = Buffer.from(root ?? '', 'base64');
    // A head that cannot be read must not be taken for none: then anything would be signed.
    if (!/^\d+$/.test(size ?? '') || bytes.length !== 32) throw new Error(`${this.path} does not hold signed heads`);
    return { size: Number(size), root: bytes };
  }

  /** Adds a line behind the whole lines, durably. */
  add(head: Head): void {
    this.all();
    const fresh = !existsSync(this.path);
    const file = openSync(this.path, fresh ? 'w' : 'r+', 0o600);
    try {
      const line = Buffer.from(`${head.size} ${Buffer.from(head.root).toString('base64')}\n`);
      const written = writeSync(file, line, 0, line.length, this.bytes);
      // A disk that fills up takes a part and does not complain: what is not whole must not be signed.
      if (written < line.length) throw Object.assign(new Error(`${this.path}: the disk is full`), { code: 'ENOSPC' });
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (fresh) syncFolder(this.path);
    this.all();
  }
}

/** Writes a file that is never written again: whole or not at all, and of two writers the first one's stays. */
export function writeOnce(path: string, text: string): void {
  const half = writeHalf(path, text);
  try {
    linkSync(half, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(half, { force: true });
  }
  syncFolder(path);
}

function writeHalf(path: string, text: string): string {
  const half = `${path}.${process.pid}`;
  const file = openSync(half, 'w', 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  return half;
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
