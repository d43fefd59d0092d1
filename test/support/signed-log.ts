import { ed25519 } from '@noble/curves/ed25519.js';
import { consistencyProof, inclusionProof, leafOf, nodeOf, rootAt, type NodeSource } from '../../src/domain/log/merkle.ts';
import { algorithms, checkpointText, printVerifierKey, signatureLine, verifierKey } from '../../src/domain/log/note.ts';

const text = (s: string) => new TextEncoder().encode(s);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** A log in memory with a key of its own: its checkpoints and proofs at every size, as a server would sign and give them. */
export class SignedLog {
  readonly entries: string[];
  readonly origin: string;
  private readonly secret: Uint8Array;
  private readonly leaves: Uint8Array[];

  constructor(entries: readonly string[], secret = 1, origin = 'clearzero.example/shanxi-2019') {
    this.entries = [...entries];
    this.origin = origin;
    this.secret = new Uint8Array(32).fill(secret);
    this.leaves = entries.map((e) => leafOf(text(e)));
  }

  private get nodes(): NodeSource {
    const node = (height: number, index: number): Uint8Array =>
      height === 0 ? (this.leaves[index] as Uint8Array) : nodeOf(node(height - 1, index * 2), node(height - 1, index * 2 + 1));
    return (height, index) => Promise.resolve(node(height, index));
  }

  private get verifier() {
    return verifierKey(this.origin, algorithms.ed25519, ed25519.getPublicKey(this.secret));
  }

  /** The public key as `name+hash+key`. */
  get key(): string {
    return printVerifierKey(this.verifier);
  }

  /** The signed checkpoint of the log when it had `size` entries. */
  async note(size = this.entries.length): Promise<string> {
    const body = checkpointText({ origin: this.origin, size, root: await rootAt(this.nodes, size) });
    return `${body}\n${signatureLine(this.origin, this.verifier.id, ed25519.sign(text(body), this.secret))}`;
  }

  async inclusion(index: number, size = this.entries.length): Promise<string[]> {
    return (await inclusionProof(this.nodes, index, size)).map(base64);
  }

  async consistency(from: number, size = this.entries.length): Promise<string[]> {
    return (await consistencyProof(this.nodes, from, size)).map(base64);
  }
}
