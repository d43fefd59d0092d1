import { expect, test } from 'vitest';
import { batchTitle } from './name.ts';

test.each([
  [9, '九', '第九批'],
  [9, ' 第九批 ', '第九批'],
  [9, '9', '第9批'],
  [12, '十二', '第十二批'],
  [9, '重点问题专批', '重点问题专批'],
  [9, '一号工程', '一号工程'],
  [9, '', '第9批'],
])('batch %i named "%s" is %s', (no, name, title) => {
  expect(batchTitle(no, name)).toBe(title);
});
