import { describe, expect, test } from 'vitest';
import { bulkCommand } from '../../../contract/problems.ts';
import { bodyOf, untouched, type Typed } from './bulk.ts';

const filled: Typed = {
  operation: 'extend',
  days: 7,
  rule: 'R-1',
  reason: ' 设备到货延迟 ',
  government: 'gov-141024',
  department: ' 环保局 ',
  person: '王某',
  name: ' 第四批 ',
  deadline: '2019-08-20',
};
const read = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

describe('the body of a bulk operation', () => {
  test('holds the fields of the operation and none of the others, without blanks around them', () => {
    expect(read(bodyOf('confirm', filled))).toEqual({});
    expect(read(bodyOf('assign', filled))).toEqual({ government: 'gov-141024', department: '环保局', person: '王某' });
    expect(read(bodyOf('extend', filled))).toEqual({ rule: 'R-1', days: 7, reason: '设备到货延迟' });
    expect(read(bodyOf('batch', filled))).toEqual({ name: '第四批', deadline: '2019-08-20' });
  });

  test('is none before an operation is chosen, or while something is missing', () => {
    expect(bodyOf(null, filled)).toBeNull();
    expect(read(bodyOf('confirm', untouched))).toEqual({});
    for (const operation of ['assign', 'extend', 'batch'] as const) expect(bodyOf(operation, untouched), operation).toBeNull();
    for (const [operation, field] of [
      ['assign', 'government'],
      ['assign', 'person'],
      ['extend', 'rule'],
      ['extend', 'reason'],
      ['batch', 'name'],
      ['batch', 'deadline'],
    ] as const)
      for (const empty of ['', '  ', '　', '\n', undefined])
        expect(bodyOf(operation, { ...filled, [field]: empty }), `${field} ${empty}`).toBeNull();
  });

  test('is none without days: a field that was emptied holds an empty text', () => {
    expect(bodyOf('extend', { ...filled, days: '' as unknown as number })).toBeNull();
  });

  test('is the same text for the same values, so that nothing is asked twice', () => {
    expect(bodyOf('assign', { ...filled })).toBe(bodyOf('assign', { ...filled, reason: 'other', days: 9 }));
  });

  test('of each verb is taken by the contract', () => {
    for (const verb of ['confirm', 'assign', 'extend'] as const) {
      const sent = {
        campaign: 'shanxi-2019',
        verb,
        ids: ['0197a3c0-0000-7000-8000-000000000001'],
        body: read(bodyOf(verb, filled)),
        preview: true,
      };
      expect(bulkCommand.safeParse(sent).error?.issues ?? [], verb).toEqual([]);
    }
  });
});
