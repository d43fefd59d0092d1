import { describe, expect, test } from 'vitest';
import { smallCampaign } from '../../../test/fixtures/small-campaign.ts';
import { foldSource, isClosed } from './source.ts';

const actsOf = (id: string) => smallCampaign.find((s) => s[0]?.streamId === id) ?? [];

describe('a pollution source', () => {
  test('is closed while the last word on it is an accepted closure', () => {
    const closed = ['s1', 's2', 's3', 's4', 's5', 's6'].filter((id) => isClosed(actsOf(id)));
    // s3 and s5 run again, s6 was seen running before its closure; that s4 is no scattered polluter is another matter.
    expect(closed).toEqual(['s2', 's4', 's6']);
    expect(isClosed([])).toBe(false);
  });

  test('knows its number, its place and how often it was inspected', () => {
    expect(foldSource(actsOf('s3'))).toEqual({ id: 's3', no: 'S-1', place: 140_212, inspections: 2 });
    expect(foldSource(actsOf('s2'))).toEqual({ id: 's2', no: 'S-1', place: 140_106, inspections: 0 });
    expect(foldSource([])).toBeUndefined();
    expect(foldSource(actsOf('p1'))).toBeUndefined();
  });
});
