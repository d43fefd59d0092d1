import { describe, expect, test } from 'vitest';
import type { Act } from './act.ts';
import { commitmentsIn, isSealed, openAct, personalTexts, sealActor, sealPayload } from './personal.ts';

const one = 'a'.repeat(64);
const two = 'b'.repeat(64);
const act = (schema: number, name: string, person: unknown): Act =>
  ({
    id: '01900000-0000-7000-8000-000000000001',
    campaign: 'c',
    stream: 'problem',
    streamId: '01900000-0000-7000-8000-000000000002',
    seq: 2,
    kind: 'ProblemAssigned',
    schema,
    payload: { government: 'gov-140105', department: '分局', person },
    actor: { id: 'u1', org: 'o', name },
    happenedAt: 0,
    recordedAt: 0,
  }) as Act;
const names = new Map([
  [one, '李明远'],
  [two, '王建国'],
]);
const shown = (a: Act) => openAct(a, (hash) => names.get(hash) ?? '?');
const seal = (value: string) => [...names].find(([, name]) => name === value)?.[0] ?? 'c'.repeat(64);

describe('a name in an act', () => {
  test('is a member of its own once sealed, and opens again', () => {
    const sealed = sealPayload({ ...act(1, '李明远', '王建国'), actor: sealActor(act(1, '李明远', '').actor, seal) }, seal);
    expect(sealed).toMatchObject({ schema: 2, actor: { name: `sealed:${one}` }, payload: { person: { sealed: two } } });
    expect(isSealed(sealed)).toBe(true);
    expect(commitmentsIn(sealed)).toEqual([one, two]);
    expect(shown(sealed)).toMatchObject({ actor: { name: '李明远' }, payload: { person: '王建国' } });
  });

  test('that looks like a commitment is sealed as the text that it is', () => {
    const typed = `sealed:${one}`;
    const sealed = sealPayload(act(1, typed, typed), () => two);
    expect(sealed.payload).toMatchObject({ person: { sealed: two } });
    expect(sealActor(act(1, typed, '').actor, () => two).name).toBe(`sealed:${two}`);
    expect(personalTexts(act(1, typed, typed)).map((t) => t.value)).toEqual([typed, typed]);
    // Nor is one taken for a commitment that stands in a later act bare.
    expect(shown(act(2, '', typed)).payload).toMatchObject({ person: typed });
    expect(commitmentsIn(act(2, '', typed))).toEqual([]);
    expect(isSealed(act(2, '', typed))).toBe(false);
  });

  test('of an act of an earlier version opens as before', () => {
    const old = act(1, `sealed:${one}`, `sealed:${two}`);
    expect(commitmentsIn(old)).toEqual([one, two]);
    expect(shown(old)).toMatchObject({ actor: { name: '李明远' }, payload: { person: '王建国' } });
  });

  test('that is empty names nobody', () => {
    const nobody = sealPayload({ ...act(1, '', ''), actor: sealActor(act(1, '', '').actor, seal) }, seal);
    expect(nobody).toMatchObject({ actor: { name: '' }, payload: { person: '' } });
    expect(isSealed(nobody)).toBe(true);
  });
});
