import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUscc, usccCheck } from './uscc.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const bodies = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 17, maxLength: 17 });

describe('a unified social credit code', () => {
  test("gets X in the standard's worked example", () => {
    expect(usccCheck('91130200699229617')).toBe('X');
    expect(isUscc('91130200699229617X')).toBe(true);
  });

  test('is right with its own check character', () => {
    fc.assert(fc.property(bodies, (body) => isUscc(body + (usccCheck(body) as string))));
  });

  test('shows any single wrong character', () => {
    fc.assert(
      fc.property(bodies, fc.nat(17), fc.nat(29), (body, at, step) => {
        const code = body + (usccCheck(body) as string);
        const other = alphabet[(alphabet.indexOf(code[at] as string) + 1 + step) % 31] as string;
        expect(isUscc(code.slice(0, at) + other + code.slice(at + 1))).toBe(false);
      }),
    );
  });

  test.each(['I', 'O', 'S', 'V', 'Z', 'a', '演', ' '])('has no %s', (char) => {
    expect(usccCheck(`9113020069922961${char}`)).toBeUndefined();
  });

  test.each(['', '91130200699229617', '91130200699229617X0'])('has eighteen characters, not as many as "%s"', (code) => {
    expect(isUscc(code)).toBe(false);
  });
});
