import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import type { FigureDefinition } from '../../domain/campaign/settings.ts';
import { parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import type { FrozenFigure } from '../../domain/publication/acts.ts';
import type { Bulletin } from '../../domain/publication/bulletin.ts';
import type { FullReading } from '../../usecases/publication/readings.ts';
import { presentBulletin, presentBulletins, presentCheck } from './present.ts';

const instant = (text: string) => parseInstant(text) as Instant;
const campaign = {
  settings: { slug: 'shanxi-2019', utcOffsetMinutes: 480, currency: 'CNY', places: [], facts: [], aspects: [], types: [], measures: [] },
  figures: [{ id: 'fines.total', version: 1, name: { zh: '罚款', en: 'fines' } }],
} as unknown as Campaign;
const asOf = '2019-08-05T18:00:00+08:00';
const draft: Bulletin = {
  id: 'b1',
  no: 3,
  kind: 'press',
  title: 'Progress',
  lang: 'en',
  body: 'x',
  asOf,
  state: 'draft',
  version: 1,
  authors: [],
  corrects: null,
  returnedFor: null,
  released: null,
  correctedBy: [],
  draftedAt: instant('2019-08-05T10:00:00Z'),
  changedAt: instant('2019-08-05T10:30:00.25Z'),
  releasedAct: null,
};
const alone = { bulletin: draft, corrects: null, correctedBy: [] };

describe('a list of bulletins', () => {
  const list = { campaign, bulletins: [alone], offers: [], published: [], can: { write: true, publish: false } };

  test('says when each was begun and changed in the time of the campaign, and where its public page will be', () => {
    expect(presentBulletins(list).bulletins).toEqual([
      {
        ...{ id: 'b1', no: 3, kind: 'press', title: 'Progress', lang: 'en', state: 'draft', version: 1, asOf },
        draftedAt: '2019-08-05T18:00:00+08:00',
        changedAt: '2019-08-05T18:30:00.250+08:00',
        releasedAt: null,
        corrects: null,
        correctedBy: [],
        path: '/public/en/shanxi-2019/bulletins/3',
      },
    ]);
    const chinese = { ...alone, bulletin: { ...draft, lang: 'zh' as const } };
    expect(presentBulletins({ ...list, bulletins: [chinese] }).bulletins[0]?.path).toBe('/public/shanxi-2019/bulletins/3');
  });

  test('names the figures of a published instant in order, and none where it is all of them', () => {
    const [at, recordedAt] = [instant('2019-07-31T16:00:00Z'), instant('2019-08-01T00:00:00Z')];
    const published = [
      { asOf: at, recordedAt, figures: new Set(['b', 'a']) },
      { asOf: at, recordedAt, figures: null },
    ];
    const told = { asOf: '2019-08-01T00:00:00+08:00', recordedAt: '2019-08-01T08:00:00+08:00' };
    expect(presentBulletins({ ...list, published }).published).toEqual([
      { ...told, figures: ['a', 'b'] },
      { ...told, figures: null },
    ]);
  });
});

describe('a bulletin', () => {
  const seen = {
    ...alone,
    ...{ campaign, tokens: [], findings: [], seal: null, changes: [] },
    history: [{ kind: 'BulletinDrafted', at: instant('2019-08-05T10:00:00Z'), by: '周慎', reason: null }],
    can: { write: true, release: false, releaseRefused: 'bulletin.two-persons', return: false, correct: false },
  };

  test('has nothing frozen before its release', () => {
    expect(presentBulletin(seen)).toMatchObject({
      released: null,
      history: [{ kind: 'BulletinDrafted', at: '2019-08-05T18:00:00+08:00', by: '周慎', reason: null }],
    });
  });

  test('shows a frozen figure in its own language, and by its id where the campaign no longer defines it', () => {
    const figure = { id: 'fines.total', version: 1, filter: {}, numerator: 123_456, denominator: null, unit: 'fen' } as FrozenFigure;
    const released = {
      figures: [figure, { ...figure, version: 9, numerator: 100 }],
      ...{ artefacts: [], checkpoint: null, corrects: null, releasedAt: asOf, renderer: 'r1' },
    };
    const page = presentBulletin({
      ...seen,
      bulletin: { ...draft, state: 'released', released },
      seal: { text: 'clearzero bulletin', qr: '<svg/>' },
    });
    expect(page).toMatchObject({ releasedAt: asOf, released: { seal: 'clearzero bulletin', qr: '<svg/>', renderer: 'r1' } });
    expect(page.released?.figures.map((f) => [f.name.en, f.shown])).toEqual([
      ['fines', '1,234.56 yuan'],
      ['fines.total', '1 yuan'],
    ]);
  });
});

test('a check says what each token says, nothing where it cannot be read, and findings in both languages', () => {
  const definition = { id: 'problems.found', version: 1, name: { zh: '问题', en: 'problems' } } as FigureDefinition;
  const value = { id: 'problems.found', version: 1, filter: {}, numerator: 2507, denominator: null, value: 2507, unit: 'problem' };
  const token = { id: 'problems.found', version: 1, filter: {}, asOf: null, show: 'value' as const };
  const told = presentCheck({
    campaign,
    lang: 'en',
    findings: [{ code: 'text.no-figures', severity: 'warning', at: null, details: {} }],
    tokens: [
      { token, reading: { ...value, asOf, definition, logSize: 1 } as unknown as FullReading },
      { token: { ...token, id: 'nope' }, reading: null },
    ],
  });
  expect(told.values).toEqual([
    { token: '{{problems.found@1}}', shown: '2,507', name: { zh: '问题', en: 'problems' }, cohort: '', figure: { ...value, asOf } },
    { token: '{{nope@1}}', shown: null, name: null, cohort: '', figure: null },
  ]);
  expect(told.findings).toEqual([
    {
      ...{ code: 'text.no-figures', severity: 'warning', at: null, details: {} },
      messages: { zh: '全文没有引用任何指标。', en: 'The text quotes no figure.' },
    },
  ]);
});
