import { sql } from 'kysely';
import type { Tx } from '../database.ts';

/** Fact 0 is the ledger's own: an item in a state (the state's number stands as the measure). */
export const itemFact = 0;

/** Numbers of facts by name, given out on first use. `owner` is what the numbers are remembered for (one database). */
export class FactNames {
  private readonly numbers = new Map<string, number>();

  static of(owner: object): FactNames {
    let names = namesOf.get(owner);
    if (names === undefined) {
      names = new FactNames();
      namesOf.set(owner, names);
    }
    return names;
  }

  /** The number of a fact, or undefined when no record has ever counted under it. */
  async find(tx: Tx, name: string): Promise<number | undefined> {
    if (!this.numbers.has(name)) await this.load(tx);
    return this.numbers.get(name);
  }

  /** Numbers for all names, from memory; undefined when one is not known there. */
  known(names: Iterable<string>): ReadonlyMap<string, number> | undefined {
    for (const name of names) if (!this.numbers.has(name)) return undefined;
    return this.numbers;
  }

  /** Numbers for all names, making those that are new; safe when two processes do so at once. */
  async ensure(tx: Tx, names: Iterable<string>): Promise<ReadonlyMap<string, number>> {
    let missing = [...new Set(names)].filter((n) => !this.numbers.has(n));
    if (missing.length > 0) {
      await this.load(tx);
      missing = missing.filter((n) => !this.numbers.has(n));
    }
    for (const name of missing) {
      for (let attempt = 0; !this.numbers.has(name); attempt++) {
        if (attempt > 20) throw new Error(`no number for fact ${name}`);
        await sql`insert into fact_names (no, name) select coalesce(max(no), 0) + 1, ${name} from fact_names on conflict do nothing`.execute(
          tx,
        );
        await this.load(tx);
      }
    }
    return this.numbers;
  }

  private async load(tx: Tx): Promise<void> {
    const r = await sql<{ no: number; name: string }>`select no, name from fact_names`.execute(tx);
    for (const row of r.rows) this.numbers.set(row.name, row.no);
  }
}

const namesOf = new WeakMap<object, FactNames>();
