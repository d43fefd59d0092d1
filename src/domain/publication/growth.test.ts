import { describe, expect, test } from 'vitest';
import { growth, repeated } from '../../../test/support/growth.ts';
import { identifierForm, isBlank, tidyLine, tidyText } from '../kernel/text.ts';
import { parseBody, printBody } from './document.ts';
import { literalsIn } from './literals.ts';

// Whoever types sixty thousand braces must not stop the server for the others.
describe.each([
  ['a body', (text: string) => parseBody(text)],
  ['a body in its one form', (text: string) => printBody(parseBody(text))],
  ['numbers in a run', literalsIn],
  ['a text', tidyText],
  ['a line', tidyLine],
  ['an identifier', identifierForm],
  ['what can be seen', isBlank],
] as const)('reading %s', (_, parse) => {
  test.each(repeated)('takes no longer for a character of eight times as much: %s', (_name, make) => {
    expect(growth(parse, make)).toBeLessThan(3.5);
  });
});
