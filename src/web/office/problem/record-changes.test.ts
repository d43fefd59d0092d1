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
