import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { ItemPage } from '../../../contract/items.ts';
import type { LedgerPosition } from '../../../contract/ledger.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { unlessComposing } from '../../ui/composing.ts';
import { formatCount } from '../../ui/format.ts';
import { useApi } from '../../ui/query.ts';
import { useWords, type Words } from '../../ui/words.ts';
import { apiQuery, itemInList, listOf } from '../ledger/query.ts';
import { back, listAddress, places } from '../ledger/use-place.ts';
import { walkOf, type Walk } from './walk.ts';

/** The list a record was opened from, and where one goes from here; without one, by number through all that may be seen. */
export function useWalk(page: ItemPage) {
  const { where } = useCampaign();
  const [search] = useSearchParams();
  const list = listOf(search);
  const { no } = page.item;
  const query = useApi<LedgerPosition>(list === null ? null : to(api.ledgerPosition, {}, inCampaign(where, { ...apiQuery(list), no })));
  const now = query.data?.no === no ? query.data : undefined;
  // Where it stood when its page was opened: a command may move it, and one goes on from there.
  const [first, setFirst] = useState<LedgerPosition | null>(null);
  if (now !== undefined && first?.no !== no) setFirst(now);
  const walk: Walk | null = now === undefined ? null : walkOf(first?.no === no ? first : now, now);
  const address = list === null ? null : listAddress(where, list);
  const index = walk?.index ?? null;
  const known = walk !== null;
  useEffect(() => {
    if (address !== null && known) places.visit(address, no, index);
  }, [address, known, no, index]);
  const link = (other: string) => (list === null ? paths.item(where, other) : itemInList(where, other, list));
  // What follows in the register is not what follows in a list that could not be asked.
  const beside = list === null || query.isError ? page : walk;
  return {
    list,
    walk,
    previous: beside?.previous ?? null,
    following: beside?.following ?? null,
    link: query.isError ? (other: string) => paths.item(where, other) : link,
  };
}

type Walking = ReturnType<typeof useWalk>;

/** Back to the list that the record was opened from, where it was left; to the ledger without one. */
export function BackToList({ list }: Pick<Walking, 'list'>) {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  const ledger = t(campaign.mode === 'historic' ? 'shell:records' : 'shell:ledger');
  if (list === null) return <Link to={paths.ledger(where)}>{ledger}</Link>;
  return (
    <Link to={paths.ledger(where, list)} state={back}>
      {list.view === undefined || list.view === 'all'
        ? t('find:back', { name: ledger })
        : t('find:back', { name: t(`ledger:view.${list.view}`) })}
    </Link>
  );
}

/** The place in the list, and the neighbours there; `j` and `k` go to them. */
export function ListWalk({ list, walk, previous, following, link }: Walking) {
  const { t } = useWords();
  const navigate = useNavigate();
  const go = useRef<(key: string) => string | null>(() => null);
  useEffect(() => {
    go.current = (key) => {
      const other = key === 'j' ? following : key === 'k' ? previous : null;
      return other === null ? null : link(other);
    };
  });
  useEffect(() => {
    const onKey = unlessComposing((e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey || (e.target as HTMLElement).closest('input,textarea,select,[role=dialog],dialog') !== null)
        return;
      const address = go.current(e.key);
      if (address !== null) void navigate(address);
    });
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate]);
  return (
    <>
      {previous !== null && (
        <Link className="noprint walk" to={link(previous)}>
          {t('problem:previous')} <kbd>k</kbd>
        </Link>
      )}
      {list !== null && walk !== null && (
        <span className="noprint walk" role="status" aria-label={placeWords(walk, t, true)}>
          {placeWords(walk, t, false)}
        </span>
      )}
      {following !== null && (
        <Link className="noprint walk" to={link(following)}>
          {t('problem:following')} <kbd>j</kbd>
        </Link>
      )}
    </>
  );
}

function placeWords(walk: Walk, t: Words['t'], aloud: boolean): string {
  const total = formatCount(walk.total);
  if (walk.at === 'moved') return t('find:left', { total });
  if (walk.at === 'further') return t('find:further', { total });
  return t(aloud ? 'find:placeAloud' : 'find:place', { index: formatCount(walk.index ?? 0), total });
}
