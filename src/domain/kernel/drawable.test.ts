import { describe, expect, test } from 'vitest';
import { codePointName, undrawable } from './drawable.ts';

/** A font of the Latin letters and of 山 and 西. */
const canDraw = (n: number) => (n >= 0x41 && n <= 0x7a) || n === 0x5c71 || n === 0x897f;

describe('stretches of a text that a font cannot draw', () => {
  test('are none where every character has a glyph', () => {
    expect(undrawable('Shanxi山西', canDraw)).toEqual([]);
    expect(undrawable('', canDraw)).toEqual([]);
  });

  test('are named with where they stand, neighbours together, each character once', () => {
    expect(undrawable('a丙丁丙b丙', canDraw)).toEqual([
      { from: 1, to: 4, characters: ['丙', '丁'] },
      { from: 5, to: 6, characters: ['丙'] },
    ]);
  });

  test('take a character outside the basic plane as one, two places long', () => {
    expect(undrawable('a𠮷𠮷b', canDraw)).toEqual([{ from: 1, to: 5, characters: ['𠮷'] }]);
  });

  test('leave out what leaves no ink: spaces, line ends, joiners, selectors', () => {
    expect(undrawable('a b\tc\n\u3000\u200b\ufe0f', canDraw)).toEqual([]);
    expect(undrawable('丙 丙', canDraw)).toEqual([
      { from: 0, to: 1, characters: ['丙'] },
      { from: 2, to: 3, characters: ['丙'] },
    ]);
  });

  test('do not hold a character whose composed form can be drawn, and hold one of which only a part can', () => {
    // U+FA1E is 羽 (U+7FBD) in NFC.
    expect(undrawable('\ufa1e', (n) => n === 0x7fbd)).toEqual([]);
    // U+0958 is a letter with a nukta, two characters in NFC.
    expect(undrawable('\u0958', (n) => n === 0x0915 || n === 0x093c)).toEqual([]);
    expect(undrawable('\u0958', (n) => n === 0x0915)).toEqual([{ from: 0, to: 1, characters: ['\u0958'] }]);
  });
});

test.each([
  ['𠮷', 'U+20BB7'],
  ['a', 'U+0061'],
  ['é', 'U+00E9'],
  ['龘', 'U+9F98'],
])('%s is called %s', (character, name) => {
  expect(codePointName(character)).toBe(name);
});
