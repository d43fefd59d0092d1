import { describe, expect, test } from 'vitest';
import { on, smallCampaign, stream } from '../../../test/fixtures/small-campaign.ts';
import type { Act } from '../acts/act.ts';
import { foldCase } from './case.ts';

const actsOf = (id: string): readonly Act[] => smallCampaign.find((s) => s[0]?.streamId === id) ?? [];

describe('a penalty case', () => {
  test('holds the decision with every daily fine since, and the first of its measures', () => {
    const wanted = {
      id: 'c1',
      no: 'A-1',
      unit: '云岫演示铸造有限公司',
      place: 140_105,
      cause: '超标',
      problemId: null,
      sourceId: null,
      decided: true,
      decidedAt: on('07-08'),
      revoked: false,
      amountFen: 2_100_000,
      measure: 'seizure',
      version: 5,
    };
    expect(foldCase(actsOf('c1'))).toEqual(wanted);
    expect(foldCase([...actsOf('c1')].reverse())).toEqual(wanted);
  });

  test('is as it stood', () => {
    expect(foldCase(actsOf('c1'), on('07-02'))).toMatchObject({ decided: false, decidedAt: null, amountFen: 0, measure: null, version: 1 });
    expect(foldCase(actsOf('c1'), on('07-08'))).toMatchObject({ decided: true, amountFen: 100_000, measure: 'seizure', version: 3 });
    expect(foldCase(actsOf('c2'))).toMatchObject({ decided: true, revoked: true, amountFen: 50_000 });
    expect(foldCase(actsOf('c1'), on('07-01'))).toBeUndefined();
  });

  test('is none without its filing, and takes nothing from acts of other streams', () => {
    expect(foldCase([])).toBeUndefined();
    expect(foldCase(actsOf('c1').slice(1))).toBeUndefined();
    const stray = { ...(stream('problem', 'p', ['07-09', { kind: 'ProblemConfirmed', payload: {} }])[0] as Act), seq: 9 };
    expect(foldCase([...actsOf('c1'), stray])?.version).toBe(5);
  });
});
