import type { Act, ActorRef, Draft } from '../../domain/acts/act.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import type { Refusal } from '../../domain/kernel/refusal.ts';
import type { CampaignRow } from '../../storage/acts/read.ts';
import { holdStreams } from '../../storage/acts/streams.ts';
import type { Tx } from '../../storage/database.ts';
import type { Numbers } from './numbers.ts';

/**
 * All that a decision can reach (决定的边界). It runs in a transaction that others may share, so it asks nothing outside of it: no
 * second connection, no clock, no other instant than `at`.
 */
export interface DecideTools {
  /** The transaction: for look-ups whose answer a key of the database guards as well. */
  readonly tx: Tx;
  readonly campaign: Campaign;
  readonly row: CampaignRow;
  /** When the server takes the command in. */
  readonly at: Instant;
  readonly happenedAt: Instant;
  readonly actor: ActorRef;
  /**
   * Acts of a stream that the decision rests on. Of the command's own subject they are there already; any other stream is held until
   * the transaction ends, so what is decided by it stays true until it is written.
   */
  readonly hold: (streamId: string) => Promise<Act[]>;
  /** The same for several at once; in one call, so that two decisions never wait for each other in a ring. */
  readonly holdAll: (streamIds: readonly string[]) => Promise<ReadonlyMap<string, Act[]>>;
  /** Numbers of the campaign's own pattern. */
  readonly numbers: Numbers;
  readonly newId: () => string;
}

export type Decide = (tools: DecideTools) => Promise<Draft[] | Refusal>;

/** Thrown when a decision asks for a stream that another command of the same transaction writes: it is taken in the next one. */
export class PutOff extends Error {}

/** The streams that one decision has seen. */
export class Loaded {
  readonly acts: Map<string, Act[]>;
  private readonly tx: Tx;
  private readonly row: CampaignRow;
  private readonly subject: string;
  private readonly written: ReadonlySet<string>;

  constructor(tx: Tx, row: CampaignRow, subject: { readonly id: string; readonly acts: Act[] }, written: ReadonlySet<string>) {
    this.tx = tx;
    this.row = row;
    this.subject = subject.id;
    this.written = written;
    this.acts = new Map([[subject.id, subject.acts]]);
  }

  /** @throws PutOff */
  async hold(ids: readonly string[]): Promise<ReadonlyMap<string, Act[]>> {
    const missing = [...new Set(ids)].filter((id) => !this.acts.has(id));
    if (missing.length > 0) {
      if ([this.subject, ...missing].some((id) => this.written.has(id))) throw new PutOff('written in this transaction');
      // The subject too: two commands whose subjects rest on each other wait here, and the second reads what the first wrote.
      const held = await holdStreams(this.tx, this.row, [this.subject, ...missing]);
      for (const id of missing) this.acts.set(id, held.get(id) ?? []);
    }
    return new Map(ids.map((id) => [id, this.acts.get(id) ?? []]));
  }
}
