import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { LedgerRow } from '../../../contract/ledger.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { textWidth } from '../../ui/chart/scale.ts';
import { useWords } from '../../ui/words.ts';
import { columns as allColumns, type Column } from './columns.tsx';
import type { TableLayout } from './layout.ts';
import type { PlaceInList } from './place-in-list.ts';
import { nextSort } from './query.ts';
import { marked } from './selection.ts';
import { places } from './use-place.ts';

/** The ledger's table: only the rows in sight are drawn; number and unit stay in place while the rest moves. */
export function Grid({
  rows,
  total,
  layout,
  sort,
  setSort,
  cursor,
  list,
  returned,
  opened,
  address,
  selected,
  toggleRow,
  toggleAll,
  more,
  waiting,
  selectable,
}: {
  readonly rows: readonly LedgerRow[];
  readonly total: number | null;
  readonly layout: TableLayout;
  readonly sort: string;
  readonly setSort: (sort: string) => void;
  readonly cursor: number;
  /** By what the list is known. */
  readonly list: string;
  /** Where somebody comes back to; null at the beginning of a list. */
  readonly returned: PlaceInList | null;
  readonly opened: (row: LedgerRow) => void;
  readonly address: (row: LedgerRow) => string;
  readonly selected: ReadonlySet<string>;
  readonly toggleRow: (index: number, range: boolean) => void;
  readonly toggleAll: () => void;
  readonly more: () => void;
  readonly waiting: boolean;
  readonly selectable: boolean;
}) {
  const { campaign, where } = useCampaign();
  const words = useWords();
  const dates = useDates();
  const scroller = useRef<HTMLDivElement>(null);
  const height = layout.roomy ? 40 : 30;
  const longest = Math.max(11, ...rows.slice(0, 100).map((r) => textWidth(r.no, 1) / 0.6));
  const shown = allColumns
    .filter((c) => c.frozen === true || layout.columns.includes(c.key))
    .map((c) => (c.key === 'no' ? { ...c, width: Math.min(220, Math.round(longest * 8.2 + 26)) } : c));
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 14,
    initialRect: { width: 1200, height: 700 },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    virtual.measure();
  }, [height, virtual]);
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 30) more();
  }, [last, rows.length, more]);
  useEffect(() => {
    // The table is asked, not the virtual list: after a return that one learns of its place with the next frame.
    if (cursor >= 0 && scroller.current !== null && !inSight(scroller.current, cursor, height))
      virtual.scrollToIndex(cursor, { align: 'auto' });
  }, [cursor, height, virtual]);
  // Another list begins at its top; one that somebody comes back to stands as it was left, its cursor in sight.
  useLayoutEffect(() => {
    if (list !== '') scroller.current?.scrollTo({ top: 0 });
  }, [list]);
  useLayoutEffect(() => {
    if (returned !== null) scroller.current?.scrollTo({ top: returned.offset });
  }, [returned]);

  // Deadline and days left have one order: the first of them that is shown carries its arrow.
  const sorted = shown.find((c) => c.sort !== undefined && (sort === c.sort || sort === `-${c.sort}`));
  const lefts = frozenLefts(shown, selectable);
  const context = { campaign, where, words, dates, opened, address };
  const ofAll = marked({ ids: selected }, rows);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const width = shown.reduce((sum, c) => sum + c.width, selectable ? 38 : 0);
  return (
    <div
      ref={scroller}
      className="sc"
      tabIndex={0}
      aria-busy={waiting}
      onScroll={(e) => places.remember(list, { offset: e.currentTarget.scrollTop, rows: rows.length })}
    >
      <table className={layout.roomy ? 'led roomy' : 'led'} style={{ minWidth: width }} aria-rowcount={total ?? -1}>
        <caption className="sk">{words.t('ledger:title')}</caption>
        <colgroup>
          {selectable && <col style={{ width: 38 }} />}
          {shown.map((c) => (
            <col key={c.key} style={{ width: c.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {selectable && (
              <th className="fx a" scope="col">
                <input
                  type="checkbox"
                  aria-label={words.t('ledger:selectAll')}
                  checked={ofAll === 'all'}
                  ref={(box) => {
                    if (box !== null) box.indeterminate = ofAll === 'some';
                  }}
                  onChange={toggleAll}
                />
              </th>
            )}
            {shown.map((c, i) => (
              <th
                key={c.key}
                scope="col"
                className={`${c.numeric === true ? 'n' : ''}${cellClass(c, i, shown)}`}
                style={lefts[c.key] === undefined ? undefined : { left: lefts[c.key] }}
                aria-sort={c.key !== sorted?.key ? undefined : sort === c.sort ? 'ascending' : 'descending'}
              >
                {c.sort === undefined ? (
                  words.t(`ledger:column.${c.key}`)
                ) : (
                  <button type="button" onClick={() => setSort(nextSort(sort, c.sort as string))}>
                    {words.t(`ledger:column.${c.key}`)}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden="true" className="pad">
              <td style={{ height: before }} colSpan={shown.length + 1} />
            </tr>
          )}
          {items.map((item) => {
            const row = rows[item.index] as LedgerRow;
            const on = selected.has(row.id);
            return (
              <tr
                key={row.id}
                aria-rowindex={item.index + 2}
                aria-selected={selectable ? on : undefined}
                className={`${on ? 'on' : ''}${item.index === cursor ? ' cur' : ''}`}
                style={{ height }}
              >
                {selectable && (
                  <td className="fx a">
                    <input
                      type="checkbox"
                      aria-label={words.t('ledger:select', { no: row.no })}
                      checked={on}
                      onChange={() => undefined}
                      onClick={(e) => toggleRow(item.index, e.shiftKey)}
                    />
                  </td>
                )}
                {shown.map((c, i) => (
                  <td
                    key={c.key}
                    className={`${c.numeric === true ? 'n' : 'nb'}${cellClass(c, i, shown)}`}
                    style={lefts[c.key] === undefined ? undefined : { left: lefts[c.key] }}
                  >
                    {c.cell(row, context)}
                  </td>
                ))}
              </tr>
            );
          })}
          {waiting &&
            Array.from({ length: rows.length === 0 ? 20 : 3 }, (_, i) => (
              <tr key={`w${i}`} aria-hidden="true" style={{ height }}>
                {selectable && <td />}
                {shown.map((c) => (
                  <td key={c.key}>
                    <span className="bone" style={{ width: '70%' }} />
                  </td>
                ))}
              </tr>
            ))}
          {after > 0 && (
            <tr aria-hidden="true" className="pad">
              <td style={{ height: after }} colSpan={shown.length + 1} />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

/** Whether a whole row stands between the heading and the lower edge. */
function inSight(table: HTMLElement, row: number, height: number): boolean {
  const heading = table.querySelector('thead')?.clientHeight ?? 0;
  return row * height >= table.scrollTop && heading + (row + 1) * height <= table.scrollTop + table.clientHeight;
}

function cellClass(column: Column, index: number, shown: readonly Column[]): string {
  if (column.frozen !== true) return '';
  return shown[index + 1]?.frozen === true ? ' fx' : ' fx edge';
}

function frozenLefts(shown: readonly Column[], selectable: boolean): Record<string, number> {
  const out: Record<string, number> = {};
  let left = selectable ? 38 : 0;
  for (const c of shown) {
    if (c.frozen !== true) break;
    out[c.key] = left;
    left += c.width;
  }
  return out;
}
