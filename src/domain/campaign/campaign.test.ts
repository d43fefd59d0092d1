import { describe, expect, test } from 'vitest';
import { on, stream } from '../../../test/fixtures/small-campaign.ts';
import { fewSettings } from '../../../test/generators/settings.ts';
import type { Act, ActKind } from '../acts/act.ts';
import { dictionary } from '../clearance/dictionary.ts';
import { aspectInForce, foldCampaign, type Campaign } from './campaign.ts';
import type { AspectDefinition, CampaignSettings } from './settings.ts';

const aspect = (code: string, version: number): AspectDefinition => ({
  code,
  no: 12,
  version,
  name: { zh: '噪声', en: 'Noise' },
  unit: { zh: '处', en: 'place' },
  criteria: { zh: '达标', en: 'within limits' },
  evidence: [],
  acceptanceBody: 'sx-acceptance',
  noticeDays: 0,
  deadlineDays: 30,
});
const keyTask = { code: 'fen', name: { zh: '汾河', en: 'Fen' }, places: [140_100], lists: [] };
const organisation = { code: 'gov-140100', name: '太原市人民政府', place: 140_100, kind: 'government' };
const team = { code: 'team-140100', name: '太原组', place: 140_100, members: ['贺川'] };
const own = { ...dictionary[0], id: 'own.figure' };

const campaign = (settings: CampaignSettings, ...list: readonly (readonly [ActKind, object])[]) =>
  stream(
    'campaign',
    'c',
    ['07-01', { kind: 'CampaignOpened', payload: settings }],
    ...list.map(([kind, payload], i) => [`07-0${i + 2}`, { kind, payload }] as const),
  );
const fold = (acts: readonly Act[], asOf?: string): Campaign => {
  const c = foldCampaign(acts, asOf === undefined ? undefined : on(asOf));
  if (c === undefined) throw new Error('not opened');
  return c;
};

describe('a campaign', () => {
  test('opens with its settings and the figures of the dictionary, and with nothing else', () => {
    const settings = fewSettings();
    expect(fold(campaign(settings))).toEqual({
      settings,
      keyTasks: [],
      figures: dictionary,
      organisations: [],
      teams: [],
      closedAspects: new Set(),
      version: 1,
    });
  });

  test('over an outside register has the figures of that register only', () => {
    const settings = { ...fewSettings(), facts: [{ fact: 'record.any', when: [] }] };
    expect(fold(campaign(settings)).figures).toEqual([]);
    expect(fold(campaign(settings, ['FigureDefined', own])).figures).toEqual([own]);
  });

  test('grows by what its acts add, in their order, and keeps the rest', () => {
    const settings = fewSettings();
    const acts = campaign(
      settings,
      ['AspectDefined', aspect('noise', 1)],
      ['KeyTaskDefined', keyTask],
      ['FigureDefined', own],
      ['OrganisationRegistered', organisation],
      ['TeamFormed', team],
      ['AspectClosed', { code: 'noise', version: 1 }],
      ['PersonalDataErased', { commitments: [], reason: 'r' }],
      ['LogMarksBegun', { size: 1 }],
    );
    const wanted = {
      settings: { ...settings, aspects: [...settings.aspects, aspect('noise', 1)] },
      keyTasks: [keyTask],
      figures: [...dictionary, own],
      organisations: [organisation],
      teams: [team],
      closedAspects: new Set(['noise@1']),
      version: 9,
    };
    expect(fold(acts)).toEqual(wanted);
    expect(fold([...acts].reverse())).toEqual(wanted);
    const twice = campaign(settings, ['TeamFormed', team], ['TeamFormed', { ...team, code: 'second' }]);
    expect(fold(twice).teams.map((t) => t.code)).toEqual(['team-140100', 'second']);
  });

  test('is as it stood: what is added today was unknown yesterday, and before its opening there is none', () => {
    const acts = campaign(fewSettings(), ['KeyTaskDefined', keyTask]);
    expect(fold(acts, '07-01')).toMatchObject({ keyTasks: [], version: 1 });
    expect(fold(acts, '07-02')).toMatchObject({ keyTasks: [keyTask], version: 2 });
    expect(foldCampaign(acts, on('06-30'))).toBeUndefined();
    expect(foldCampaign([])).toBeUndefined();
    expect(foldCampaign(acts.slice(1))).toBeUndefined();
  });

  test('takes nothing from acts of other streams', () => {
    const stray = { ...(stream('problem', 'p', ['07-05', { kind: 'ProblemConfirmed', payload: {} }])[0] as Act), seq: 9 };
    expect(fold([...campaign(fewSettings()), stray]).version).toBe(1);
  });
});

describe('the version of an aspect in force', () => {
  test('is the last one defined, unless just that one was closed', () => {
    const versions = [aspect('noise', 1), aspect('noise', 2)].map((a) => ['AspectDefined', a] as const);
    const close = (version: number) => ['AspectClosed', { code: 'noise', version }] as const;
    expect(aspectInForce(fold(campaign(fewSettings(), ...versions)), 'noise')?.version).toBe(2);
    expect(aspectInForce(fold(campaign(fewSettings(), ...versions, close(1))), 'noise')?.version).toBe(2);
    expect(aspectInForce(fold(campaign(fewSettings(), ...versions, close(2))), 'noise')).toBeUndefined();
  });

  test('is that of its own code', () => {
    expect(aspectInForce(fold(campaign(fewSettings())), 'boilers')).toMatchObject({ code: 'boilers', no: 6 });
    expect(aspectInForce(fold(campaign(fewSettings())), 'noise')).toBeUndefined();
  });
});
