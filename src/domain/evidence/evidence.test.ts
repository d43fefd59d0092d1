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
const id = evidenceStreamId('shanxi-2019', sha);
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

const received = append([], decideReceive(id, undefined, receipt('p1'), [copy]), 1000);

describe('custody', () => {
  test('a receipt seals at once; the same for the same problem writes nothing, for another one a further receipt', () => {
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
    let acts = received;
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
    const object = foldEvidence(received);
    if (object === undefined) throw new Error('nothing received');
    for (const purpose of ['', '   ', '查看 ', 'abc'])
      expect(decideExport(object, purpose)).toMatchObject({ code: 'evidence.purpose-missing' });
    const drafts = decideExport(object, ' 行政复议 ');
    expect(isRefusal(drafts) ? [] : drafts.map((d) => d.payload)).toEqual([{ purpose: '行政复议' }]);
  });
});

describe('the stream of an object', () => {
  test('is a UUIDv8 of the campaign and the hash', () => {
    const digest = bytesToHex(sha256(utf8ToBytes(`shanxi-2019${sha}`)));
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(id.slice(0, 13)).toBe(`${digest.slice(0, 8)}-${digest.slice(8, 12)}`);
    expect(evidenceStreamId('other', sha)).not.toBe(id);
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
