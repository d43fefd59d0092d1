import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Act, Draft } from '../acts/act.ts';
import { instant } from '../kernel/instant.ts';
import { isRefusal } from '../kernel/refusal.ts';
import { evidenceRows } from '../evidence/project.ts';
import { decideExport, decideReceive, decideView } from './decide.ts';
import { fileNameOf } from './media.ts';
import { foldEvidence } from './state.ts';
import { evidenceStreamId } from './stream.ts';

const sha = 'ab'.repeat(32);
// Written down: what is computed while tests are collected is judged by none of them.
const id = '0198c5f0-0000-7000-8000-00000000000a';
const actor = { id: 'u1', org: 'team', name: '贺川' };
const receipt = (itemId: string, place = 141_024) => ({
  sha256: sha,
  bytes: 10,
  mediaType: 'image/jpeg',
  kind: 'photo' as const,
  name: 'a.jpg',
  takenAt: null,
  deviceTakenAt: null,
  hasLocation: false,
  itemId,
  itemNo: itemId,
  place,
});
const copy = { source: sha, sha256: 'cd'.repeat(32), transform: 'strip-metadata/1', bytes: 5, mediaType: 'image/jpeg' };

function append(acts: readonly Act[], drafts: readonly Draft[], at: number, by = actor): Act[] {
  const rest = drafts.map((d, i) => ({
    ...d,
    id: `${at}-${i}-${acts.length}`,
    campaign: 'shanxi-2019',
    seq: acts.length + i + 1,
    schema: 1,
    actor: by,
    happenedAt: instant(at),
    recordedAt: instant(at),
  }));
  return [...acts, ...(rest as Act[])];
}

const receive = () => append([], decideReceive(id, undefined, receipt('p1'), [copy]), 1000);

describe('custody', () => {
  test('a receipt seals at once; the same for the same problem writes nothing, for another one a further receipt', () => {
    const received = receive();
    expect(received.map((a) => a.kind)).toEqual(['EvidenceReceived', 'EvidenceSealed', 'RenditionDerived']);
    expect(decideReceive(id, foldEvidence(received), receipt('p1'), [copy])).toEqual([]);
    const further = decideReceive(id, foldEvidence(received), receipt('p2', 140_105), [copy]);
    expect(further.map((d) => d.kind)).toEqual(['EvidenceReceived']);
    const rows = evidenceRows(append(received, further, 2000));
    expect(rows.map((r) => [r.itemId, r.place, r.sealed, r.original])).toEqual([
      ['p1', 141_024, true, null],
      ['p1', 141_024, false, sha],
      ['p2', 140_105, true, null],
      ['p2', 140_105, false, sha],
    ]);
  });

  test('in whatever order and however often receipts come, there is one seal, one copy and one receipt a problem', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('p1', 'p2', 'p3'), { minLength: 1, maxLength: 12 }), (items) => {
        let acts: Act[] = [];
        for (const [i, item] of items.entries()) acts = append(acts, decideReceive(id, foldEvidence(acts), receipt(item), [copy]), i);
        const object = foldEvidence(acts);
        expect(object?.receipts.map((r) => r.payload.itemId)).toEqual([...new Set(items)]);
        expect(acts.filter((a) => a.kind === 'EvidenceSealed')).toHaveLength(1);
        expect(acts.filter((a) => a.kind === 'RenditionDerived')).toHaveLength(1);
      }),
    );
  });

  test('a look shows the copy, and looking again counts after ten minutes or from another person', () => {
    const object = () => foldEvidence(acts);
    let acts = receive();
    const look = (at: number, by = actor) => {
      const known = object();
      const drafts = known === undefined ? [] : decideView(known, by, instant(at));
      acts = append(acts, drafts, at, by);
      return drafts;
    };
    expect(look(10_000)[0]?.payload).toEqual({ rendition: copy.sha256 });
    expect(look(20_000)).toEqual([]);
    expect(look(20_000, { ...actor, id: 'u2' })).toHaveLength(1);
    expect(look(10_000 + 600_000)).toHaveLength(1);
  });

  test('an export without a purpose is refused', () => {
    const object = foldEvidence(receive());
    if (object === undefined) throw new Error('nothing received');
    for (const purpose of ['', '   ', '查看 ', 'abc'])
      expect(decideExport(object, purpose)).toMatchObject({ code: 'evidence.purpose-missing' });
    const drafts = decideExport(object, ' 行政复议 ');
    expect(isRefusal(drafts) ? [] : drafts.map((d) => d.payload)).toEqual([{ purpose: '行政复议' }]);
  });
});

describe('an object of the store', () => {
  const object = (acts: readonly Act[], asOf?: number) => {
    const found = foldEvidence(acts, asOf === undefined ? undefined : instant(asOf));
    if (found === undefined) throw new Error('nothing received');
    return found;
  };
  const thumbnail = { ...copy, sha256: 'ef'.repeat(32), transform: 'thumbnail/1', bytes: 2 };

  test('is what its acts say, in whatever order they come', () => {
    const acts = append(receive(), decideView(object(receive()), actor, instant(2000)), 2000);
    const wanted = {
      id,
      sha256: sha,
      receipts: [{ payload: receipt('p1'), at: 1000 }],
      sealed: true,
      renditions: [{ ...copy, at: 1000 }],
      viewed: [acts[3]],
    };
    expect(foldEvidence(acts)).toEqual(wanted);
    expect(foldEvidence([...acts].reverse())).toEqual(wanted);
    expect(foldEvidence(append(acts, decideExport(object(acts), '行政复议') as Draft[], 3000))).toEqual(wanted);
  });

  test('is not there before it was received, nor out of acts of other streams', () => {
    expect(foldEvidence([])).toBeUndefined();
    expect(foldEvidence(receive(), instant(999))).toBeUndefined();
    expect(foldEvidence(receive(), instant(1000))?.sealed).toBe(true);
    expect(foldEvidence(receive().map((a) => ({ ...a, stream: 'problem' }) as Act))).toBeUndefined();
    expect(foldEvidence(receive().slice(1))).toBeUndefined();
    expect(evidenceRows([])).toEqual([]);
    expect(evidenceRows(receive().map((a) => ({ ...a, stream: 'problem' }) as Act))).toEqual([]);
  });

  test('is unsealed until it was sealed, and then the seal is all that is missing', () => {
    const open = object(receive().slice(0, 1));
    expect(open.sealed).toBe(false);
    expect(decideReceive(id, open, receipt('p1'), [])).toEqual([
      { stream: 'evidence', streamId: id, kind: 'EvidenceSealed', payload: { reason: 'receipt' } },
    ]);
  });

  test('gets each copy once, and another kind of copy beside it', () => {
    expect(decideReceive(id, object(receive()), receipt('p1'), [copy, thumbnail])).toEqual([
      { stream: 'evidence', streamId: id, kind: 'RenditionDerived', payload: thumbnail },
    ]);
    expect(decideReceive(id, undefined, receipt('p1'), [copy, thumbnail]).map((d) => d.payload)).toEqual([
      receipt('p1'),
      { reason: 'receipt' },
      copy,
      thumbnail,
    ]);
  });

  test('is shown itself where it has no copy without metadata; a small picture for lists is none', () => {
    const bare = object(append([], decideReceive(id, undefined, receipt('p1'), [thumbnail]), 1000));
    expect(decideView(bare, actor, instant(2000))).toEqual([
      { stream: 'evidence', streamId: id, kind: 'EvidenceViewed', payload: { rendition: null } },
    ]);
  });

  test('is looked at again from ten minutes on, or when there is a copy now that was not there', () => {
    const bare = append([], decideReceive(id, undefined, receipt('p1'), []), 1000);
    const looked = append(bare, decideView(object(bare), actor, instant(2000)), 2000);
    const again = (at: number) => decideView(object(looked), actor, instant(at)).length;
    expect([again(2000 + 599_999), again(2000 + 600_000)]).toEqual([0, 1]);
    const copied = append(looked, decideReceive(id, object(looked), receipt('p1'), [copy]), 3000);
    expect(decideView(object(copied), actor, instant(4000)).map((d) => d.payload)).toEqual([{ rendition: copy.sha256 }]);
  });

  test('leaves with a purpose of four characters at least, recorded in its own stream', () => {
    expect(decideExport(object(receive()), '行政复议')).toEqual([
      { stream: 'evidence', streamId: id, kind: 'EvidenceExported', payload: { purpose: '行政复议' } },
    ]);
    expect(decideExport(object(receive()), ' 复议了 ')).toEqual({ refused: true, code: 'evidence.purpose-missing', details: {} });
  });

  test('lies with each of its problems as an original and as its copies, a copy no earlier than it was there for that problem', () => {
    const picture = { ...receipt('p1'), likeness: '01'.repeat(128) };
    let acts = append([], decideReceive(id, undefined, picture, [copy]), 1000);
    acts = append(acts, decideReceive(id, object(acts), receipt('p2', 140_105), [thumbnail]), 5000);
    const original = { streamId: id, kind: 'photo', name: 'a.jpg', sha256: sha, bytes: 10, mediaType: 'image/jpeg', sealed: true };
    const derived = { streamId: id, kind: 'photo', name: 'a.jpg', mediaType: 'image/jpeg', sealed: false, original: sha, likeness: null };
    const first = { itemId: 'p1', place: 141_024 };
    const second = { itemId: 'p2', place: 140_105 };
    const viewed = { sha256: copy.sha256, bytes: 5, transform: 'strip-metadata/1' };
    const listed = { sha256: thumbnail.sha256, bytes: 2, transform: 'thumbnail/1' };
    expect(evidenceRows(acts)).toEqual([
      { ...original, ...first, receivedAt: 1000, original: null, transform: null, likeness: picture.likeness },
      { ...derived, ...first, ...viewed, receivedAt: 1000 },
      { ...derived, ...first, ...listed, receivedAt: 5000 },
      { ...original, ...second, receivedAt: 5000, original: null, transform: null, likeness: null },
      { ...derived, ...second, ...viewed, receivedAt: 5000 },
      { ...derived, ...second, ...listed, receivedAt: 5000 },
    ]);
  });
});

describe('the stream of an object', () => {
  test('is a UUIDv8 of the campaign and the hash', () => {
    const own = evidenceStreamId('shanxi-2019', sha);
    const digest = bytesToHex(sha256(utf8ToBytes(`shanxi-2019${sha}`)));
    expect(own).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(own.slice(0, 13)).toBe(`${digest.slice(0, 8)}-${digest.slice(8, 12)}`);
    expect(evidenceStreamId('other', sha)).not.toBe(own);
  });
});

describe('names of files', () => {
  test.each([
    ['照片.jpg', 'image/jpeg', '照片.jpg'],
    ['report.pdf.exe', 'application/pdf', 'report.pdf'],
    ['../../etc/passwd', 'text/plain', '_.._etc_passwd.txt'],
    ['a\r\nSet-Cookie: x.csv', 'text/csv', 'aSet-Cookie_ x.csv'],
    ['\u202Egpj.exe', 'image/png', 'gpj.png'],
    ['', 'video/mp4', 'evidence.mp4'],
    ['x.html', 'unknown/type', 'x.bin'],
  ])('%j as %s is %s', (name, type, safe) => {
    expect(fileNameOf(name, type)).toBe(safe);
  });

  test('never have a path, a control character or a foreign extension', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const safe = fileNameOf(name, 'image/jpeg');
        expect(safe).toMatch(/\.jpg$/);
        expect(safe).not.toMatch(/[\u0000-\u001f\u007f\\/:*?"<>|\u202e]/);
        expect(safe.startsWith('.')).toBe(false);
      }),
    );
  });
});
