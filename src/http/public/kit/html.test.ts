import { expect, test } from 'vitest';
import { frozen, h } from './html.ts';

test('texts of a page lose what no page can hold, at any depth; what was frozen stays as it was', async () => {
  const page = String(
    await h`<p title="${'a\u0001"'}">${['甲\u000b<乙>', [h`<b>${'丙\ufffe\ud842'}</b>`]]}${7}${null}</p>${frozen('<i>\u202e</i>')}`,
  );
  expect(page).toBe('<p title="a&quot;">甲\n&lt;乙&gt;<b>丙\ufffd</b>7</p><i>\u202e</i>');
});
