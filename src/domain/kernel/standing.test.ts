import { expect, test } from 'vitest';
import { instant } from './instant.ts';
import { inCampaignTime, stampText } from './standing.ts';

test('a stamp is written in the time of the campaign, not of the reader', () => {
  const asOf = instant(Date.UTC(2019, 7, 5, 10));
  const standing = { campaign: 'sx', asOf, watermark: instant(asOf + 1), logSize: 7, utcOffsetMinutes: 480 };
  expect(stampText(standing)).toEqual({
    campaign: 'sx',
    asOf: '2019-08-05T18:00:00+08:00',
    watermark: '2019-08-05T18:00:00.001+08:00',
    logSize: 7,
  });
  expect(inCampaignTime({ utcOffsetMinutes: -300 })(asOf)).toBe('2019-08-05T05:00:00-05:00');
});
