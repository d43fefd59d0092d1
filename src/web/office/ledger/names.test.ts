import { describe, expect, test } from 'vitest';
import type { CampaignView } from '../../../contract/campaign.ts';
import { wordsOf } from '../../i18n/words-of.ts';
import { lookOf, toneOf } from '../../ui/StateMark.tsx';
import { caseColumns, columns, defaultColumns, nameOf } from './columns.tsx';
import { valueName } from './Facets.tsx';
import { readLayout } from './layout.ts';
import type { ListKey } from './query.ts';

const [zh, en] = [await wordsOf('zh'), await wordsOf('en')];
const campaign = {
  mode: 'synthetic',
  register: null,
  states: ['found', 'claimed'],
  places: [
    { code: 140100, name: '太原市', nameEn: 'Taiyuan', level: 'city' },
    { code: 140105, name: '小店区', nameEn: 'Xiaodian', level: 'county' },
  ],
  aspects: [
    { code: 'coke', version: 1, name: { zh: '焦化（旧）', en: '' } },
    { code: 'coke', version: 2, name: { zh: '焦化', en: '' } },
  ],
  types: [{ code: 'air', name: { zh: '大气', en: 'air' } }],
  keyTasks: [{ code: 'fenhe', name: { zh: '汾河', en: 'Fen River' } }],
  batches: [{ no: 1, name: '', issuedAt: '' }],
} as unknown as CampaignView;
const both = (key: ListKey, value: string) => [valueName(key, value, campaign, zh), valueName(key, value, campaign, en)];

describe('the value of a facet is called', () => {
  test('by its place, short in Chinese', () => {
    expect([both('city', '140100'), both('county', '140105')]).toEqual([
      ['太原', 'Taiyuan'],
      ['小店', 'Xiaodian'],
    ]);
  });

  test('by its batch, with a capital where it begins a line', () => {
    expect(both('batches', '3')).toEqual(['第3批', 'Batch 3']);
    expect(both('batches', '0')).toEqual([zh.t('ledger:noBatch'), en.t('ledger:noBatch')]);
  });

  test('by its class, kind, task, state and clue', () => {
    expect([both('aspect', 'coke'), both('type', 'air'), both('task', 'fenhe')]).toEqual([
      ['焦化', '焦化'],
      ['大气', 'air'],
      ['汾河', 'Fen River'],
    ]);
    expect(both('state', 'rebounded')).toEqual([zh.t('states:rebounded'), 'rebounded']);
    expect(both('clue', 'hotline')).toEqual([zh.t('ledger:clues.hotline'), en.t('ledger:clues.hotline')]);
  });

  test('as it is where nobody here knows it', () => {
    for (const key of ['city', 'aspect', 'type', 'task', 'state', 'clue'] as const)
      expect(both(key, '999999'), key).toEqual(['999999', '999999']);
  });

  test('none where there is none', () => {
    for (const key of ['aspect', 'clue', 'city'] as const)
      for (const value of ['none', '']) expect(both(key, value)).toEqual([zh.t('ledger:noValue'), en.t('ledger:noValue')]);
  });
});

test('a value of a classification has the name of its newest version; none is empty', () => {
  expect([nameOf(campaign.aspects, 'coke', zh), nameOf(campaign.aspects, 'gone', zh), nameOf(campaign.aspects, null, zh)]).toEqual([
    '焦化',
    'gone',
    '',
  ]);
});

describe('columns', () => {
  const of = (more: Partial<CampaignView>) => defaultColumns({ ...campaign, ...more });

  test('are shown at first where the campaign has something for them', () => {
    expect(of({})).toEqual(['no', 'unit', 'state', 'deadline', 'daysLeft', 'place', 'text', 'aspect', 'batch', 'clue', 'found', 'updated']);
    expect(of({ mode: 'historic', aspects: [], batches: [] })).toEqual([
      'no',
      'unit',
      'state',
      'place',
      'text',
      'amount',
      'type',
      'found',
      'updated',
    ]);
    expect(of({ mode: 'historic', aspects: [], batches: [], types: [] })).not.toContain('type');
  });

  test('have keys of their own, and those of cases are among them', () => {
    const keys = columns.map((c) => c.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(caseColumns.filter((k) => !keys.includes(k))).toEqual([]);
  });

  test('that stay in place stand first: what scrolls must not pass under a gap', () => {
    const frozen = columns.map((c) => c.frozen === true);
    expect(frozen.lastIndexOf(true)).toBeLessThan(frozen.indexOf(false));
  });
});

describe('a layout that was kept', () => {
  test('is read back', () => {
    expect(readLayout('{"columns":["state","place"],"roomy":true}')).toEqual({ columns: ['state', 'place'], roomy: true });
    expect(readLayout('{"columns":["state"]}')).toEqual({ columns: ['state'], roomy: false });
  });

  test.each([null, '', 'null', '{', '[]', '7', '{}', '{"columns":[]}', '{"columns":"state"}', '{"roomy":true}'])(
    'as %s is none',
    (text) => {
      expect(readLayout(text)).toBeUndefined();
    },
  );
});

describe('a state looks', () => {
  const outside = {
    register: {
      registers: {},
      states: { open: { zh: '', en: '' }, closed: { zh: '', en: '' }, cleared: { zh: '', en: '' } },
      steps: {},
      amounts: {},
      flags: {},
    },
    states: ['open', 'closed', 'cleared'],
  };

  test('by its own shape and tone in a campaign of ours', () => {
    expect([lookOf('cleared', undefined), lookOf('overdue', campaign), lookOf('rebounded', campaign)]).toEqual([
      ['cleared', 'square'],
      ['overdue', 'triangle'],
      ['rebound', 'hook'],
    ]);
  });

  test('of an outside register by its place alone: which of its states is good is not for us to say', () => {
    expect(['open', 'closed', 'cleared'].map((s) => lookOf(s, outside))).toEqual([
      ['open', 'ring'],
      ['open', 'square'],
      ['open', 'half'],
    ]);
  });

  test('of a record that is not listed any more as ours, also there', () => {
    expect(lookOf('vanished', outside)).toEqual(['open', 'dash']);
  });

  test('that nobody knows like an open one', () => {
    expect([lookOf('unheard-of', undefined), lookOf('unheard-of', outside), toneOf('unheard-of')]).toEqual([
      ['open', 'ring'],
      ['open', 'ring'],
      'open',
    ]);
  });

  test('of many states begins again with the shapes', () => {
    const states = Array.from({ length: 20 }, (_, i) => `s${i}`);
    const many = { register: { ...outside.register, states: Object.fromEntries(states.map((s) => [s, { zh: '', en: '' }])) }, states };
    const shapes = states.map((s) => lookOf(s, many)[1]);
    expect([new Set(shapes).size, shapes[8], shapes[19]]).toEqual([8, shapes[0], shapes[3]]);
  });
});
