import { masksOf } from '../../domain/access/masks.ts';
import type { Actor } from '../../domain/access/policy.ts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import { registerWords } from '../../domain/registers/settings.ts';
import { defaultKind } from '../ledger/filter.ts';
import type { LineSeen } from '../ledger/line.ts';
import { ledgerLines, openExport, type LedgerAsk } from '../ledger/read.ts';
import type { Services } from '../services.ts';
import { namesOf, type Names } from './names.ts';
import { tableName, type ExportTable, type TableColumn, type TableRow } from './table.ts';
import { headings, withUnit, type TableLang } from './words.ts';

interface Column extends TableColumn {
  readonly value: (row: LineSeen) => TableRow[string];
}

/**
 * The lines of a question as a table: names and words first, keys, versions and codes hidden at the end.
 * @refuses what a page of the ledger refuses, access.forbidden for `ledger.export`
 */
export async function exportLedger(s: Services, actor: Actor, ask: LedgerAsk, lang: TableLang): Promise<ExportTable | Refusal> {
  const opened = await openExport(s, actor, ask);
  if (isRefusal(opened)) return opened;
  const { view } = opened;
  const names = namesOf(view, lang);
  const kind = ask.kind ?? defaultKind(view);
  const amounts = kind === 'problem' ? [] : kind === 'case' ? ['fine'] : Object.keys(registerWords(view.campaign.settings)?.amounts ?? {});
  const clue = kind === 'problem' && !masksOf(actor, view.row.slug).column('clue');
  const columns = [...shown(names, clue), ...amounts.map((name) => amountColumn(names, name)), ...hidden(clue)];
  async function* rows(): AsyncGenerator<TableRow> {
    for await (const row of ledgerLines(s, actor, opened as Exclude<typeof opened, Refusal>, ask.sort)) {
      yield Object.fromEntries(columns.map((c) => [c.key, c.value(row)]));
    }
  }
  return { name: tableName(view, 'ledger'), columns, rows: rows() };
}

function shown(names: Names, clue: boolean): Column[] {
  const column = (key: keyof typeof headings, value: Column['value'], width?: number): Column => ({
    key: `shown.${key}`,
    heading: headings[key][names.lang],
    value,
    ...(width === undefined ? {} : { width }),
  });
  return [
    column('no', (r) => r.no),
    column('unit', (r) => r.unit, 28),
    column('state', (r) => names.state(r.state)),
    column('deadline', (r) => r.deadline),
    column('daysLeft', (r) => r.daysLeft),
    column('overdue', (r) => r.overdue),
    column('city', (r) => names.city(r.place)),
    column('county', (r) => names.county(r.place)),
    column('text', (r) => r.text, 50),
    column('aspect', (r) => names.aspect(r.aspect), 24),
    column('type', (r) => names.type(r.type), 24),
    column('batch', (r) => r.batch),
    ...(clue ? [column('clue', (r) => names.clue(r.clue))] : []),
    column('foundAt', (r) => names.moment(r.foundAt), 27),
    column('updatedAt', (r) => names.moment(r.updatedAt), 27),
  ];
}

function amountColumn(names: Names, name: string): Column {
  const heading = name === 'fine' ? headings.fine[names.lang] : names.amount(name);
  return {
    key: `amount.${name}`,
    heading: withUnit(heading, names.currency, names.lang),
    value: (r) => (r.amounts?.[name] === undefined ? null : names.money(r.amounts[name])),
  };
}

function hidden(clue: boolean): Column[] {
  const column = (heading: string, value: Column['value']): Column => ({ key: heading, heading, hidden: true, value });
  return [
    column('id', (r) => r.id),
    column('version', (r) => r.version),
    column('kind', (r) => r.kind),
    column('sourceId', (r) => r.sourceId),
    column('place', (r) => r.place),
    column('stateCode', (r) => r.state),
    column('aspectCode', (r) => r.aspect),
    column('typeCode', (r) => r.type),
    ...(clue ? [column('clueCode', (r) => r.clue)] : []),
  ];
}
