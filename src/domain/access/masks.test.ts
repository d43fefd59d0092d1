import { describe, expect, test } from 'vitest';
import type { Act } from '../acts/act.ts';
import { masksOf, readsReleasedOnly } from './masks.ts';
import { roles, type Actor, type Role } from './policy.ts';

const campaign = 'shanxi-2019';
const holding = (...held: Role[]): Actor => ({
  id: 'u',
  name: '李明',
  org: 'gov-140100',
  grants: held.map((role) => ({ role, place: 140_100, campaign })),
});
const act = (kind: string, payload: object, org = 'team-140100') =>
  ({ kind, payload, actor: { id: 'team.1', org, name: '贺川' } }) as unknown as Act;
const inspection = act('InspectionCompleted', { officers: ['贺川', '秦朗'], text: '属实' });
const office: readonly Role[] = ['director', 'clerk', 'inspector', 'acceptance', 'case-officer', 'legal-reviewer', 'auditor'];

describe('names and clues', () => {
  test.each(['city-officer', 'county-officer', 'press'] as const)('are hidden from %s, whatever else they hold', (role) => {
    for (const held of [[role], [role, 'clerk']] as const) {
      const masks = masksOf(holding(...held), campaign);
      expect(masks.column('clue')).toBe(true);
      const shown = masks.act(inspection);
      expect(shown.payload).toEqual({ text: '属实' });
      expect(shown.actor).toEqual({ id: '', org: 'team-140100', name: '' });
      expect(masks.act(act('ProblemFound', { clue: 'hotline', firstFoundBy: ['team.2'], no: '1' })).payload).toEqual({ no: '1' });
      expect(masks.act(act('ProblemWithdrawn', { reason: '重复', proposedBy: 'office.1' })).payload).toEqual({ reason: '重复' });
    }
  });

  test.each(office)('are shown to %s', (role) => {
    const masks = masksOf(holding(role), campaign);
    expect(masks.column('clue')).toBe(false);
    expect(masks.act(inspection)).toEqual(inspection);
  });

  test('are hidden from whoever holds no role in the campaign', () => {
    expect(masksOf(holding('clerk'), 'another').column('clue')).toBe(true);
  });

  test('of one’s own organisation are shown', () => {
    const own = act('RectificationStarted', {}, 'gov-140100');
    expect(masksOf(holding('city-officer'), campaign).act(own)).toEqual(own);
  });
});

test('only the press reads nothing but what was released', () => {
  expect(roles.filter((role) => readsReleasedOnly(holding(role), campaign))).toEqual(['press']);
  expect(readsReleasedOnly(holding('press', 'auditor'), campaign)).toBe(false);
});
