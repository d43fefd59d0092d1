import { useNavigate } from 'react-router';
import type { FigureAnswer } from '../../../contract/figures.ts';
import { paths } from '../../../contract/paths/office.ts';
import { placePath, useCampaign } from '../../ui/campaign.ts';
import { formatBatches } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import type { FilterText } from './filter.ts';

/** Narrows the figure to a cohort: only the keys that its definition knows. */
export function FilterLine({ definition, filter }: { readonly definition: FigureAnswer['definition']; readonly filter: FilterText }) {
  const { campaign, where } = useCampaign();
  const { t, pick, lang } = useWords();
  const navigate = useNavigate();
  if (definition.filters.length === 0) return null;
  const set = (key: string, value: string | readonly number[] | undefined) => {
    const next = { ...filter, [key]: value };
    if (key === 'city') delete next.county;
    void navigate(paths.figure(where, definition.id, next));
  };
  const batches = Array.isArray(filter.batches) ? (filter.batches as number[]) : [];
  const places = (level: 'city' | 'county') =>
    campaign.places.filter(
      (p) =>
        p.level === level &&
        (level === 'city' || filter.city === undefined || Math.floor(p.code / 100) === Math.floor(Number(filter.city) / 100)),
    );
  const lists: Record<string, { value: string; label: string }[]> = {
    city: places('city').map((p) => ({ value: String(p.code), label: placePath(campaign, p.code, lang) })),
    county: places('county').map((p) => ({ value: String(p.code), label: placePath(campaign, p.code, lang) })),
    aspect: [...new Map(campaign.aspects.map((a) => [a.code, { value: a.code, label: pick(a.name) }])).values()],
    type: campaign.types.map((x) => ({ value: x.code, label: pick(x.name) })),
    measure: campaign.measures.map((x) => ({ value: x.code, label: pick(x.name) })),
  };
  return (
    <div className="fline noprint" role="group" aria-label={t('figure:filter')}>
      <span className="c2">{t('figure:filter')}</span>
      {definition.filters.includes('batches') && campaign.batches.length > 0 && (
        <span className="batches">
          {campaign.batches.map((b) => (
            <button
              key={b.no}
              type="button"
              className="btn small"
              aria-pressed={batches.includes(b.no)}
              onClick={() => {
                const next = batches.includes(b.no) ? batches.filter((n) => n !== b.no) : [...batches, b.no].sort((x, y) => x - y);
                set('batches', next.length === 0 ? undefined : next);
              }}
            >
              {formatBatches([b.no], lang)}
            </button>
          ))}
        </span>
      )}
      {Object.entries(lists).map(
        ([key, options]) =>
          definition.filters.includes(key) &&
          options.length > 0 && (
            <select
              key={key}
              aria-label={t(`figure:key.${key}`)}
              value={String(filter[key as 'city'] ?? '')}
              onChange={(e) => set(key, e.currentTarget.value === '' ? undefined : e.currentTarget.value)}
            >
              <option value="">{t(`figure:key.${key}`)}</option>
              {options.map((o) => (
                <option key={o.value} value={o.value}>
                  {o.label}
                </option>
              ))}
            </select>
          ),
      )}
    </div>
  );
}
