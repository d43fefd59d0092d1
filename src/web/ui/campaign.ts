import { createContext, useContext } from 'react';
import type { CampaignView } from '../../contract/campaign.ts';
import type { Where } from '../../contract/paths/office.ts';
import { formatDate, formatDay, formatDayTime, formatMoment, formatTime } from './format.ts';
import type { Lang } from './language.ts';
import { useWords } from './words.ts';

export interface CampaignPlace {
  readonly campaign: CampaignView;
  readonly where: Where;
}

/** The campaign the page is in and the instant it is read at. */
export const CampaignContext = createContext<CampaignPlace | null>(null);

export function useCampaign(): CampaignPlace {
  const value = useContext(CampaignContext);
  if (value === null) throw new Error('no campaign around this page');
  return value;
}

/** Dates in the campaign's own zone and the page's language. */
export function useDates() {
  const offset = useContext(CampaignContext)?.campaign.utcOffsetMinutes ?? 480;
  const { lang } = useWords();
  return {
    date: (at: string) => formatDate(at, offset, lang),
    day: (at: string) => formatDay(at, offset, lang),
    moment: (at: string) => formatMoment(at, offset, lang),
    dayTime: (at: string) => formatDayTime(at, offset, lang),
    time: (at: string) => formatTime(at, offset),
  };
}

/** Name of a place by its code, in the page's language. */
export function placeName(campaign: CampaignView, code: number, lang: Lang): string {
  const place = campaign.places.find((p) => p.code === code);
  if (place === undefined) return code === 0 ? '' : String(code);
  return lang === 'en' ? (place.nameEn ?? place.name) : place.name;
}

/** Name of an organisation by its code; a name that is no code stays as it is. */
export function orgName(campaign: Pick<CampaignView, 'organisations'>, code: string): string {
  return campaign.organisations.find((o) => o.code === code)?.name ?? code;
}

/** 太原市 -> 太原, 洪洞县 -> 洪洞; two-character names keep their ending. */
export function shortPlace(name: string): string {
  return name.length > 2 ? name.replace(/(市|区|县)$/u, '') : name;
}

/** City and county of a code, short: 临汾·洪洞. */
export function placePath(campaign: CampaignView, code: number, lang: Lang): string {
  if (code === 0) return '';
  const county = placeName(campaign, code, lang);
  const city = code - (code % 100);
  if (city === code || !campaign.places.some((p) => p.code === city)) return county;
  const parts = [placeName(campaign, city, lang), county];
  return lang === 'zh' ? parts.map(shortPlace).join('·') : parts.reverse().join(', ');
}
