import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rfc6962Root } from '../../../test/support/rfc6962.ts';
import { on, stream } from '../../../test/fixtures/small-campaign.ts';
import type { Act, ActKind } from '../acts/act.ts';
import type { ReleasedPayload } from './acts.ts';
import { decideRelease, decideReturn, decideRevise, decideSubmit, foldBulletin, mayRelease, type Bulletin } from './bulletin.ts';
import { diffTexts } from './diff.ts';
import { recordsRoot } from './merkle.ts';

describe('the root over the records of a figure', () => {
  test('is that of RFC 6962 over the sorted ids, whatever the order they come in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 70 }), (ids) => {
        const expected = rfc6962Root([...ids].sort());
        expect(recordsRoot(ids)).toBe(expected);
        expect(recordsRoot([...ids].reverse())).toBe(expected);
        if (ids.length > 0) expect(recordsRoot(ids.slice(1))).not.toBe(expected);
      }),
    );
  });
});

describe('what changed between two texts', () => {
  const texts = fc.string({ unit: fc.constantFrom('共', '个', '1', '2', ' ', 'ab', '\n', '%'), maxLength: 40 });
  test('gives back both of them', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const changes = diffTexts(a, b);
        const side = (not: string) =>
          changes
            .filter((c) => c.kind !== not)
            .map((c) => c.text)
            .join('');
        expect([side('new'), side('gone')]).toEqual([a, b]);
        if (a === b) expect(changes.every((c) => c.kind === 'same')).toBe(true);
      }),
    );
  });

  test('shows a number as a whole', () => {
    expect(diffTexts('共2,507个。', '共2,517个。')).toEqual([
      { kind: 'same', text: '共' },
      { kind: 'gone', text: '2,507' },
      { kind: 'new', text: '2,517' },
      { kind: 'same', text: '个。' },
    ]);
  });
});

describe('a bulletin', () => {
  const text = { title: '进展', lang: 'zh' as const, body: '正文', asOf: '2019-08-05T18:00:00+08:00' };
  const drafted = (more: object = {}): [ActKind, object] => [
    'BulletinDrafted',
    { ...text, no: 7, kind: 'bulletin', corrects: null, ...more },
  ];
  const released = { figures: [], releasedAt: '2019-08-06T09:00:00+08:00' } as unknown as ReleasedPayload;
  /** Acts of one bulletin, a day each; each by somebody else unless named. */
  type Step = readonly [ActKind, object, string?];
  const acts = (...list: readonly Step[]) =>
    stream('bulletin', 'b', ...list.map(([kind, payload], i) => [`07-0${i + 1}`, { kind, payload }] as const)).map((a, i) =>
      list[i]?.[2] === undefined ? a : ({ ...a, actor: { ...a.actor, id: list[i]?.[2] as string } } as Act),
    );
  const fold = (...list: readonly Step[]): Bulletin => {
    const b = foldBulletin(acts(...list));
    if (b === undefined) throw new Error('not drafted');
    return b;
  };
  const inState = {
    draft: () => fold(drafted()),
    submitted: () => fold(drafted(), ['BulletinSubmitted', {}]),
    returned: () => fold(drafted(), ['BulletinSubmitted', {}], ['BulletinReturned', { reason: '数字未核' }]),
    released: () => fold(drafted(), ['BulletinSubmitted', {}], ['BulletinReleased', released]),
  };
  const refused = (code: string, details: object) => ({ refused: true, code, details });

  test('is what its first act says, until others change it', () => {
    expect(inState.draft()).toEqual({
      ...text,
      id: 'b',
      no: 7,
      kind: 'bulletin',
      corrects: null,
      state: 'draft',
      version: 1,
      authors: ['by-1'],
      returnedFor: null,
      released: null,
      correctedBy: [],
      draftedAt: on('07-01'),
      changedAt: on('07-01'),
      releasedAct: null,
    });
    expect(inState.submitted()).toMatchObject({ state: 'submitted', version: 2, authors: ['by-1', 'by-2'], changedAt: on('07-02') });
    expect(inState.returned()).toMatchObject({ state: 'returned', returnedFor: '数字未核', version: 3, authors: ['by-1', 'by-2'] });
    const again = fold(
      drafted(),
      ['BulletinSubmitted', {}],
      ['BulletinReturned', { reason: 'r' }],
      ['BulletinRevised', { ...text, body: '改' }, 'by-1'],
    );
    expect(again).toMatchObject({
      state: 'draft',
      body: '改',
      returnedFor: null,
      no: 7,
      authors: ['by-1', 'by-2'],
      draftedAt: on('07-01'),
    });
  });

  test('keeps what was released and by which act, and who corrected it since', () => {
    const list = acts(
      drafted(),
      ['BulletinSubmitted', {}],
      ['BulletinReleased', released],
      ['BulletinCorrected', { by: 'b2', reason: '一' }],
      ['BulletinCorrected', { by: 'b3', reason: '二' }],
    );
    const b = foldBulletin(list);
    expect(b).toMatchObject({ state: 'released', released, releasedAct: list[2], version: 5, authors: ['by-1', 'by-2'] });
    expect(b?.correctedBy).toEqual([
      { id: 'b2', reason: '一' },
      { id: 'b3', reason: '二' },
    ]);
    expect(foldBulletin([...list].reverse())).toEqual(b);
    expect(foldBulletin(list, on('07-02'))?.state).toBe('submitted');
  });

  test('is none before it was drafted, nor out of acts of other streams', () => {
    expect(foldBulletin([])).toBeUndefined();
    expect(foldBulletin(acts(['BulletinSubmitted', {}]))).toBeUndefined();
    const stray = { ...(stream('problem', 'p', ['07-09', { kind: 'ProblemConfirmed', payload: {} }])[0] as Act), seq: 9 };
    expect(foldBulletin([...acts(drafted()), stray])?.version).toBe(1);
  });

  test('goes on by revising, submitting and returning in the states that allow it, against the version that was seen', () => {
    const draftOf = (kind: string, payload: object) => [{ stream: 'bulletin', streamId: 'b', kind, payload }];
    const tried = {
      revise: (b: Bulletin, version = b.version) => decideRevise(b, version, text),
      submit: (b: Bulletin, version = b.version) => decideSubmit(b, version),
      return: (b: Bulletin, version = b.version) => decideReturn(b, version, '理由'),
    };
    const given = {
      revise: draftOf('BulletinRevised', text),
      submit: draftOf('BulletinSubmitted', {}),
      return: draftOf('BulletinReturned', { reason: '理由' }),
    };
    const allowed = { revise: ['draft', 'returned'], submit: ['draft'], return: ['submitted'] };
    for (const verb of ['revise', 'submit', 'return'] as const) {
      for (const state of ['draft', 'submitted', 'returned', 'released'] as const) {
        const b = inState[state]();
        const wrong =
          state === 'released' ? refused('bulletin.frozen', { no: 7 }) : refused('bulletin.wrong-state', { no: 7, state, verb });
        expect([verb, state, tried[verb](b)]).toEqual([verb, state, allowed[verb].includes(state) ? given[verb] : wrong]);
        const stale = allowed[verb].includes(state) ? refused('bulletin.changed', { no: 7, version: b.version }) : wrong;
        expect([verb, state, tried[verb](b, b.version - 1)]).toEqual([verb, state, stale]);
      }
    }
  });

  test('is released by a second person only: by nobody who wrote any of it or put it forward', () => {
    const b = inState.submitted();
    const by = (id: string, version = b.version) => decideRelease(b, version, { id, org: 'o', name: '' }, released, undefined);
    expect(by('by-3')).toEqual([{ stream: 'bulletin', streamId: 'b', kind: 'BulletinReleased', payload: released }]);
    for (const author of ['by-1', 'by-2']) expect(by(author)).toEqual(refused('bulletin.two-persons', { no: 7 }));
    expect(by('by-3', 1)).toEqual(refused('bulletin.changed', { no: 7, version: 2 }));
    for (const state of ['draft', 'returned'] as const) {
      expect(mayRelease(inState[state](), 1, 'by-9')).toEqual(refused('bulletin.wrong-state', { no: 7, state, verb: 'release' }));
    }
    expect(mayRelease(inState.released(), 3, 'by-9')).toEqual(refused('bulletin.frozen', { no: 7 }));
    expect(mayRelease(b, 2, 'by-9')).toBeUndefined();
  });

  test('that corrects another one marks that one, which has to be released', () => {
    const b = fold(drafted({ corrects: { id: 'old', reason: '笔误' } }), ['BulletinSubmitted', {}]);
    const old = { ...inState.released(), id: 'old' };
    const by = { id: 'by-3', org: 'o', name: '' };
    expect(decideRelease(b, 2, by, released, old)).toEqual([
      { stream: 'bulletin', streamId: 'b', kind: 'BulletinReleased', payload: released },
      { stream: 'bulletin', streamId: 'old', kind: 'BulletinCorrected', payload: { by: 'b', reason: '笔误' } },
    ]);
    for (const other of [undefined, inState.draft(), inState.submitted()]) {
      expect(decideRelease(b, 2, by, released, other)).toEqual(refused('bulletin.corrects-unreleased', {}));
    }
  });
});

describe('what changed is as little as can be', () => {
  const short = (a: string, b: string) => diffTexts(a, b).map((c) => `${{ same: '=', gone: '-', new: '+' }[c.kind]}${c.text}`);

  test.each([
    ['共五个', '共六个', ['=共', '-五', '+六', '=个']],
    ['甲乙丙丁', '甲丙丁', ['=甲', '-乙', '=丙丁']],
    ['甲丙丁', '甲乙丙丁', ['=甲', '+乙', '=丙丁']],
    ['甲乙丙丁戊', '己乙庚丁辛', ['-甲', '+己', '=乙', '-丙', '+庚', '=丁', '-戊', '+辛']],
    ['乙甲丙甲乙', '甲乙丙乙甲', ['-乙', '=甲', '+乙', '=丙', '-甲', '=乙', '+甲']],
    ['', '甲', ['+甲']],
    ['甲', '', ['-甲']],
    ['', '', []],
    ['甲甲', '甲', ['=甲', '-甲']],
    ['甲', '甲甲', ['=甲', '+甲']],
  ])('%j to %j', (a, b, wanted) => {
    expect(short(a, b)).toEqual(wanted);
  });

  test('by words with their apostrophes and hyphens, numbers with their signs, and gaps as a whole', () => {
    expect(short("the team's re-check", "the team's check")).toEqual(["=the team's ", '-re-check', '+check']);
    expect(short('65.73%', '65.74%')).toEqual(['-65.73%', '+65.74%']);
    expect(short('a   b', 'a b')).toEqual(['=a', '-   ', '+ ', '=b']);
    expect(short('a\nb', 'a\n\nb')).toEqual(['=a', '-\n', '+\n\n', '=b']);
    expect(short('don’t', 'dont')).toEqual(['-don’t', '+dont']);
  });
});

test('the root over records that are named twice is that over each once', () => {
  expect(recordsRoot(['b', 'a', 'b'])).toBe(rfc6962Root(['a', 'b']));
  expect(recordsRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
