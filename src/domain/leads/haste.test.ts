import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Act, Draft } from '../acts/act.ts';
import { instant } from '../kernel/instant.ts';
import { isRefusal } from '../kernel/refusal.ts';
import { decideClose, decideHaste, foldLead, hasteStreamId } from './haste.ts';
import { usualHaste } from './rule.ts';

const rule = { minutes: 10, clears: 30, fastMinutes: 60, fast: 5 };
const officer = { id: 'u1', org: 'sx-acceptance', name: '甲' };
const director = { id: 'u2', org: 'sx-office', name: '乙' };
// Of its own making: what is computed while tests are collected is judged by none of them.
const id = '0198c5f0-0000-7000-8000-00000000000a';

function append(acts: readonly Act[], drafts: readonly Draft[] | object, by = officer): Act[] {
  if (!Array.isArray(drafts)) throw new Error('refused');
  const more = (drafts as readonly Draft[]).map((d, i) => ({
    ...d,
    id: `${acts.length + i}`,
    campaign: 'c',
    seq: acts.length + i + 1,
    schema: 1,
    actor: by,
    happenedAt: instant(acts.length),
    recordedAt: instant(acts.length),
  }));
  return [...acts, ...(more as Act[])];
}

describe('clearing in haste', () => {
  test('is a lead from the thirtieth in ten minutes, or the fifth that was cleared within the hour of its claim', () => {
    const at = (count: number, fast: number) => decideHaste(undefined, id, rule, { count, fast, org: 'o' }).map((d) => d.kind);
    expect(at(29, 4)).toEqual([]);
    expect(at(30, 0)).toEqual(['LeadRaised']);
    expect(at(5, 5)).toEqual(['LeadRaised']);
  });

  test('is said again each time it has doubled: 392 in a row make one lead and four more acts', () => {
    let acts: Act[] = [];
    for (let n = 1; n <= 392; n++) acts = append(acts, decideHaste(foldLead(acts), id, rule, { count: n, fast: 0, org: 'o' }));
    expect(acts.map((a) => a.kind)).toEqual(['LeadRaised', 'LeadGrown', 'LeadGrown', 'LeadGrown']);
    expect(acts.map((a) => (a.payload as { count: number }).count)).toEqual([30, 60, 120, 240]);
    expect(foldLead(acts)).toMatchObject({ by: officer, count: 240, closed: null });
  });

  test('never makes more acts than the logarithm of what was cleared', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(50)), { maxLength: 300 }), (list) => {
        let acts: Act[] = [];
        for (const [count, fast] of list) acts = append(acts, decideHaste(foldLead(acts), id, rule, { count, fast, org: 'o' }));
        expect(acts.filter((a) => a.kind === 'LeadRaised').length).toBeLessThanOrEqual(1);
        expect(acts.length).toBeLessThanOrEqual(16);
      }),
    );
  });

  test('has one stream for a person and an hour', () => {
    const hour = 3_600_000;
    const own = hasteStreamId('c', 'u1', instant(0));
    expect(hasteStreamId('c', 'u1', instant(hour - 1))).toBe(own);
    expect(
      new Set([own, hasteStreamId('c', 'u1', instant(hour)), hasteStreamId('c', 'u2', instant(0)), hasteStreamId('d', 'u1', instant(0))])
        .size,
    ).toBe(4);
    expect(own).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('a lead', () => {
  const raise = () => {
    const raised = append([], decideHaste(undefined, id, rule, { count: 30, fast: 2, org: 'o' }));
    const lead = foldLead(raised);
    if (lead === undefined) throw new Error('not raised');
    return { raised, lead };
  };

  test('is closed once, by somebody else, with what was found', () => {
    const { raised, lead } = raise();
    expect(decideClose(lead, officer, '属实')).toMatchObject({ code: 'lead.own' });
    const closing = decideClose(lead, director, '集中公示期满，逐条核对');
    expect(isRefusal(closing)).toBe(false);
    const closed = foldLead(append(raised, closing, director));
    expect(closed?.closed).toMatchObject({ by: director, finding: '集中公示期满，逐条核对' });
    expect(decideClose(closed as typeof lead, director, '再次')).toMatchObject({ code: 'lead.closed' });
  });

  test('is not there before it was raised', () => {
    const { raised } = raise();
    expect(foldLead(raised, instant(-1))).toBeUndefined();
    expect(foldLead([])).toBeUndefined();
  });
});

describe('what is written of haste', () => {
  const grown = (count: number, fast: number, before: { count: number; fast: number }) => {
    const lead = { id, by: officer, raisedAt: instant(0), minutes: rule.minutes, closed: null, ...before };
    return decideHaste(lead, id, rule, { count, fast, org: 'o' });
  };

  test('names the rule, the organisation, both counts and the window, in the stream of the lead', () => {
    expect(decideHaste(undefined, id, rule, { count: 30, fast: 2, org: 'o' })).toEqual([
      {
        stream: 'lead',
        streamId: id,
        kind: 'LeadRaised',
        payload: { rule: 'rapid-clearing', org: 'o', count: 30, fast: 2, minutes: rule.minutes },
      },
    ]);
    expect(grown(60, 2, { count: 30, fast: 2 })).toEqual([
      { stream: 'lead', streamId: id, kind: 'LeadGrown', payload: { count: 60, fast: 2 } },
    ]);
  });

  test('is said again when either count has doubled, and the fast ones from none on', () => {
    const says = (...q: Parameters<typeof grown>) => grown(...q).length;
    expect([says(59, 2, { count: 30, fast: 2 }), says(60, 2, { count: 30, fast: 2 })]).toEqual([0, 1]);
    expect([says(31, 9, { count: 30, fast: 5 }), says(31, 10, { count: 30, fast: 5 })]).toEqual([0, 1]);
    expect([says(31, 1, { count: 30, fast: 0 }), says(31, 2, { count: 30, fast: 0 })]).toEqual([0, 1]);
  });

  test('closes in its stream, and acts before it was raised say nothing', () => {
    const lead = { id, by: officer, raisedAt: instant(0), minutes: 10, count: 30, fast: 0, closed: null };
    expect(decideClose(lead, director, '属实')).toEqual([
      { stream: 'lead', streamId: id, kind: 'LeadClosed', payload: { finding: '属实' } },
    ]);
    const act = (kind: string, payload: object) =>
      ({ id: kind, seq: 1, stream: 'lead', streamId: id, kind, payload, actor: officer, recordedAt: 5 }) as unknown as Act;
    expect(foldLead([act('LeadGrown', { count: 1, fast: 1 })])).toBeUndefined();
    expect(foldLead([act('LeadClosed', { finding: 'f' })])).toBeUndefined();
    const raised = act('LeadRaised', { rule: 'rapid-clearing', org: 'o', count: 30, fast: 0, minutes: 10 });
    expect(foldLead([raised])).toMatchObject({ count: 30, closed: null });
    expect(foldLead([{ ...raised, stream: 'problem' } as Act])).toBeUndefined();
  });

  test('the usual rule is thirty in ten minutes, or five within the hour', () => {
    expect(usualHaste).toEqual({ minutes: 10, clears: 30, fastMinutes: 60, fast: 5 });
  });
});
