import { describe, expect, test } from 'vitest';
import {
  countDrafts,
  type DraftStorage,
  dropDraft,
  dropDraftsOf,
  dropOldDrafts,
  findDraft,
  hasPersonal,
  keepDraft,
  type Kept,
  withoutPersonal,
} from './store.ts';

/** Storage as a browser has it, with room for so many characters. */
class Room implements DraftStorage {
  readonly held = new Map<string, string>();
  readonly room: number;
  constructor(room = 10_000) {
    this.room = room;
  }
  get length(): number {
    return this.held.size;
  }
  key(i: number): string | null {
    return [...this.held.keys()][i] ?? null;
  }
  getItem(key: string): string | null {
    return this.held.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (value.length > this.room) throw new DOMException('full', 'QuotaExceededError');
    this.held.set(key, value);
  }
  removeItem(key: string): void {
    this.held.delete(key);
  }
}

const zhou = { person: 'u-1', form: 'problem.claim', object: 'p-1' };
const draft: Kept = { at: 1_000, commandId: 'c-1', version: 3, values: { text: '已完成整改' } };
const day = 86_400_000;

describe('what is typed', () => {
  test('is found again by the same person in the same form about the same thing, and by nobody else', () => {
    const room = new Room();
    expect(keepDraft(room, zhou, draft)).toBe(true);
    expect(findDraft(room, zhou, 2_000)).toEqual(draft);
    for (const other of [
      { person: 'u-2' },
      { person: 'u-1/problem.claim' },
      { form: 'problem.check' },
      { object: 'p-2' },
      { person: 'u' },
    ]) {
      expect(findDraft(room, { ...zhou, ...other }, 2_000)).toBeUndefined();
    }
  });

  test('goes when it was sent, and all of it when its person signs out; another person’s stays', () => {
    const room = new Room();
    keepDraft(room, zhou, draft);
    keepDraft(room, { ...zhou, object: 'p-2' }, draft);
    keepDraft(room, { ...zhou, person: 'u-10' }, draft);
    room.setItem('clearzero.lang', 'zh');
    expect(countDrafts(room, 'u-1')).toBe(2);
    dropDraft(room, zhou);
    expect([findDraft(room, zhou, 2_000), countDrafts(room, 'u-1')]).toEqual([undefined, 1]);
    dropDraftsOf(room, 'u-1');
    expect([countDrafts(room, 'u-1'), countDrafts(room, 'u-10'), room.length]).toEqual([0, 1, 2]);
  });

  test('is not kept where it names a person or is a password', () => {
    const values = { government: 'gov-141024', person: '王某', officers: ['甲', '乙'], password: 'x', department: '环保局' };
    expect(withoutPersonal(values)).toEqual({ government: 'gov-141024', department: '环保局' });
    const room = new Room();
    keepDraft(room, zhou, { ...draft, values });
    expect([...room.held.values()].join('')).not.toMatch(/王某|甲|password/);
    expect([hasPersonal(values), hasPersonal({ person: '  ' }), hasPersonal({ person: undefined, text: 'x' })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('that does not fit is said not to be kept', () => {
    expect(keepDraft(new Room(20), zhou, draft)).toBe(false);
    expect(keepDraft(null, zhou, draft)).toBe(false);
    expect(findDraft(null, zhou, 0)).toBeUndefined();
  });

  test('is offered for thirty days', () => {
    const room = new Room();
    keepDraft(room, zhou, draft);
    expect(findDraft(room, zhou, 1_000 + 30 * day)).toEqual(draft);
    expect(findDraft(room, zhou, 1_001 + 30 * day)).toBeUndefined();
    room.setItem('clearzero.draft/u-9/f/o', '{"at":"never"}');
    dropOldDrafts(room, 2_000);
    expect(room.length).toBe(1);
    dropOldDrafts(room, 1_001 + 30 * day);
    expect(room.length).toBe(0);
  });

  test.each([
    '',
    'null',
    '[]',
    '{',
    '{"at":1}',
    '{"at":1,"commandId":"c","values":null}',
    '{"at":1,"commandId":"c","version":"2","values":{}}',
  ])('that cannot be read (%s) is none', (text) => {
    const room = new Room();
    room.setItem('clearzero.draft/u-1/problem.claim/p-1', text);
    expect(findDraft(room, zhou, 1)).toBeUndefined();
  });
});

describe('a browser’s storage', () => {
  /** One that refuses everything, as in a frame without cookies. */
  const closed: DraftStorage = {
    get length(): number {
      throw new DOMException('denied', 'SecurityError');
    },
    key: () => {
      throw new DOMException('denied', 'SecurityError');
    },
    getItem: () => {
      throw new DOMException('denied', 'SecurityError');
    },
    setItem: () => {
      throw new DOMException('denied', 'SecurityError');
    },
    removeItem: () => {
      throw new DOMException('denied', 'SecurityError');
    },
  };

  test('that refuses everything breaks no form', () => {
    expect([keepDraft(closed, zhou, draft), findDraft(closed, zhou, 0), countDrafts(closed, 'u-1')]).toEqual([false, undefined, 0]);
    expect(() => {
      dropDraft(closed, zhou);
      dropDraftsOf(closed, 'u-1');
      dropOldDrafts(closed, 0);
    }).not.toThrow();
  });

  test('that is full keeps the draft it has', () => {
    const room = new Room(200);
    keepDraft(room, zhou, draft);
    expect(keepDraft(room, zhou, { ...draft, values: { text: '长'.repeat(300) } })).toBe(false);
    expect(findDraft(room, zhou, 2_000)).toEqual(draft);
  });

  test('gives back any text as it was typed', () => {
    const room = new Room();
    const values = { text: '焦炉烟气\n直排🏭\u0000"\\', note: '\u2028', half: '\ud83d', base: '' };
    keepDraft(room, zhou, { ...draft, values });
    expect(findDraft(room, zhou, 2_000)?.values).toEqual(values);
  });

  test('holds names with signs of addresses in them apart', () => {
    const room = new Room();
    const names = ['a/b', 'a%2Fb', 'a', '焦化/2', ' ', ''].flatMap((x) => [
      { person: 'u', form: x, object: 'o' },
      { person: 'u', form: 'f', object: x },
      { person: x, form: 'f', object: 'o' },
    ]);
    names.forEach((name, i) => keepDraft(room, name, { ...draft, version: i }));
    expect(room.length).toBe(names.length);
    names.forEach((name, i) => expect(findDraft(room, name, 2_000)?.version, JSON.stringify(name)).toBe(i));
    expect(countDrafts(room, 'a')).toBe(1);
  });

  test('whose drafts are dropped while they are counted loses none of the others', () => {
    const room = new Room();
    for (let i = 0; i < 20; i++) keepDraft(room, { ...zhou, object: `p-${i}`, person: i % 2 === 0 ? 'u-1' : 'u-2' }, draft);
    dropDraftsOf(room, 'u-1');
    expect([countDrafts(room, 'u-1'), countDrafts(room, 'u-2')]).toEqual([0, 10]);
  });
});

test('a draft of a clock that went back is not taken for an old one', () => {
  const room = new Room();
  keepDraft(room, zhou, { ...draft, at: 50 * day });
  expect(findDraft(room, zhou, 1_000)?.at).toBe(50 * day);
  dropOldDrafts(room, 1_000);
  expect(room.length).toBe(1);
});

test('a list of names in which none is filled in names nobody', () => {
  expect([hasPersonal({ officers: [] }), hasPersonal({ officers: ['', ' '] }), hasPersonal({ officers: ['', '甲'] })]).toEqual([
    false,
    false,
    true,
  ]);
});
