import { useEffect, useRef } from 'react';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { unlessComposing } from '../../ui/composing.ts';
import { formatCount } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { columns } from './columns.tsx';
import { daysName } from './Days.tsx';
import { OrderOf } from './OrderOf.tsx';
import { valueName } from './Facets.tsx';
import type { TableLayout } from './layout.ts';
import { activeFilters, isDayKey, sortOf, without, withoutFilters, type LedgerFilter } from './query.ts';

/** Filters in force as chips, full text, the exact total when it has arrived, and how the table is set. */
export function QueryLine({
  filter,
  change,
  total,
  shown,
  layout,
  setLayout,
  facetsOpen,
  toggleFacets,
}: {
  readonly filter: LedgerFilter;
  readonly change: (next: LedgerFilter) => void;
  readonly total: number | null;
  readonly shown: number;
  readonly layout: TableLayout;
  readonly setLayout: (next: TableLayout) => void;
  readonly facetsOpen: boolean;
  readonly toggleFacets: () => void;
}) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t } = words;
  const dates = useDates();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current !== null) input.current.value = filter.q ?? '';
  }, [filter.q]);
  const chips = activeFilters(filter);
  const optional = columns.filter((c) => c.frozen !== true);
  return (
    <div className="qs">
      <button type="button" className="btn small facetbtn" aria-expanded={facetsOpen} onClick={toggleFacets}>
        {t('ledger:facets')}
      </button>
      <form
        role="search"
        aria-label={t('ledger:textSearch')}
        onSubmit={(e) => {
          e.preventDefault();
          change({ ...filter, q: input.current?.value.trim() || undefined });
        }}
      >
        <input
          ref={input}
          data-search
          type="search"
          maxLength={100}
          placeholder={t('ledger:textSearch')}
          aria-label={t('ledger:textSearch')}
          defaultValue={filter.q ?? ''}
          onKeyDown={unlessComposing((e: React.KeyboardEvent<HTMLInputElement>) => {
            if (e.key === 'Escape') e.currentTarget.blur();
          })}
        />
      </form>
      {chips.map(({ key, value }) => {
        const name =
          key === 'q'
            ? `“${value}”`
            : key === 'desk'
              ? t('ledger:waitingFor', { task: t(`desk:task.${value}`, { defaultValue: value }) })
              : isDayKey(key)
                ? t(`find:days.chip.${key}`, { days: daysName(value, words, dates.date) })
                : valueName(key, value, campaign, words);
        return (
          <button
            key={`${key}${value}`}
            type="button"
            className="chip"
            aria-label={t('ledger:removeFilter', { name })}
            onClick={() => change(without(filter, key, value))}
          >
            {name} ×
          </button>
        );
      })}
      {chips.length > 0 && (
        <button type="button" className="linkbtn" onClick={() => change(withoutFilters(filter))}>
          {t('ledger:clear')}
        </button>
      )}
      <span className="r">
        <span role="status">
          {total === null
            ? t('ledger:counting', { shown: formatCount(shown) })
            : t('ledger:total', { total: formatCount(total), shown: formatCount(shown) })}
        </span>
        <OrderOf sort={sortOf(filter)} setSort={(sort) => change({ ...filter, sort })} />
        <details className="cols noprint">
          <summary>{t('ledger:columns')}</summary>
          <div>
            {optional.map((c) => (
              <label key={c.key}>
                <input
                  type="checkbox"
                  checked={layout.columns.includes(c.key)}
                  onChange={(e) =>
                    setLayout({
                      ...layout,
                      columns: e.currentTarget.checked ? [...layout.columns, c.key] : layout.columns.filter((k) => k !== c.key),
                    })
                  }
                />
                {t(`ledger:column.${c.key}`)}
              </label>
            ))}
          </div>
        </details>
        <button
          type="button"
          className="linkbtn noprint"
          aria-pressed={layout.roomy}
          onClick={() => setLayout({ ...layout, roomy: !layout.roomy })}
        >
          {t(layout.roomy ? 'ledger:dense' : 'ledger:roomy')}
        </button>
      </span>
    </div>
  );
}
