import { useEffect, useMemo, useState } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import type { LedgerRow } from '../../../contract/ledger.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import type { Where } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { cursorOf, needsMore, PlacesInLists, type PlaceInList } from './place-in-list.ts';
import { apiQuery, type LedgerFilter } from './query.ts';

/** State of a link that leads back to a list. */
export const back = { back: true } as const;

function sessionStore(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    // A browser that lets nothing be read.
    return null;
  }
}

export const places = new PlacesInLists(sessionStore());

/** By what a list is known: its question with the instant. */
export function listAddress(where: Where, filter: LedgerFilter): string {
  return to(api.ledger, {}, inCampaign(where, apiQuery(filter)));
}

/** The place in a list that somebody comes back to, once its lines are there: how far it was scrolled, and the line of the cursor. */
export function useReturn(
  list: string,
  rows: readonly LedgerRow[],
  pages: { readonly hasMore: boolean; readonly fetching: boolean; readonly more: () => void },
  setCursor: (index: number) => void,
): PlaceInList | null {
  const how = useNavigationType();
  const { key, state } = useLocation();
  const asked = (state as Partial<typeof back> | null)?.back === true;
  const place = useMemo(() => places.restored(list, how, key, asked) ?? null, [list, how, key, asked]);
  const [shown, setShown] = useState<{ readonly for: string; readonly place: PlaceInList | null }>({ for: '', place: null });
  const entry = `${key} ${list}`;
  const waits = place !== null && needsMore(place, rows, pages.hasMore);
  const { fetching, more } = pages;
  useEffect(() => {
    if (waits && !fetching) more();
  }, [waits, fetching, more]);
  useEffect(() => {
    if (shown.for === entry || rows.length === 0 || waits) return;
    setShown({ for: entry, place });
    if (place !== null) setCursor(cursorOf(place, rows));
  }, [entry, place, rows, setCursor, shown.for, waits]);
  useEffect(() => () => places.keep(list), [list]);
  return shown.for === entry ? shown.place : null;
}
