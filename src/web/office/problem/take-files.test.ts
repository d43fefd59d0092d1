import { describe, expect, test } from 'vitest';
import { evidence } from '../../../contract/evidence.ts';
import { takeFiles, type Evidence, type TakenFile } from './take-files.ts';

interface Sample extends TakenFile {
  readonly hash: string;
}
const file = (hash: string, more: Partial<TakenFile> = {}): Sample => ({
  hash: hash.padEnd(64, '0'),
  name: `${hash}.jpg`,
  type: 'image/jpeg',
  size: 1000,
  lastModified: Date.parse('2019-08-04T18:30:00Z'),
  ...more,
});

/** A form that holds what was chosen, and files whose fingerprints are done when a test says so. */
function form(o: { readonly utcOffsetMinutes?: number; readonly slow?: readonly Sample[]; readonly broken?: readonly Sample[] } = {}) {
  let chosen: readonly Evidence[] = [];
  const uploaded: string[] = [];
  const done = new Map<Sample, () => void>();
  return {
    uploaded,
    names: () => chosen.map((e) => e.name),
    chosen: () => chosen,
    finish: (f: Sample) => done.get(f)?.(),
    remove: (name: string) => (chosen = chosen.filter((e) => e.name !== name)),
    take: (...files: Sample[]) =>
      takeFiles(files, {
        utcOffsetMinutes: o.utcOffsetMinutes ?? 480,
        fingerprint: async (f) => {
          if (o.broken?.includes(f) === true) throw new DOMException('the file is gone', 'NotReadableError');
          if (o.slow?.includes(f) === true) await new Promise<void>((resolve) => done.set(f, resolve));
          return f.hash;
        },
        chosen: () => chosen,
        choose: (next) => (chosen = next),
        taken: (f) => uploaded.push(f.name),
      }),
  };
}

describe('files that are taken as evidence', () => {
  test('are told of by kind, name, time in the campaign’s zone, size and fingerprint, as the contract takes them', async () => {
    const f = form();
    await f.take(file('a'), file('b', { name: '现场.mp4', type: 'video/mp4' }), file('c', { name: '台账.csv', type: '' }));
    expect(f.chosen()[0]).toEqual({
      sha256: 'a'.padEnd(64, '0'),
      kind: 'photo',
      name: 'a.jpg',
      takenAt: '2019-08-05T02:30:00+08:00',
      bytes: 1000,
    });
    expect(f.chosen().map((e) => e.kind)).toEqual(['photo', 'video', 'document']);
    for (const e of f.chosen()) expect(evidence.safeParse(e).success, e.name).toBe(true);
    expect((await form({ utcOffsetMinutes: -300 }).take(file('a'))).length).toBe(0);
  });

  test('are named once, however often they are chosen, and can be uploaded again', async () => {
    const f = form();
    await f.take(file('a'), file('a', { name: 'again.jpg' }));
    await f.take(file('a'));
    expect(f.names()).toEqual(['a.jpg']);
    expect(f.uploaded).toEqual(['a.jpg', 'again.jpg', 'a.jpg']);
  });

  test('of the largest size are taken, one byte more is not, and all of those are told of', async () => {
    const f = form();
    const untaken = await f.take(
      file('a', { size: 40_000_000 }),
      file('b', { size: 40_000_001 }),
      file('c', { type: 'video/mp4', size: 500_000_000, name: 'c.mp4' }),
      file('d', { type: 'application/pdf', size: 60_000_001, name: 'd.pdf' }),
    );
    expect(f.names()).toEqual(['a.jpg', 'c.mp4']);
    expect(untaken).toEqual([
      { name: 'b.jpg', why: 'tooLarge', limit: 40_000_000 },
      { name: 'd.pdf', why: 'tooLarge', limit: 60_000_000 },
    ]);
    expect(f.uploaded).toEqual(['a.jpg', 'c.mp4']);
  });

  test('while a long one is still being read stay chosen when it is done', async () => {
    const [film, photo] = [file('f', { name: 'film.mp4', type: 'video/mp4' }), file('p')];
    const f = form({ slow: [film] });
    const first = f.take(film);
    await f.take(photo);
    expect(f.names()).toEqual(['p.jpg']);
    f.finish(film);
    await first;
    expect(f.names()).toEqual(['p.jpg', 'film.mp4']);
  });

  test('and taken out again while another is being read do not come back', async () => {
    const [photo, film] = [file('p'), file('f', { name: 'film.mp4', type: 'video/mp4' })];
    const f = form({ slow: [film] });
    const both = f.take(photo, film);
    await Promise.resolve();
    await new Promise((done) => setTimeout(done, 0));
    expect(f.names()).toEqual(['p.jpg']);
    f.remove('p.jpg');
    f.finish(film);
    await both;
    expect(f.names()).toEqual(['film.mp4']);
  });

  test('are taken although one among them cannot be read, which is said', async () => {
    const gone = file('g', { name: '优盘上的.jpg' });
    const f = form({ broken: [gone] });
    expect(await f.take(file('a'), gone, file('b'))).toEqual([{ name: '优盘上的.jpg', why: 'unreadable' }]);
    expect([f.names(), f.uploaded]).toEqual([
      ['a.jpg', 'b.jpg'],
      ['a.jpg', 'b.jpg'],
    ]);
  });

  test('with a long name are called by as much of it as the contract takes, and by no half of a character', async () => {
    const f = form();
    await f.take(
      file('a', { name: '厂'.repeat(300) }),
      file('b', { name: `${'x'.repeat(199)}🏭.jpg` }),
      file('c', { name: '🏭'.repeat(150) }),
    );
    expect(f.names().map((n) => n.length)).toEqual([200, 199, 200]);
    for (const e of f.chosen()) expect(evidence.safeParse(e).error?.issues ?? []).toEqual([]);
  });

  test('of none change nothing', async () => {
    const f = form();
    await f.take(file('a'));
    const before = f.chosen();
    expect(await f.take()).toEqual([]);
    expect(f.chosen()).toEqual(before);
  });
});
