export interface VerifierCrypto {
  sha256(bytes: Uint8Array): Uint8Array;
  ed25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}
export interface VerifierFiles {
  read(path: string): Promise<Uint8Array | undefined>;
  list(folder: string): Promise<string[]>;
}
export interface Fault {
  readonly what: string;
  readonly where: string;
  readonly why: string;
  readonly index?: number;
}
export interface Verified {
  readonly ok: boolean;
  readonly campaign: string | null;
  readonly origin: string | null;
  readonly size: number | null;
  readonly root: string | null;
  readonly entries: number;
  readonly figures: number;
  readonly evidence: number;
  readonly erased: number;
  readonly checkpoints: number;
  readonly witnesses: readonly { readonly name: string; readonly at: string }[];
  readonly first: Fault | null;
  readonly faults: readonly Fault[];
}
export interface ReadCheckpoint {
  readonly fault?: string;
  readonly origin?: string;
  readonly size?: number;
  readonly root?: Uint8Array;
  readonly text?: string;
  readonly signatures?: readonly { readonly name: string; readonly id: string; readonly bytes: Uint8Array }[];
}
export function verifyBundle(
  files: VerifierFiles,
  crypto: VerifierCrypto,
  options?: {
    readonly key?: string;
    readonly witnesses?: readonly string[];
    readonly needWitnesses?: number;
    /** Checkpoints and receipts that somebody kept. */
    readonly seen?: readonly { readonly name: string; readonly text: string }[];
    readonly progress?: (done: number, of: number) => void;
    readonly most?: number;
  },
): Promise<Verified>;
export function checkInclusion(
  crypto: VerifierCrypto,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean;
export function checkConsistency(
  crypto: VerifierCrypto,
  older: number,
  olderRoot: Uint8Array,
  newer: number,
  newerRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean;
/** Replays acts in the order of their log and says what is wrong with each. */
export class Replay {
  constructor(lawFrom?: number);
  /** What would be wrong with an act that came next; nothing is taken in. */
  wrong(act: object): string | undefined;
  /** Takes an act in; what is wrong with it. */
  take(act: object, body?: string): string | undefined;
  /** Rules over acts that are recorded together, once all are taken in. */
  finish(): { readonly index: number; readonly why: string }[];
}
export function checkSigned(
  crypto: VerifierCrypto,
  note: string,
  key: string,
): Promise<{ readonly fault?: string | undefined; readonly text?: string }>;
export function checkCheckpoint(crypto: VerifierCrypto, note: string, key: string): Promise<ReadCheckpoint>;
export function recordsRoot(crypto: VerifierCrypto, ids: readonly string[]): string;
export function definitionHash(crypto: VerifierCrypto, definition: unknown): string;
export function canonical(value: unknown): string;
export function tileFile(level: number | 'entries', n: number, size: number): string;
export function nodeCrypto(): Promise<VerifierCrypto>;
export function folderFiles(folder: string): Promise<VerifierFiles>;
export function inWords(result: Verified): string;
