import { expect, test } from 'vitest';
import type { ActView } from '../../../contract/acts.ts';
import { recordChanges } from './record-changes.ts';

const act = (seq: number, kind: string, payload: Record<string, unknown>): ActView => ({
  id: String(seq),
  seq,
  kind,
  payload,
  actor: { id: '', org: '', name: '' },
  happenedAt: '2025-09-03T13:00:00Z',
  recordedAt: '2025-09-03T13:00:00Z',
  leafHash: '',
});
const version = {
  state: 'open',
  deadline: null,
  steps: [{ code: 'sent', on: '2025-01-02' }],
  amounts: { fine: 5 },
  flags: ['a'],
  fields: { 'X.Y': 'old' },
};

test('each change has the value of the version before, also across a time of absence', () => {
  const acts = [
    act(1, 'RecordAppeared', { item: version }),
    act(2, 'RecordVanished', {}),
    act(3, 'RecordChanged', {
      changed: ['amount.fine', 'deadline', 'field.X.Y', 'flag.a', 'flag.b', 'state', 'step.heard', 'step.sent'],
      item: {
        ...version,
        state: 'closed',
        deadline: '2025-10-01',
        steps: [{ code: 'heard', on: '2025-02-02' }],
        amounts: { fine: 7 },
        flags: ['b'],
        fields: { 'X.Y': 'new' },
      },
    }),
  ];
  expect(recordChanges(acts, acts[2] as ActView).map((c) => [c.kind, c.name, c.before, c.after])).toEqual([
    ['plain', 'deadline', null, '2025-10-01'],
    ['plain', 'state', 'open', 'closed'],
    ['amount', 'fine', 5, 7],
    ['step', 'heard', null, '2025-02-02'],
    ['step', 'sent', '2025-01-02', null],
    ['flag', 'a', true, false],
    ['flag', 'b', false, true],
    ['field', 'X.Y', 'old', 'new'],
  ]);
});

test('an act without its version names what changed and no values', () => {
  const acts = [act(1, 'RecordChanged', { changed: ['state'] })];
  expect(recordChanges(acts, acts[0] as ActView)).toEqual([{ kind: 'plain', name: 'state', before: null, after: null }]);
});

test('what an act of another kind carries, or one without a list, is no change', () => {
  for (const payload of [{}, { changed: 'state' }, { changed: null }, { item: version }]) {
    const acts = [act(1, 'RecordChanged', payload)];
    expect(recordChanges(acts, acts[0] as ActView)).toEqual([]);
  }
});

test('the first version has nothing before it, and values that are no texts or numbers are left out', () => {
  const acts = [act(1, 'RecordAppeared', { changed: ['state', 'steps', 'flag.a', 'amount.fine'], item: version })];
  expect(recordChanges(acts, acts[0] as ActView).map((c) => [c.name, c.before, c.after])).toEqual([
    ['state', null, 'open'],
    ['steps', null, null],
    ['fine', null, 5],
    ['a', null, true],
  ]);
});

test('names that every object has are none of a record', () => {
  const acts = [act(1, 'RecordAppeared', { changed: ['field.constructor', 'amount.toString', 'flag.constructor'], item: version })];
  expect(recordChanges(acts, acts[0] as ActView).map((c) => [c.kind, c.after])).toEqual([
    ['amount', null],
    ['flag', false],
    ['field', null],
  ]);
});

test('a column whose name has a point in it keeps it, and a member that begins like a kind is its own', () => {
  const acts = [
    act(1, 'RecordAppeared', {
      changed: ['field.a.b.c', 'flagged', 'step.'],
      item: { ...version, fields: { 'a.b.c': 'x' }, flagged: 'y' },
    }),
  ];
  expect(recordChanges(acts, acts[0] as ActView).map((c) => [c.kind, c.name, c.after])).toEqual([
    ['plain', 'flagged', 'y'],
    ['step', '', null],
    ['field', 'a.b.c', 'x'],
  ]);
});
