import { beforeEach, expect, test } from 'vitest';
import { closePage, csrfToken, openPageFor, ownerOfPage, takeToken } from './person.ts';

const zhou = { id: 'u-1', username: 'clerk', name: '周慎' };

beforeEach(closePage);

test('a page takes the tokens of its own person only', () => {
  openPageFor(zhou, 'first');
  expect([takeToken('u-1', 'second'), csrfToken()]).toEqual([true, 'second']);
  expect([takeToken('u-2', 'third'), csrfToken()]).toEqual([false, 'second']);
  expect(ownerOfPage()).toEqual(zhou);
  closePage();
  expect([ownerOfPage(), csrfToken()]).toEqual([null, '']);
});

test('a page of nobody takes any', () => {
  expect([takeToken('u-2', 'x'), csrfToken()]).toEqual([true, 'x']);
});
