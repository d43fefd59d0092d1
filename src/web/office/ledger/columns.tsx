import { Link } from 'react-router';
import type { CampaignView } from '../../../contract/campaign.ts';
import type { LedgerRow } from '../../../contract/ledger.ts';
import { paths, type Where } from '../../../contract/paths/office.ts';
import { placeName, shortPlace, type useDates } from '../../ui/campaign.ts';
import { formatMoney } from '../../ui/format.ts';
import { amountName, clueName } from '../../ui/register-words.ts';
import { StateMark } from '../../ui/StateMark.tsx';
import type { Words } from '../../ui/words.ts';

export interface CellContext {
  readonly campaign: CampaignView;
  readonly where: Where;
  readonly words: Words;
  readonly dates: ReturnType<typeof useDates>;
  /** Where a line's number leads, and what is to be done when it is followed. */
  readonly address: (row: LedgerRow) => string;
  readonly opened: (row: LedgerRow) => void;
}

export interface Column {
  readonly key: string;
  readonly width: number;
  /** Name of the sort in the address. */
  readonly sort?: string;
  readonly numeric?: boolean;
  readonly frozen?: boolean;
  /** Left out at first where the campaign has nothing to show in it. */
  readonly useful?: (campaign: CampaignView) => boolean;
  readonly optional?: boolean;
  readonly cell: (row: LedgerRow, context: CellContext) => React.ReactNode;
}

/** Days left as words: 剩3天, 超5天; the count stands beside a triangle elsewhere in the row. */
export function DaysLeft({ days, overdue, words }: { readonly days: number | null; readonly overdue: boolean; readonly words: Words }) {
  if (days === null) return <span className="c3">—</span>;
  if (overdue || days < 0) return <b className="st-overdue">{words.t('ledger:over', { count: Math.abs(days) })}</b>;
  return <>{words.t('ledger:left', { count: days })}</>;
}

/** A value of one of the campaign's classifications. */
export function nameOf(
  list: readonly { readonly code: string; readonly name: { readonly zh: string; readonly en: string } }[],
  code: string | null,
  words: Words,
): string {
  if (code === null) return '';
  const found = list.findLast((entry) => entry.code === code);
  return found === undefined ? code : words.pick(found.name);
}

function clip(text: string): React.ReactNode {
  return (
    <span className="el" title={text}>
      {text}
    </span>
  );
}

export const columns: readonly Column[] = [
  {
    key: 'no',
    width: 116,
    sort: 'no',
    frozen: true,
    cell: (r, c) => (
      <Link className="mono" to={c.address(r)} onClick={() => c.opened(r)}>
        {r.no}
      </Link>
    ),
  },
  { key: 'unit', width: 188, frozen: true, cell: (r) => clip(r.unit) },
  { key: 'state', width: 172, sort: 'state', cell: (r) => <StateMark state={r.state} overdue={r.overdue} /> },
  {
    key: 'deadline',
    width: 80,
    sort: 'deadline',
    numeric: true,
    useful: (c) => c.mode !== 'historic',
    cell: (r, c) => (r.deadline === null ? '' : c.dates.day(r.deadline)),
  },
  {
    key: 'daysLeft',
    width: 92,
    sort: 'deadline',
    numeric: true,
    useful: (c) => c.mode !== 'historic',
    cell: (r, c) => <DaysLeft days={r.daysLeft} overdue={r.overdue} words={c.words} />,
  },
  {
    key: 'place',
    width: 132,
    sort: 'place',
    cell: (r, c) => {
      const city = placeName(c.campaign, r.place - (r.place % 100), c.words.lang);
      const name = placeName(c.campaign, r.place, c.words.lang);
      if (city === name || city === '') return clip(name);
      return (
        <span className="el" title={`${city} ${name}`}>
          {c.words.lang === 'zh' ? shortPlace(city) : city} <span className="c3">{name}</span>
        </span>
      );
    },
  },
  { key: 'text', width: 312, cell: (r) => clip(r.text) },
  {
    key: 'aspect',
    width: 168,
    useful: (c) => c.aspects.length > 0,
    cell: (r, c) => <span className="c2">{clip(nameOf(c.campaign.aspects, r.aspect, c.words))}</span>,
  },
  {
    key: 'batch',
    width: 50,
    numeric: true,
    useful: (c) => c.batches.length > 0,
    cell: (r, c) =>
      r.batch === null ? (
        <span className="c3">—</span>
      ) : (
        <Link className="plain" to={paths.batch(c.where, r.batch)}>
          {r.batch}
        </Link>
      ),
  },
  { key: 'amount', width: 110, numeric: true, useful: (c) => c.mode === 'historic', cell: (r, c) => amounts(r, c) },
  {
    key: 'type',
    width: 140,
    optional: true,
    useful: (c) => c.mode === 'historic' && c.types.length > 0,
    cell: (r, c) => <span className="c2">{clip(nameOf(c.campaign.types, r.type, c.words))}</span>,
  },
  {
    key: 'clue',
    width: 92,
    cell: (r, c) => <span className="c2">{r.clue === '' ? '' : clueName(c.campaign, r.clue, c.words)}</span>,
    useful: (c) => c.mode !== 'historic',
  },
  {
    key: 'found',
    width: 84,
    sort: 'found',
    numeric: true,
    cell: (r, c) => (
      <span title={c.dates.moment(r.foundAt)}>{c.campaign.mode === 'historic' ? c.dates.date(r.foundAt) : c.dates.day(r.foundAt)}</span>
    ),
  },
  {
    key: 'updated',
    width: 84,
    sort: 'updated',
    numeric: true,
    cell: (r, c) => <span title={c.dates.moment(r.updatedAt)}>{c.dates.day(r.updatedAt)}</span>,
  },
];

/** Every amount with its name in the title; in the cell one after the other, as the register has them. */
function amounts(row: LedgerRow, context: CellContext): React.ReactNode {
  const { lang } = context.words;
  const list = Object.entries(row.amounts ?? {}).map(([name, minor]) => ({
    name: amountName(context.campaign, name, context.words),
    money: formatMoney(minor, context.campaign, lang),
  }));
  if (list.length === 0) return <span className="c3">—</span>;
  const title = list.map((a) => `${a.name} ${a.money.value} ${a.money.unit}`).join('\n');
  return (
    <span className="el" title={title}>
      {list.map((a, i) => `${a.money.value}${lang === 'zh' ? a.money.unit : i === list.length - 1 ? ` ${a.money.unit}` : ''}`).join(' · ')}
    </span>
  );
}

/** Cases have no deadline, batch or aspect of their own. */
export const caseColumns: readonly string[] = ['state', 'place', 'text', 'amount', 'found', 'updated'];

export function defaultColumns(campaign: CampaignView): string[] {
  return columns.filter((c) => (c.useful === undefined ? c.optional !== true : c.useful(campaign))).map((c) => c.key);
}
