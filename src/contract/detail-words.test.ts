import { describe, expect, test } from 'vitest';
import { verbs } from '../domain/access/policy.ts';
import { problemVerbs } from '../domain/problems/commands.ts';
import { problemStates } from '../domain/problems/state.ts';
import { refuse } from '../domain/kernel/refusal.ts';
import en from '../web/i18n/en/states.json' with { type: 'json' };
import zh from '../web/i18n/zh-CN/states.json' with { type: 'json' };
import { detailWords, stateWords, verbWords } from './detail-words.ts';
import { explain } from './refusals.ts';

describe('what a refusal names is said in words', () => {
  test('a command that is not possible names state and command as the page does', () => {
    const said = explain(refuse('problem.wrong-state', { no: 'SX2019-5201', state: 'checked', verb: 'extend' }));
    expect([said.zh, said.en]).toEqual([
      '问题SX2019-5201现场已核，不能延期。',
      'Problem SX2019-5201 is checked on site: "extend" is not possible now.',
    ]);
  });

  test('a right that somebody does not have is named by what it is for', () => {
    expect(explain(refuse('access.forbidden', { verb: 'ledger.read' })).zh).toBe('您的角色不能查看台账；如需要，请联系安全管理员。');
    expect(explain(refuse('access.forbidden', { verb: 'problem.clear' })).en).toContain('Your role may not clear.');
  });

  test('every right, every command and every state has words in both languages', () => {
    for (const verb of [...verbs, ...problemVerbs]) {
      const [a, b] = detailWords('verb', verb);
      expect([verb, a === verb, /[a-z]\.[a-z]/.test(b)]).toEqual([verb, false, false]);
      expect(a).toMatch(/[\u4e00-\u9fff]/);
    }
    for (const state of problemStates) expect([state, stateWords[state]?.length]).toEqual([state, 2]);
  });

  test('states are called as the pages call them', () => {
    for (const [code, word] of Object.entries(zh))
      expect([code, stateWords[code]]).toEqual([code, [word, (en as Record<string, string>)[code]]]);
  });

  test('dates are written as people write them, and what is no code stays as it is', () => {
    expect(detailWords('deadline', '2027-01-20')).toEqual(['2027年1月20日', '20 Jan 2027']);
    expect(detailWords('deadline', '2027-13-20')).toEqual(['2027-13-20', '2027-13-20']);
    expect(detailWords('no', 'SX2019-01-20')).toEqual(['SX2019-01-20', 'SX2019-01-20']);
    for (const odd of ['constructor', '__proto__', 'toString', '']) expect(detailWords('verb', odd)).toEqual([odd, odd]);
    expect(Object.keys(verbWords).length).toBeGreaterThan(40);
  });
});
