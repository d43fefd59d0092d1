import { expect, test } from 'vitest';
import { problemCommandBodies } from '../../../contract/problems.ts';
import { problemVerbs } from '../../../domain/problems/commands.ts';
import { commandBody, commandFields } from './command-fields.ts';

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
