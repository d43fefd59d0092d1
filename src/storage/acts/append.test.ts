import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallCampaign, type SmallCampaign } from '../../../test/support/campaign.ts';
import type { Act } from '../../domain/acts/act.ts';
import { instant } from '../../domain/kernel/instant.ts';
import { appendActs } from './append.ts';
import { listStreamActs } from './read.ts';
import { rowOf } from './rows.ts';

let c: SmallCampaign;
beforeAll(async () => {
  c = await smallCampaign(20, 6);
}, 60_000);
afterAll(() => c?.close());

const registered = (more: Partial<Act> = {}): Act => {
  const id = v7();
  return {
    id,
    campaign: c.slug,
    stream: 'project',
    streamId: id,
    seq: 1,
    kind: 'ProjectRegistered',
    schema: 1,
    payload: { no: 'GC-9', name: '工程', kind: 'sewage-plant', place: 140_105, amount: 1, unit: 'km' },
    actor: { id: 'u1', org: 'o1', name: '' },
    happenedAt: instant(1_562_000_000_000),
    recordedAt: instant(1_562_000_000_000),
    ...more,
  } as Act;
};
const append = (act: Act) => appendActs(c.services.database.db, c.row, [act], c.services.marks);

describe('an act that is appended', () => {
  test('comes back with the hash that it was given', async () => {
    const act = registered();
    await append(act);
    const [stored] = await listStreamActs(c.services.database.db, c.row, act.streamId);
    expect(stored).toEqual(act);
    expect(rowOf(stored as Act).leaf).toEqual(rowOf(act).leaf);
  });

  test.each([
    ['an identifier in capitals', () => registered({ id: v7().toUpperCase() }), 'id'],
    ['a stream in capitals', () => registered({ streamId: v7().toUpperCase() }), 'streamId'],
    ['an identifier in braces', () => registered({ id: `{${v7()}}` }), 'id'],
    ['an identifier without hyphens', () => registered({ streamId: v7().replaceAll('-', '') }), 'streamId'],
    ['part of a millisecond', () => registered({ happenedAt: 1_562_000_000_000.5 as never }), 'time'],
    ['half a surrogate pair', () => registered({ actor: { id: 'u\ud800', org: 'o', name: '' } }), 'actor'],
    ['a NUL', () => registered({ actor: { id: 'u', org: 'o\0', name: '' } }), 'actor'],
  ])('is refused with %s: it would come back otherwise', async (_, make, what) => {
    await expect(append(make())).rejects.toThrow(`is not in canonical form: ${what}`);
  });

  test('is refused when it is of another campaign, or names a person', async () => {
    await expect(append(registered({ campaign: 'another' }))).rejects.toThrow('another campaign');
    await expect(append(registered({ actor: { id: 'u', org: 'o', name: '李明远' } }))).rejects.toThrow('names a person');
  });
});
