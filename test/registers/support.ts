import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { instant, parseInstant, type Instant } from '../../src/domain/kernel/instant.ts';
import { isRefusal, type Refusal } from '../../src/domain/kernel/refusal.ts';
import type { Mapping } from '../../src/domain/registers/mapping.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { readDashboard } from '../../src/usecases/dashboard/read.ts';
import { readFigureSet } from '../../src/usecases/figures/read.ts';
import { readRecords } from '../../src/usecases/figures/records.ts';
import { readItem } from '../../src/usecases/items/read.ts';
import { readLedger, readLedgerTotal } from '../../src/usecases/ledger/read.ts';
import { importSnapshot, type ImportReport } from '../../src/usecases/registers/import.ts';
import { readMapping } from '../../src/usecases/registers/mapping.ts';
import { installation, makeServices, type Services } from '../../src/usecases/services.ts';
import { testKeeping } from '../support/keeping.ts';
import { freshDatabase } from '../support/database.ts';

export interface Bench {
  readonly services: Services;
  readonly url: string;
  close(): Promise<void>;
}

/** Services over a database of their own. */
export async function bench(): Promise<Bench> {
  const fresh = await freshDatabase();
  const database = openDatabase({ connectionString: fresh.url });
  return {
    services: makeServices(
      database,
      () => v7(),
      () => instant(Date.now()),
      await testKeeping(),
    ),
    url: fresh.url,
    async close() {
      await database.close();
      await fresh.drop();
    },
  };
}

export const dataFile = (name: string) => fileURLToPath(new URL(`data/${name}`, import.meta.url));
export const seedMapping = (name: string) => readFileSync(new URL(`../../seeds/registers/${name}.json`, import.meta.url), 'utf8');

export function at(text: string): Instant {
  const found = parseInstant(text);
  if (found === undefined) throw new Error(`not an instant: ${text}`);
  return found;
}

/** The result, or the refusal as an error. */
export function accepted<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Error(`${result.code} ${JSON.stringify(result.details)}`);
  return result;
}

export function mappingOf(text: string | object): Mapping {
  return accepted(readMapping(typeof text === 'string' ? text : JSON.stringify(text)));
}

export async function load(services: Services, mapping: Mapping, recordedAt: string, ...files: string[]): Promise<ImportReport> {
  return accepted(await importSnapshot(services, { mapping, recordedAt: at(recordedAt), files }));
}

/** Numerators of the press set by figure. */
export async function press(services: Services, campaign: string, asOf: string): Promise<Record<string, number>> {
  const set = accepted(await readFigureSet(services, installation, { campaign, asOf, set: 'press' }));
  return Object.fromEntries(set.figures.map((f) => [f.id, f.numerator]));
}

/** Rows of a gzipped CSV file by column, read apart from the product's own reader. */
export function rowsOf(name: string): Record<string, string>[] {
  const text = gunzipSync(readFileSync(dataFile(name))).toString('utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  const cells = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((m) => (m[1] ?? m[2] ?? '').replaceAll('""', '"'));
  const header = cells(lines[0] as string);
  return lines.slice(1).map((line) => Object.fromEntries(cells(line).map((value, i) => [header[i], value])));
}

/** What the pages of a campaign read: none of them knows the register. */
export async function pagesOf(services: Services, campaign: string, asOf: string, figure: string) {
  const ask = { campaign, asOf };
  const ledger = accepted(await readLedger(services, installation, { ...ask, limit: 5 }));
  return {
    dashboard: accepted(await readDashboard(services, installation, ask)),
    ledger,
    total: accepted(await readLedgerTotal(services, installation, ask)).total,
    item: accepted(await readItem(services, installation, { ...ask, id: ledger.rows[0]!.id })),
    records: accepted(await readRecords(services, installation, { ...ask, id: figure, filter: {}, part: 'numerator', limit: 5 })),
  };
}
