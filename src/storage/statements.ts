import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './database.ts';

/** From how many statements on they go one after the other: a statement of very many parts is slow to plan. */
const together = 24;

/**
 * Runs writing statements in one round trip, as the parts of one statement. All see the same snapshot, so none may read what
 * another of them writes, and none may change a row that another one changes.
 */
export async function runTogether(tx: Tx, statements: readonly RawBuilder<unknown>[]): Promise<void> {
  if (statements.length === 0) return;
  if (statements.length > together) {
    for (const statement of statements) await statement.execute(tx);
    return;
  }
  const parts = statements.map((statement, i) => sql`${sql.raw(`w${i}`)} as (${statement})`);
  await sql`with ${sql.join(parts)} select 1`.execute(tx);
}
