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
