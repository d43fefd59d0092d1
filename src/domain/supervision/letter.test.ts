import { describe, expect, test } from 'vitest';
import type { Act } from '../acts/act.ts';
import { instant } from '../kernel/instant.ts';
import { decideReceipt, foldLetter, mayReceive } from './letter.ts';

const officer = { id: 'u1', org: 'gov-141000', name: '甲' };
const act = (seq: number, kind: string, payload: object, happened = seq, recorded = seq) =>
  ({
    ...{ id: String(seq), campaign: 'c', stream: 'letter', streamId: 'l1', seq, kind, schema: 1, payload, actor: officer },
    ...{ happenedAt: instant(happened), recordedAt: instant(recorded) },
  }) as unknown as Act;
const issued = act(1, 'LetterIssued', {
  ...{ batch: 4, place: 141_000, government: 'gov-141000', docNo: '晋百日函4号', problems: 3, deadline: '2019-08-20' },
});
const received = act(2, 'LetterReceived', { by: '甲' }, 20, 30);

describe('a letter', () => {
  test('is signed for once, by its addressee', () => {
    const letter = foldLetter([issued]);
    if (letter === undefined) throw new Error('not issued');
    expect(letter).toMatchObject({ id: 'l1', batch: 4, place: 141_000, government: 'gov-141000', docNo: '晋百日函4号', received: null });
    expect(decideReceipt(letter, officer)).toEqual([{ stream: 'letter', streamId: 'l1', kind: 'LetterReceived', payload: { by: '甲' } }]);
    const signed = foldLetter([issued, received]);
    if (signed === undefined) throw new Error('not issued');
    expect(signed.received).toEqual({ by: officer, at: 20 });
    expect(decideReceipt(signed, officer)).toMatchObject({ code: 'letter.received' });
  });

  test('is not signed for by another government, nor by whoever issued it, whether it was signed for or not', () => {
    for (const acts of [[issued], [issued, received]]) {
      const letter = foldLetter(acts);
      if (letter === undefined) throw new Error('not issued');
      for (const org of ['gov-140100', 'sx-office', '']) {
        expect(decideReceipt(letter, { ...officer, org })).toMatchObject({
          code: 'letter.other-government',
          details: { docNo: '晋百日函4号' },
        });
        expect(mayReceive(letter, org)).toBe(false);
      }
      expect(mayReceive(letter, 'gov-141000')).toBe(letter.received === null);
    }
  });

  test('is as it was at an instant: signed for from the recording on', () => {
    expect(foldLetter([issued, received], instant(0))).toBeUndefined();
    expect(foldLetter([issued, received], instant(29))?.received).toBeNull();
    expect(foldLetter([received, issued], instant(30))?.received?.at).toBe(20);
    expect(foldLetter([])).toBeUndefined();
    expect(foldLetter([received])).toBeUndefined();
  });
});
