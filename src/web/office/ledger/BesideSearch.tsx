import { Link } from 'react-router';
import { covers, rangeOf } from '../../../domain/kernel/place.ts';
import { paths } from '../../../contract/paths/office.ts';
import { placePath, useCampaign } from '../../ui/campaign.ts';
import { formatBatches } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';
import { useSession } from '../shell/session.ts';
import { besideSearch } from './beside.ts';
import type { LedgerFilter } from './query.ts';

/** Places and batches that the words of a search name, beside the lines whose texts hold them. */
export function BesideSearch({ filter }: { readonly filter: LedgerFilter }) {
  const { campaign, where } = useCampaign();
  const { t, lang } = useWords();
  const grants = useSession().data?.user.grants ?? [];
  const { places: named, batches } = besideSearch(filter, campaign);
  // A place where somebody may see nothing leads nowhere.
  const places = named.filter((p) => grants.some((g) => covers(rangeOf(g.place), p.code)));
  if (places.length === 0 && batches.length === 0) return null;
  return (
    <nav className="beside" aria-label={t('find:beside.title')}>
      <span>{t('find:beside.title')}</span>
      {places.map((p) => (
        <Link key={`${p.code} ${p.filter.q ?? ''}`} to={paths.ledger(where, { ...p.filter })}>
          {p.filter.q === undefined
            ? t('find:beside.place', { place: placePath(campaign, p.code, lang) })
            : t('find:beside.placeWith', { place: placePath(campaign, p.code, lang), words: p.filter.q })}
        </Link>
      ))}
      {batches.map((no) => (
        <Link key={no} to={paths.batch(where, no)}>
          {t('find:beside.batch', { batch: formatBatches([no], lang) })}
        </Link>
      ))}
    </nav>
  );
}
