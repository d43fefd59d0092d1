import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { closePage, openPageFor } from '../../ui/person.ts';
import { keepNow, useDraft, type Draft } from './use-draft.ts';

interface Typed {
  readonly text: string;
  readonly person?: string;
  readonly days?: number;
}

let held: Map<string, string>;
let full: boolean;
let asked: number;
let leaves: boolean;

beforeEach(() => {
  held = new Map();
  full = false;
  asked = 0;
  leaves = false;
  vi.stubGlobal('localStorage', {
    get length() {
      return held.size;
    },
    key: (i: number) => [...held.keys()][i] ?? null,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      held.set(key, value);
    },
    removeItem: (key: string) => void held.delete(key),
  });
  vi.stubGlobal('confirm', () => {
    asked++;
    return leaves;
  });
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  openPageFor({ id: 'u-1', username: 'clerk', name: '周慎' }, 't');
});
afterEach(() => {
  closePage();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Opens a form as a page does, and gives its draft. */
function open(o: { readonly object?: string; readonly version?: number; readonly start?: Typed } = {}): Draft<Typed> {
  let made: Draft<Typed> | undefined;
  renderToStaticMarkup(
    createElement(() => {
      made = useDraft<Typed>({
        form: 'problem.claim',
        object: o.object ?? 'p-1',
        start: o.start ?? { text: '' },
        ...(o.version === undefined ? {} : { version: o.version }),
      });
      return null;
    }),
  );
  return made as Draft<Typed>;
}

describe('a form that is opened', () => {
  test('for the first time begins as it always does, with an id of its own', () => {
    const [one, two] = [open({ version: 3 }), open({ version: 3 })];
    expect(one).toMatchObject({ values: { text: '' }, restoredAt: null, version: 3 });
    expect(one.commandId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(two.commandId).not.toBe(one.commandId);
    expect(open().version).toBeNull();
  });

  test('again has what was typed, the version that was seen then, and the same id: it is the same command', () => {
    const before = Date.now();
    const first = open({ version: 3 });
    first.keep({ text: '已完成整改' });
    const again = open({ version: 5 });
    expect(again).toMatchObject({ values: { text: '已完成整改' }, version: 3, commandId: first.commandId });
    expect(again.restoredAt).toBeGreaterThanOrEqual(before);
  });

  test('about something else, or by somebody else, begins empty', () => {
    open().keep({ text: '已完成整改' });
    expect(open({ object: 'p-2' }).values.text).toBe('');
    openPageFor({ id: 'u-2', username: 'city', name: '李禾' }, 't');
    expect(open().values.text).toBe('');
  });

  test('has what is new in it beside what was typed', () => {
    open().keep({ text: 'x' });
    expect(open({ start: { text: '', days: 7 } }).values).toEqual({ text: 'x', days: 7 });
  });
});

describe('what was typed', () => {
  test('is not kept once it is as the form began', () => {
    const draft = open({ start: { text: '原文' } });
    draft.keep({ text: '改过' });
    expect(held.size).toBe(1);
    draft.keep({ text: '原文' });
    expect(held.size).toBe(0);
  });

  test('goes when it was sent, forgotten or discarded', () => {
    for (const end of ['sent', 'forget', 'discard'] as const) {
      const draft = open();
      draft.keep({ text: 'x' });
      draft[end]();
      expect([held.size, draft.mayClose(), asked], end).toEqual([0, true, 0]);
      expect(open().commandId, end).not.toBe(draft.commandId);
    }
  });

  test('lets the form close without a question while it is kept', () => {
    const draft = open();
    draft.keep({ text: 'x' });
    expect([draft.mayClose(), asked]).toEqual([true, 0]);
  });

  test('names no person on the disk, and who closes is asked about the name', () => {
    const draft = open();
    draft.keep({ text: 'x', person: '王某' });
    expect([...held.values()].join()).not.toContain('王某');
    expect([draft.mayClose(), asked]).toEqual([false, 1]);
    leaves = true;
    expect(draft.mayClose()).toBe(true);
    draft.keep({ text: 'x', person: ' ' });
    expect([draft.mayClose(), asked]).toEqual([true, 2]);
  });

  test('that does not fit into the browser is asked about', () => {
    full = true;
    const draft = open();
    draft.keep({ text: 'x' });
    expect([draft.mayClose(), asked]).toEqual([false, 1]);
  });

  test('on a page of nobody is not kept', () => {
    closePage();
    const draft = open();
    draft.keep({ text: 'x' });
    expect([held.size, draft.mayClose()]).toEqual([0, false]);
  });
});

describe('what is kept for a form that will be opened', () => {
  test('under another name is there when it is, as a command of its own', () => {
    keepNow('problem.claim', 'p-9', { text: 'later' }, 4);
    const draft = open({ object: 'p-9', version: 8 });
    expect(draft).toMatchObject({ values: { text: 'later' }, version: 4 });
  });

  test('is nothing on a page of nobody', () => {
    closePage();
    keepNow('problem.claim', 'p-9', { text: 'later' }, 4);
    expect(held.size).toBe(0);
  });
});
