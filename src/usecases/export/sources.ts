import type { Actor } from '../../domain/access/policy.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import type { SourceLine } from '../../storage/sources/list.ts';
import { openSources, sourceLines, type SourcesAsk } from '../sources/list.ts';
import type { Services } from '../services.ts';
import { namesOf } from './names.ts';
import { tableName, type ExportTable, type TableColumn, type TableRow } from './table.ts';
import { headings, sourceHeadings, yesNo, type TableLang } from './words.ts';

/**
 * The sources of a question as a table: names and words first, the row key and the code of the place hidden at the end.
 * @refuses what `openSources` refuses, access.forbidden for `ledger.export`
 */
export async function exportSources(s: Services, actor: Actor, ask: SourcesAsk, lang: TableLang): Promise<ExportTable | Refusal> {
  const opened = await openSources(s, actor, ask, 'ledger.export');
  if (isRefusal(opened)) return opened;
  const names = namesOf(opened.view, lang);
  const column = (heading: string, value: (line: SourceLine) => TableRow[string], more: Partial<TableColumn> = {}) => ({
    key: heading,
    heading,
    value,
    ...more,
  });
  const own = (key: keyof typeof sourceHeadings) => sourceHeadings[key][lang];
  const columns = [
    column(headings.no[lang], (x) => x.no, { width: 16 }),
    column(own('name'), (x) => x.name, { width: 28 }),
    column(own('uscc'), (x) => x.uscc, { width: 22 }),
    column(headings.city[lang], (x) => names.city(x.place)),
    column(headings.county[lang], (x) => names.county(x.place)),
    column(own('industry'), (x) => x.industry),
    column(own('scattered'), (x) => yesNo(x.scattered, lang)),
    column(own('closed'), (x) => yesNo(x.closed, lang)),
    column(own('inspections'), (x) => x.inspections),
    column(own('inspectedAt'), (x) => (x.inspectedAt === null ? null : names.moment(x.inspectedAt)), { width: 27 }),
    column(own('problems'), (x) => x.problems),
    column(own('open'), (x) => x.open),
    column('id', (x) => x.id, { hidden: true }),
    column('place', (x) => x.place, { hidden: true }),
  ];
  async function* rows(question: Parameters<typeof sourceLines>[1]): AsyncGenerator<TableRow> {
    for await (const line of sourceLines(s, question)) yield Object.fromEntries(columns.map((c) => [c.key, c.value(line)]));
  }
  return { name: tableName(opened.view, 'sources'), columns, rows: rows(opened.question) };
}
