import { describe, expect, test } from 'vitest';
import type { CampaignView } from '../../contract/campaign.ts';
import { orgName, placeName, placePath, shortPlace } from './campaign.ts';

const campaign = {
  places: [
    { code: 140000, name: '山西省', nameEn: 'Shanxi', level: 'province' },
    { code: 141000, name: '临汾市', nameEn: 'Linfen', level: 'city' },
    { code: 141024, name: '洪洞县', nameEn: 'Hongtong', level: 'county' },
    { code: 141082, name: '霍州市', level: 'county' },
    { code: 420102, name: '江岸区', level: 'county' },
  ],
  organisations: [
    { code: 'gov-141024', name: '洪洞县人民政府', place: 141024, kind: 'government' },
    { code: '', name: '无名', place: 0, kind: '' },
  ],
} as unknown as CampaignView;

describe('a place', () => {
  test('is called by its name in the page’s language, by its Chinese one where there is no other, by its code where it is unknown', () => {
    expect([placeName(campaign, 141024, 'zh'), placeName(campaign, 141024, 'en'), placeName(campaign, 141082, 'en')]).toEqual([
      '洪洞县',
      'Hongtong',
      '霍州市',
    ]);
    expect([placeName(campaign, 999999, 'zh'), placeName(campaign, 0, 'zh')]).toEqual(['999999', '']);
  });

  test('is short without its ending, where two characters are left', () => {
    expect(['太原市', '洪洞县', '小店区', '山西省', '沙市', '吉县', '市', ''].map(shortPlace)).toEqual([
      '太原',
      '洪洞',
      '小店',
      '山西省',
      '沙市',
      '吉县',
      '市',
      '',
    ]);
    expect(shortPlace('市中区')).toBe('市中');
    expect(shortPlace('Xinghualing 区')).toBe('Xinghualing ');
  });

  test('with its city stands in the order of the language', () => {
    expect([placePath(campaign, 141024, 'zh'), placePath(campaign, 141024, 'en')]).toEqual(['临汾·洪洞', 'Hongtong, Linfen']);
    expect(placePath(campaign, 141000, 'zh')).toBe('临汾市');
  });

  test('of a city nobody lists stands alone, and none is empty', () => {
    expect([placePath(campaign, 420102, 'zh'), placePath(campaign, 0, 'zh'), placePath(campaign, 0, 'en')]).toEqual(['江岸区', '', '']);
    expect(placePath(campaign, 123456, 'en')).toBe('123456');
  });
});

test('an organisation is called by its name; what is no code stays as it is', () => {
  expect(['gov-141024', '山西某焦化厂', 'gov-999999'].map((code) => orgName(campaign, code))).toEqual([
    '洪洞县人民政府',
    '山西某焦化厂',
    'gov-999999',
  ]);
});
