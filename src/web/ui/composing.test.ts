import { expect, test } from 'vitest';
import { isComposing, unlessComposing } from './composing.ts';

test.each([
  ['a key of its own', { isComposing: false, keyCode: 27 }, false],
  ['Escape that closes the list of an input method', { isComposing: true, keyCode: 229 }, true],
  ['as macOS reports it', { isComposing: true, keyCode: 27 }, true],
  ['as Safari reports the last key, after the composition', { isComposing: false, keyCode: 229 }, true],
  ['an event of React', { nativeEvent: { isComposing: true, keyCode: 13 } }, true],
  ['an event of React, not composing', { nativeEvent: { isComposing: false, keyCode: 13 } }, false],
])('%s', (_, event, composing) => {
  let handled = 0;
  unlessComposing(() => handled++)(event);
  expect([isComposing(event), handled]).toEqual([composing, composing ? 0 : 1]);
});
