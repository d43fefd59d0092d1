import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// The check of boundaries sees imports. A pool or a connection that storage handed out can be asked without importing anything.
const source = fileURLToPath(new URL('../../src', import.meta.url));

const forms: readonly RegExp[] = [
  /\b(?:pool|client|connection|database)\s*(?:\?\.|\.)\s*query\s*(?:<[^(]*>)?\(/,
  /\bsql\s*(?:<[^`]*>)?`/,
  /\bsql\s*\.\s*(?:raw|lit|ref|table|join|id|val)\b/,
  /\.\s*transaction\s*\(\s*\)/,
  /\.\s*(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\s*\(/,
  /\bexecuteQuery\s*\(/,
  /from\s*['"](?:pg|kysely|pg-copy-streams|pg-cursor)['"]/,
  /['"`]\s*(?:select\s[^'"`]*\sfrom\s|insert\s+into\s|delete\s+from\s|update\s+\w+\s+set\s|create\s+(?:table|index)\s|begin\s+transaction|copy\s+\w+\s)/,
];

/** Lines of a file that speak to the database past storage. */
function statements(text: string): string[] {
  return text.split('\n').filter((line) => !/^\s*(?:\/\/|\*|\/\*)/.test(line) && forms.some((form) => form.test(line)));
}

test('a statement is found in whichever form it comes', () => {
  for (const line of [
    "await s.database.pool.query('select 1')",
    'await client.query<{ n: number }>(text)',
    'const r = await sql<Row>`select 1`.execute(tx);',
    "tx.execute(sql.raw('x'))",
    'await s.database.db.transaction().execute(work);',
    "db.selectFrom('acts')",
    "import type pg from 'pg';",
    "const text = 'select id from acts';",
    'const text = `delete from acts`;',
  ])
    expect(statements(line), line).toHaveLength(1);
  for (const line of [
    'request.query.campaign',
    "// sql`...` and pool.query('...') stand in storage",
    'await inTransaction(s.database.db, work)',
    "url.searchParams.get('query')",
    "const text = 'Select a place from the list';",
  ])
    expect(statements(line), line).toEqual([]);
});

test('no statement stands outside storage', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (f) => /\.tsx?$/.test(f) && !/\.test\.tsx?$/.test(f) && !f.startsWith(`storage${sep}`),
  );
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((f) =>
    statements(readFileSync(join(source, f), 'utf8')).map((line) => `${relative('.', f)}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
