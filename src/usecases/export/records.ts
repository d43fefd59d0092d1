import type { Actor } from '../../domain/access/policy.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import type { FigureQuery } from '../figures/read.ts';
import { figureRecords, openRecords, type Part, type RecordSeen } from '../figures/records.ts';
import { readPublicRecords, type PublicRecord } from '../public/records.ts';
import { allReleasedRecords, openReleased } from '../public/released.ts';
import type { PublicView } from '../public/view.ts';
import type { Services } from '../services.ts';
import { namesOf, type Names } from './names.ts';
import { tableName, type ExportTable, type TableColumn, type TableRow } from './table.ts';
import { headings, withUnit, type TableLang } from './words.ts';

interface Column<R> extends TableColumn {
  readonly value: (record: R) => TableRow[string];
}

/**
 * The records that a figure counts as a table, as of one instant.
 * @refuses what a page of them refuses
 */
export async function exportRecords(
  s: Services,
  actor: Actor,
  q: FigureQuery & { readonly part: Part },
  lang: TableLang,
): Promise<ExportTable | Refusal> {
  const opened = await openRecords(s, actor, q);
  if (isRefusal(opened)) return opened;
  const { view, request } = opened;
  const columns = columnsOf(namesOf(view, lang), request.definition.count?.sum === 'amount');
  async function* rows(): AsyncGenerator<TableRow> {
    for await (const record of figureRecords(s, opened as Exclude<typeof opened, Refusal>, q.part)) {
      yield Object.fromEntries(columns.map((c) => [c.key, c.value(record)]));
    }
  }
  return { name: tableName(view, q.id), columns, rows: rows() };
}

/**
 * The public records of a figure as a table, for whoever reads only what was released.
 * @refuses what public records refuse
 */
export async function exportReleased(
  s: Services,
  actor: Actor,
  q: FigureQuery & { readonly part: Part },
  lang: TableLang,
): Promise<ExportTable | Refusal> {
  const view = await openReleased(s, actor, q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const first = await readPublicRecords(s, view, { ...q, limit: 1 });
  if (isRefusal(first)) return first;
  const columns = publicColumnsOf(namesOf(view, lang), first.request.definition.count?.sum === 'amount');
  async function* rows(): AsyncGenerator<TableRow> {
    for await (const record of allReleasedRecords(s, view as PublicView, q)) {
      yield Object.fromEntries(columns.map((c) => [c.key, c.value(record)]));
    }
  }
  return { name: tableName(view, q.id), columns, rows: rows() };
}

/** Makes columns of a table, in a language, of one kind of record. */
function columnKit<R>(lang: TableLang) {
  type Value = Column<R>['value'];
  const shown = (key: keyof typeof headings, value: Value, width = 14): Column<R> => ({
    key: `shown.${key}`,
    heading: headings[key][lang],
    value,
    width,
  });
  const hidden = (heading: string, value: Value): Column<R> => ({ key: heading, heading, hidden: true, value });
  return { shown, hidden };
}

function columnsOf(names: Names, money: boolean): Column<RecordSeen>[] {
  const { shown, hidden } = columnKit<RecordSeen>(names.lang);
  const amount = shown('amount', (r) => names.money(r.amount));
  return [
    shown('no', (r) => r.no),
    shown('unit', (r) => r.unit, 28),
    shown('title', (r) => r.title, 50),
    shown('city', (r) => names.city(r.place)),
    shown('county', (r) => names.county(r.place)),
    shown('aspect', (r) => names.aspect(r.aspect), 24),
    shown('type', (r) => names.type(r.type), 24),
    shown('batch', (r) => r.batch),
    shown('since', (r) => names.moment(r.since), 27),
    shown('happenedAt', (r) => (r.happenedAt === null ? null : names.moment(r.happenedAt)), 27),
    ...(money ? [{ ...amount, heading: withUnit(amount.heading, names.currency, names.lang) }] : []),
    hidden('id', (r) => r.id),
    hidden('kind', (r) => r.kind),
    hidden('place', (r) => r.place),
    hidden('aspectCode', (r) => r.aspect),
    hidden('typeCode', (r) => r.type),
  ];
}

/** Neither unit nor text; a place that may not be told is 0, as everywhere. */
function publicColumnsOf(names: Names, money: boolean): Column<PublicRecord>[] {
  const { shown, hidden } = columnKit<PublicRecord>(names.lang);
  const amount = shown('amount', (r) => names.money(r.amount ?? 0));
  return [
    shown('no', (r) => r.no),
    shown('city', (r) => names.city(r.place ?? 0)),
    shown('county', (r) => names.county(r.place ?? 0)),
    shown('aspect', (r) => names.aspect(r.aspect), 24),
    shown('batch', (r) => r.batch),
    shown('since', (r) => r.since, 27),
    ...(money ? [{ ...amount, heading: withUnit(amount.heading, names.currency, names.lang) }] : []),
    hidden('place', (r) => r.place ?? 0),
    hidden('aspectCode', (r) => r.aspect),
  ];
}
