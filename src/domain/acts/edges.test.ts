import { describe, expect, test } from 'vitest';
import { sha256Of } from '../../../test/support/hashes.ts';
import type { Act } from './act.ts';
import { commitment, isSealed, openActor, personalTexts, sealPayload, syntheticSalt, textOf } from './personal.ts';
import { besideRecords, personalFields } from './streams.ts';

const hash = 'a'.repeat(64);
const act = (kind: string, payload: object, name = '') =>
  ({ kind, schema: 2, payload, actor: { id: 'u', org: 'o', name } }) as unknown as Act;
const sha256 = (...parts: (string | Uint8Array)[]) =>
  sha256Of(...parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part)));

test('members of acts that name people are these, and no others', () => {
  expect(personalFields).toEqual({
    TeamFormed: ['members'],
    InspectionCompleted: ['officers'],
    ProblemAssigned: ['person'],
    LetterReceived: ['by'],
  });
});

test('beside records people publish, write bulletins, keep evidence and have names erased', () => {
  expect((['publication', 'bulletin', 'evidence'] as const).map((stream) => besideRecords(stream, 'FiguresPublished'))).toEqual([
    true,
    true,
    true,
  ]);
  expect(besideRecords('campaign', 'PersonalDataErased')).toBe(true);
  expect([
    besideRecords('campaign', 'AspectDefined'),
    besideRecords('problem', 'ProblemFound'),
    besideRecords('lead', 'LeadClosed'),
  ]).toEqual([false, false, false]);
});

describe('names of people', () => {
  test('are committed to with their salt, under a word of their own', () => {
    const salt = Uint8Array.from([1, 2, 3]);
    expect(commitment(salt, '贺川')).toBe(sha256('clearzero personal 1\n', salt, '贺川').toString('hex'));
    expect(Buffer.from(syntheticSalt('c', '贺川', 'u')).toString('hex')).toBe(
      sha256('clearzero synthetic salt\nc\nu\n贺川').toString('hex'),
    );
  });

  test('stand bare, sealed, or not at all', () => {
    expect([textOf('贺川'), textOf({ sealed: hash })]).toEqual(['贺川', '']);
    expect(isSealed(act('ProblemConfirmed', {}, '贺川'))).toBe(false);
    expect(isSealed(act('ProblemConfirmed', {}, `sealed:${hash}`))).toBe(true);
    expect(isSealed(act('ProblemConfirmed', {}, `x sealed:${hash}`))).toBe(false);
    expect(isSealed(act('ProblemConfirmed', {}, `sealed:${hash}b`))).toBe(false);
    expect([hash, `${hash}0`, `0${hash}`, 'x'].map((sealed) => isSealed(act('ProblemAssigned', { person: { sealed } })))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(isSealed(act('ProblemAssigned', { person: '' }))).toBe(true);
    expect(isSealed(act('ProblemAssigned', { person: '贺川' }))).toBe(false);
  });

  test('are sealed where they stand and nowhere else, and an empty one names nobody', () => {
    const seal = (value: string) => value.padEnd(64, '0');
    const plain = act('ProblemConfirmed', { person: '贺川' });
    expect(sealPayload(plain, seal)).toBe(plain);
    expect(sealPayload(act('InspectionCompleted', { officers: ['甲', '', { sealed: hash }], text: '文' }), seal).payload).toEqual({
      officers: [{ sealed: seal('甲') }, '', { sealed: hash }],
      text: '文',
    });
    expect(Object.keys(sealPayload(act('LetterReceived', {}), seal).payload)).toEqual([]);
    expect(personalTexts(act('InspectionCompleted', { officers: ['甲', { sealed: hash }] }, '乙'))).toEqual([
      { value: '乙', subject: 'u' },
      { value: '甲', subject: '' },
    ]);
  });

  test('of an actor are opened by their commitment only', () => {
    const open = (name: string) => openActor({ id: 'u', org: 'o', name }, (h) => `<${h.slice(0, 3)}>`).name;
    expect([open(`sealed:${hash}`), open('贺川')]).toEqual(['<aaa>', '贺川']);
  });
});
