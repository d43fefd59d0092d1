import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { askAfterPause } from './ask-after-pause.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A page that asks anew at every change, as effects do: the one before is called off first. */
function page() {
  const asked: string[] = [];
  const shown: string[] = [];
  const answers = new Map<string, { give: (text: string) => void; refuse: (why: string) => void }>();
  let off = () => undefined as void;
  return {
    asked,
    shown,
    answers,
    leave: () => off(),
    type(text: string) {
      off();
      off = askAfterPause(
        400,
        () => {
          asked.push(text);
          return new Promise<string>((give, refuse) => answers.set(text, { give, refuse: (why) => refuse(new Error(why)) }));
        },
        { answer: (answer) => shown.push(answer), refused: (error) => shown.push(`no: ${(error as Error).message}`) },
      );
    },
  };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

test('what is typed in one go is asked about once, when the pause is over', async () => {
  const p = page();
  for (const text of ['太', '太原', '太原市']) {
    p.type(text);
    await vi.advanceTimersByTimeAsync(399);
  }
  expect(p.asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(p.asked).toEqual(['太原市']);
});

test('an answer that arrives after a newer question was asked is not shown', async () => {
  const p = page();
  p.type('old');
  await vi.advanceTimersByTimeAsync(400);
  p.type('new');
  await vi.advanceTimersByTimeAsync(400);
  p.answers.get('new')?.give('of the new text');
  await settle();
  p.answers.get('old')?.give('of the old text');
  await settle();
  expect(p.shown).toEqual(['of the new text']);
});

test('nor one that arrives while the newer question still waits for the pause', async () => {
  const p = page();
  p.type('old');
  await vi.advanceTimersByTimeAsync(400);
  p.type('new');
  p.answers.get('old')?.give('of the old text');
  await settle();
  expect(p.shown).toEqual([]);
});

test('a refusal of an older question is not shown over the newer answer', async () => {
  const p = page();
  p.type('old');
  await vi.advanceTimersByTimeAsync(400);
  p.type('new');
  await vi.advanceTimersByTimeAsync(400);
  p.answers.get('old')?.refuse('offline');
  p.answers.get('new')?.give('good');
  await settle();
  expect(p.shown).toEqual(['good']);
});

test('a refusal of the newest question is shown', async () => {
  const p = page();
  p.type('x');
  await vi.advanceTimersByTimeAsync(400);
  p.answers.get('x')?.refuse('offline');
  await settle();
  expect(p.shown).toEqual(['no: offline']);
});

test('a page that is left asks nothing more and shows nothing', async () => {
  const p = page();
  p.type('x');
  p.leave();
  await vi.advanceTimersByTimeAsync(1000);
  expect(p.asked).toEqual([]);
  p.type('y');
  await vi.advanceTimersByTimeAsync(400);
  p.leave();
  p.answers.get('y')?.give('late');
  await settle();
  expect(p.shown).toEqual([]);
});
