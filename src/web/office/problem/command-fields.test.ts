import { describe, expect, test } from 'vitest';
import { problemCommandBodies } from '../../../contract/problems.ts';
import { problemVerbs } from '../../../domain/problems/commands.ts';
import { commandBody, commandFields, initial } from './command-fields.ts';

const sample: Readonly<Record<string, unknown>> = {
  line: ' 甲 ',
  organisation: 'gov-141024',
  text: '乙',
  date: '2019-08-20',
  days: 7,
  rule: 'R-1',
  parts: '第一部分\n\n第二部分',
  evidence: [{ sha256: 'a'.repeat(64), kind: 'photo', name: '1.jpg', takenAt: '2019-08-01T00:00:00+08:00' }],
};

test.each(problemVerbs)('the form of %s makes a body that the contract takes', (verb) => {
  const values: Record<string, unknown> = {};
  for (const field of commandFields[verb]) {
    if (field.kind === 'penalty') Object.assign(values, { penalty: 'none', penaltyText: '轻微' });
    else values[field.name] = sample[field.kind];
  }
  const body = problemCommandBodies[verb].safeParse(commandBody(verb, values));
  expect(body.error?.issues ?? []).toEqual([]);
});

test('an acceptance names a penalty case or a reason not to punish, never both', () => {
  expect(commandBody('accept', { criteria: 'x', penalty: 'case', penaltyText: ' 晋罚1号 ' })).toEqual({
    criteria: 'x',
    penaltyCase: '晋罚1号',
    noPenaltyReason: null,
  });
});

test('files that were handed in with a check are not named by it', () => {
  expect(commandBody('check', { text: '看过', seen: sample.evidence })).toEqual({ text: '看过' });
});

describe('the body of a command', () => {
  test('has texts without blanks around them, and nothing that was never filled in', () => {
    expect(commandBody('assign', { government: ' gov-1 ', department: '　环保局', person: undefined })).toEqual({
      government: 'gov-1',
      department: '环保局',
    });
  });

  test('of an acceptance without a choice names neither: the server says what is missing', () => {
    expect(commandBody('accept', { criteria: 'x' })).toEqual({ criteria: 'x', penaltyCase: null, noPenaltyReason: null });
    expect(commandBody('accept', { criteria: 'x', penalty: 'none', penaltyText: undefined })).toMatchObject({ noPenaltyReason: '' });
  });

  test('of another command does not take a penalty along', () => {
    expect(commandBody('check', { text: 'x', penalty: 'case', penaltyText: 'y', parts: 'z' })).toEqual({ text: 'x' });
  });

  test('of a split has a part for each line that says something, however lines end', () => {
    expect(commandBody('split', { parts: ' 甲 \r\n\r\n\t\n乙\n　\n', reason: 'x' })).toEqual({ parts: ['甲', '乙'], reason: 'x' });
    expect(commandBody('split', { reason: 'x' })).toEqual({ parts: [], reason: 'x' });
  });

  test('of a claim or a rebound always names its evidence, be it none', () => {
    expect(commandBody('claim', { text: 'x' })).toEqual({ text: 'x', evidence: [] });
    expect(commandBody('rebound', { reason: 'x' })).toEqual({ reason: 'x', evidence: [] });
    expect(commandBody('stage', { progress: 'x' })).toEqual({ progress: 'x' });
  });

  test('keeps numbers and lists as they are', () => {
    expect(commandBody('extend', { rule: 'R', days: 7, reason: 'x' })).toEqual({ rule: 'R', days: 7, reason: 'x' });
  });
});

describe('a form begins', () => {
  const page = { item: { unit: '某焦化厂' }, plan: null, proposal: null } as Parameters<typeof initial>[0];
  const plan = { implementer: '甲', goal: '乙', deadline: '2019-08-20', measures: '丙', acceptanceBody: 'gov-1' };
  const proposal = { kind: 'withdraw', by: '李禾', byId: 'u-2', reason: '重复' } as NonNullable<typeof page.proposal>;

  test('with whoever has to rectify, or with the plan before, its deadline too', () => {
    expect(initial(page, 'plan')).toEqual({ implementer: '某焦化厂' });
    expect(initial({ ...page, plan } as typeof page, 'plan')).toEqual(plan);
  });

  test('with the reason that was proposed, for the same thing only', () => {
    expect(initial({ ...page, proposal }, 'withdraw')).toEqual({ reason: '重复' });
    expect([initial({ ...page, proposal }, 'merge'), initial(page, 'withdraw'), initial({ ...page, proposal }, 'return')]).toEqual([
      {},
      {},
      {},
    ]);
  });

  test('with a week to extend by, and with nothing else', () => {
    expect(initial(page, 'extend')).toEqual({ days: 7 });
    for (const verb of problemVerbs.filter((v) => v !== 'plan' && v !== 'extend')) expect(initial(page, verb), verb).toEqual({});
  });
});
