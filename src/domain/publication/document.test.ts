import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodies, tokens } from '../../../test/generators/bulletin-texts.ts';
import { isRefusal } from '../kernel/refusal.ts';
import { normalise, parseBody, printBody } from './document.ts';
import { parseToken, printToken } from './token.ts';

describe('a figure token', () => {
  test('is read back as it was printed', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        expect(parseToken(printToken(token).slice(2, -2))).toEqual(token);
      }),
    );
  });

  test('has one text for one cohort', () => {
    const a = parseToken('clearance.rate@1  show=value batches=3,1,2,2');
    expect(isRefusal(a) ? '' : printToken(a)).toBe('{{clearance.rate@1 batches=1,2,3}}');
  });

  test.each([
    ['clearance.rate', 'token.malformed'],
    ['clearance.rate@0', 'token.malformed'],
    ['@1', 'token.malformed'],
    ['clearance.rate@1 batches', 'token.malformed'],
    ['clearance.rate@1 city=140100 city=140200', 'token.key-twice'],
    ['clearance.rate@1 asOf=a asOf=b', 'token.key-twice'],
    ['clearance.rate@1 show=all', 'token.show-unknown'],
    ['', 'token.malformed'],
  ])('refuses %s', (text, code) => {
    expect(parseToken(text)).toMatchObject({ code });
  });
});

describe('the text form of a body', () => {
  test('is read back to the same blocks, whatever is written in them', () => {
    fc.assert(
      fc.property(bodies, (blocks) => {
        const text = printBody(blocks);
        expect(parseBody(text)).toEqual(normalise(blocks));
        expect(printBody(parseBody(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test('never fails to be read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const blocks = parseBody(text);
        expect(parseBody(printBody(blocks))).toEqual(blocks);
      }),
      { numRuns: 2000 },
    );
  });

  test('has headings, lists, tables, figures and plain numbers', () => {
    const blocks = parseBody(
      '# 通报\n\n共{{problems.supervised@1}}个，为期{{=100天}}。\n- 一\n- 二\n\n| 批次 | 数 |\n| 一 | {{problems.supervised@1 batches=1}} |',
    );
    expect(blocks.map((b) => b.kind)).toEqual(['heading', 'paragraph', 'list', 'table']);
    expect(blocks[1]).toMatchObject({
      inlines: [
        { text: '共' },
        { kind: 'figure', token: { id: 'problems.supervised' } },
        { text: '个，为期' },
        { kind: 'plain', text: '100天' },
        { text: '。' },
      ],
    });
  });
});
