import type { CampaignSettings, PlaceEntry } from '../../src/domain/campaign/settings.ts';
import { shanxiSettings } from '../../src/demo/shanxi-2019.ts';

/** Two cities with two counties each: enough for neighbours, small enough to read. */
export const fewPlaces: readonly PlaceEntry[] = [
  { code: 140_000, name: '山西省' },
  { code: 140_100, name: '太原市' },
  { code: 140_105, name: '小店区' },
  { code: 140_106, name: '迎泽区' },
  { code: 140_200, name: '大同市' },
  { code: 140_212, name: '新荣区' },
  { code: 140_213, name: '平城区' },
];

export const fewCounties = [140_105, 140_106, 140_212, 140_213] as const;

/** Settings of a small campaign; the notice of one aspect runs two days, so that clearing may have to wait. */
export function fewSettings(): CampaignSettings {
  const settings = shanxiSettings(fewPlaces);
  return {
    ...settings,
    slug: 'few-places',
    aspects: settings.aspects.map((a) => (a.code === 'boilers' ? { ...a, noticeDays: 2 } : a)),
  };
}
