import type { Actor } from '../domain/access/policy.ts';
import type { Instant } from '../domain/kernel/instant.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Database } from '../storage/database.ts';
import type { BlobStore } from '../storage/evidence/blobs.ts';
import { Watermark } from '../storage/figures/watermark.ts';
import { passingMarks, type Marks } from '../storage/log/marks.ts';
import { passingSigner, type LogSigner } from '../storage/log/keys.ts';
import { SequencerMemory } from '../storage/log/sequence.ts';
import { FactNames } from '../storage/projections/fact-names.ts';
import type { Finding } from './health/finding.ts';

/** What every use-case needs from outside: the database, ids, the clock and the log's key. */
export interface Services {
  readonly database: Database;
  readonly watermark: Watermark;
  readonly names: FactNames;
  /** Bytes of evidence, by their SHA-256. */
  readonly blobs: BlobStore;
  /** Absolute folder of uploads that are not complete yet. */
  readonly incoming: string;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
  readonly log: LogSigner;
  /** Marks acts as decided here. */
  readonly marks: Marks;
  /** What the sequencer of this process remembers of each campaign's log. */
  readonly sequencers: Map<number, SequencerMemory>;
  /** What this machine says of itself: room on its disks. */
  readonly machine: () => readonly Finding[];
  /** The server's clock, for what is not recorded in a transaction. */
  readonly now: () => Instant;
}

/** Where the bytes of evidence are kept. */
export type Keeping = Pick<Services, 'blobs' | 'incoming'>;

/** @param outside  what lies outside the database; without a `log` or `marks` their keys live as long as the process */
export function makeServices(
  database: Database,
  newId: () => string,
  now: () => Instant,
  outside: Keeping & { readonly log?: LogSigner; readonly marks?: Marks; readonly machine?: () => readonly Finding[] },
): Services {
  return {
    database,
    watermark: new Watermark(database.db),
    names: FactNames.of(database.pool),
    newId,
    now,
    blobs: outside.blobs,
    incoming: outside.incoming,
    log: outside.log ?? passingSigner(),
    marks: outside.marks ?? passingMarks,
    machine: outside.machine ?? (() => []),
    sequencers: new Map(),
  };
}

/** Who asks. */
export interface Asker {
  readonly actor: Actor;
}

/** A result, or why not. `status` classes of refusals are decided in http by their code. */
export type Result<T> = T | Refusal;

/** The command line and the schedules act as the installation itself: everything is in sight, and acts say so. */
export const installation: Actor = {
  id: 'system',
  name: '系统',
  org: 'system',
  grants: [
    { role: 'auditor', place: 100_000, campaign: null },
    ...[
      11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81,
      82, 90, 91, 92,
    ].map((p) => ({ role: 'auditor' as const, place: p * 10_000, campaign: null })),
  ],
};
