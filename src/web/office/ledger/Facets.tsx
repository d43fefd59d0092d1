import { useState } from 'react';
import type { LedgerFacets } from '../../../contract/ledger.ts';
import { cityOf } from '../../../domain/kernel/place.ts';
import { placeName, shortPlace, useCampaign } from '../../ui/campaign.ts';
import { formatBatches, formatCount } from '../../ui/format.ts';
import { clueName, stateName } from '../../ui/register-words.ts';
import { StateSign } from '../../ui/StateMark.tsx';
import { useWords, type Words } from '../../ui/words.ts';
import type { CampaignView } from '../../../contract/campaign.ts';
import { nameOf } from './columns.tsx';
import { Days } from './Days.tsx';
import { listKeys, toggle, values, type LedgerFilter, type ListKey } from './query.ts';

/** What a facet's value is called. */
export function valueName(key: ListKey, value: string, campaign: CampaignView, words: Words): string {
  if (value === 'none' || value === '') return words.t('ledger:noValue');
  switch (key) {
    case 'city':
    case 'county': {
      const name = placeName(campaign, Number(value), words.lang);
      return words.lang === 'zh' ? shortPlace(name) : name;
    }
    case 'batches':
      return value === '0' || value === '' ? words.t('ledger:noBatch') : capital(formatBatches([Number(value)], words.lang));
    case 'state':
      return stateName(campaign, value, words);
    case 'aspect':
      return nameOf(campaign.aspects, value, words);
    case 'type':
      return nameOf(campaign.types, value, words);
    case 'task':
      return nameOf(campaign.keyTasks, value, words);
    case 'clue':
      return clueName(campaign, value, words);
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

interface Entry {
  readonly value: string;
  readonly count: number | null;
}

/** Facets that come without counts: the counties of the cities chosen, and the key tasks. */
function uncounted(key: ListKey, filter: LedgerFilter, campaign: CampaignView): Entry[] {
  if (key === 'task') return campaign.keyTasks.map((task) => ({ value: task.code, count: null }));
  if (key !== 'county') return [];
  const cities = values(filter, 'city').map(Number);
  return campaign.places
    .filter((p) => p.level === 'county' && p.statisticsOnly !== true && cities.includes(cityOf(p.code)))
    .map((p) => ({ value: String(p.code), count: null }));
}

/** Facets with counts under the filter in force; each ignores its own choice, so that one can be added. */
export function Facets({
  facets,
  filter,
  change,
}: {
  readonly facets: LedgerFacets | undefined;
  readonly filter: LedgerFilter;
  readonly change: (next: LedgerFilter) => void;
}) {
  const { campaign } = useCampaign();
  const words = useWords();
  const entriesOf = (key: ListKey): readonly Entry[] =>
    facets?.facets[key] ?? facets?.facets[key === 'batches' ? 'batch' : key] ?? uncounted(key, filter, campaign);
  // A facet whose only value is “none” tells nothing.
  const known = listKeys.filter((key) => entriesOf(key).some((e) => !['', '0', 'none'].includes(e.value)));
  return (
    <aside className="fac" aria-label={words.t('ledger:facets')} aria-busy={facets === undefined}>
      <Days filter={filter} change={change} />
      {facets === undefined && <span className="bone" />}
      {known.map((key) => (
        <Facet key={key} name={key} entries={entriesOf(key)} filter={filter} change={change} />
      ))}
    </aside>
  );
}

function Facet({
  name,
  entries,
  filter,
  change,
}: {
  readonly name: ListKey;
  readonly entries: readonly Entry[];
  readonly filter: LedgerFilter;
  readonly change: (next: LedgerFilter) => void;
}) {
  const { campaign } = useCampaign();
  const words = useWords();
  const chosen = values(filter, name);
  const [open, setOpen] = useState(false);
  const order =
    name === 'state'
      ? byChart(entries, campaign.states)
      : name === 'batches'
        ? [...entries].sort((a, b) => Number(a.value) - Number(b.value))
        : entries;
  const limit = name === 'state' ? 12 : 6;
  const shown = open || order.length <= limit + 1 ? order : order.filter((e, i) => i < limit || chosen.includes(e.value));
  return (
    <section>
      <h2>{facetTitle(name, campaign, words)}</h2>
      <ul>
        {shown.map((e) => (
          <li key={e.value}>
            <button type="button" aria-pressed={chosen.includes(e.value)} onClick={() => change(toggle(filter, name, e.value))}>
              {name === 'state' && <StateSign state={e.value} />}
              <span className="el">{valueName(name, e.value, campaign, words)}</span>
              {e.count !== null && <span className="n c3">{formatCount(e.count)}</span>}
            </button>
          </li>
        ))}
        {shown.length < order.length && (
          <li>
            <button type="button" className="c3" onClick={() => setOpen(true)}>
              {words.t('ledger:further', { count: order.length - shown.length })}
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

/** Records of a register come from registers, not from clues, and its places need not be cities. */
function facetTitle(name: ListKey, campaign: CampaignView, words: Words): string {
  if (name === 'clue' && campaign.mode === 'historic') return words.t('ledger:register');
  if (name === 'city' && campaign.mode === 'historic') return words.t('dashboard:places.city');
  return words.t(`ledger:facet.${name}`);
}

function byChart<T extends { readonly value: string }>(entries: readonly T[], states: readonly string[]): T[] {
  const place = (v: string) => (states.includes(v) ? states.indexOf(v) : states.length);
  return [...entries].sort((a, b) => place(a.value) - place(b.value));
}
