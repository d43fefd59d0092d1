import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inByteOrder } from './byte-order.ts';

const bytes = (list: readonly string[]) => [...list].sort((a, b) => Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8')));

test('numbers stand as the bytes of their UTF-8 do', () => {
  expect(inByteOrder(['晋-10', '晋-9', '晋-1', 'W2019-2', 'W2019-10', 'w2019-1', ''])).toEqual([
    '',
    'W2019-10',
    'W2019-2',
    'w2019-1',
    '晋-1',
    '晋-10',
    '晋-9',
  ]);
});

test('characters of two halves come after all others, where halves alone would put them before', () => {
  const list = ['\u{20bb7}', '\uffe5', '\ue000'];
  expect([...list].sort()).not.toEqual(bytes(list));
  expect(inByteOrder(list)).toEqual(bytes(list));
});

test('any list is in the order of its bytes, and is not changed itself', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 6 })), (list) => {
      const before = [...list];
      expect(inByteOrder(list)).toEqual(bytes(list));
      expect(list).toEqual(before);
    }),
    { numRuns: 30 },
  );
});
