import { beforeEach, describe, expect, test } from 'vitest';
import { askToSignIn, closePage, csrfToken, listenForQuestion, openPageFor, ownerOfPage, signInQuestion, takeToken } from './person.ts';

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

test('a page keeps of its person what it shows, and nothing else that came with them', () => {
  openPageFor({ ...zhou, grants: ['director'] } as typeof zhou, 't');
  expect(ownerOfPage()).toEqual(zhou);
});

describe('the question whether its person signs in again', () => {
  test('is not asked where nobody can answer it', async () => {
    expect(await askToSignIn()).toBe(false);
    expect(signInQuestion()).toBeNull();
  });

  test('is one question for all that wait, and all hear the same', async () => {
    let told = 0;
    const stop = listenForQuestion(() => told++);
    const both = Promise.all([askToSignIn(), askToSignIn()]);
    expect(told).toBe(1);
    signInQuestion()?.settle(true);
    expect(await both).toEqual([true, true]);
    expect([told, signInQuestion()]).toEqual([2, null]);
    stop();
  });

  test('is a new one after it was turned down', async () => {
    const stop = listenForQuestion(() => undefined);
    const first = askToSignIn();
    const old = signInQuestion();
    old?.settle(false);
    expect(await first).toBe(false);
    const second = askToSignIn();
    expect(signInQuestion()).not.toBe(old);
    signInQuestion()?.settle(true);
    expect(await second).toBe(true);
    stop();
  });

  test('is not settled by the answer to an earlier one', async () => {
    const stop = listenForQuestion(() => undefined);
    const first = askToSignIn();
    const old = signInQuestion();
    old?.settle(false);
    await first;
    const second = askToSignIn();
    // The dialog closes after it was answered, and says so once more.
    old?.settle(false);
    expect(signInQuestion()).not.toBeNull();
    signInQuestion()?.settle(true);
    expect(await second).toBe(true);
    stop();
  });
});
