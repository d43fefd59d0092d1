import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Gather, type Settled } from './gather.ts';

interface Asked {
  readonly name: string;
  readonly keys?: readonly string[];
}

/** A gather whose runs are noted and end when they are let go. */
function noted(options: { most?: number; abreast?: number } = {}, answer: (a: Asked) => Settled<string> = (a) => ({ answer: a.name })) {
  const runs: string[][] = [];
  const gates: (() => void)[] = [];
  const gather = new Gather<Asked, string>(
    async (list) => {
      runs.push(list.map((a) => a.name));
      await new Promise<void>((open) => gates.push(open));
      return list.map(answer);
    },
    { most: options.most ?? 10, abreast: options.abreast ?? 1, keys: (a) => a.keys ?? [] },
  );
  const go = async () => {
    gates.shift()?.();
    // Longer than anybody waits for company.
    await sleep(8);
  };
  return { gather, runs, go };
}

describe('requests that wait at the same time', () => {
  test('share the next run, while the first goes at once', async () => {
    const { gather, runs, go } = noted();
    const answers = ['a', 'b', 'c'].map((name) => gather.take({ name }));
    expect(runs).toEqual([['a']]);
    await go();
    expect(runs).toEqual([['a'], ['b', 'c']]);
    await go();
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
  });

  test('are no more than fit into a run, oldest first', async () => {
    const { gather, runs, go } = noted({ most: 2 });
    const answers = ['a', 'b', 'c', 'd'].map((name) => gather.take({ name }));
    for (let i = 0; i < 3; i++) await go();
    expect(runs).toEqual([['a'], ['b', 'c'], ['d']]);
    await Promise.all(answers);
  });

  test('that come back after a full run are waited for, so that the next one is full as well', async () => {
    const { gather, runs, go } = noted();
    const first = ['a', 'b', 'c', 'd'].map((name) => gather.take({ name }));
    await go();
    expect(runs).toEqual([['a'], ['b', 'c', 'd']]);
    await go();
    const again = [gather.take({ name: 'e' })];
    expect(runs).toHaveLength(2);
    again.push(gather.take({ name: 'f' }), gather.take({ name: 'g' }));
    expect(runs[2]).toEqual(['e', 'f', 'g']);
    await go();
    // Who comes alone goes alone, after a moment; and the one after that at once.
    const alone = gather.take({ name: 'h' });
    await sleep(8);
    expect(runs[3]).toEqual(['h']);
    await go();
    const last = gather.take({ name: 'i' });
    expect(runs[4]).toEqual(['i']);
    await go();
    expect(await Promise.all([...first, ...again, alone, last])).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
  });

  test('with a key in common go one after another, in the order they came, whatever runs beside them', async () => {
    const { gather, runs, go } = noted({ abreast: 2 });
    const asked = [
      { name: 'a', keys: ['x'] },
      { name: 'b', keys: ['x', 'y'] },
      { name: 'c', keys: ['y'] },
      { name: 'd', keys: ['z'] },
    ];
    const answers = asked.map((a) => gather.take(a));
    expect(runs).toEqual([['a'], ['d']]);
    await go();
    expect(runs[2]).toEqual(['b']);
    await go();
    await go();
    expect(runs[3]).toEqual(['c']);
    await go();
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('what becomes of a run', () => {
  test('an error of one request is its own', async () => {
    const { gather, go } = noted({}, (a) => (a.name === 'b' ? { error: new Error('b fell') } : { answer: a.name }));
    const answers = Promise.allSettled(['a', 'b', 'c'].map((name) => gather.take({ name })));
    await go();
    await go();
    expect((await answers).map((r) => (r.status === 'fulfilled' ? r.value : (r.reason as Error).message))).toEqual(['a', 'b fell', 'c']);
  });

  test('a run that fails fails for all in it, and the next one goes on', async () => {
    let runs = 0;
    const gather = new Gather<string, string>(
      async (list) => {
        await sleep(1);
        if (runs++ === 0) throw new Error('no database');
        return list.map((answer) => ({ answer }));
      },
      { most: 1, abreast: 1, keys: (k) => [k] },
    );
    const [first, second] = await Promise.allSettled([gather.take('a'), gather.take('a')]);
    expect(first).toMatchObject({ status: 'rejected', reason: { message: 'no database' } });
    expect(second).toMatchObject({ status: 'fulfilled', value: 'a' });
  });

  test('a request put off comes first in the next run', async () => {
    let times = 0;
    const { gather, runs, go } = noted({}, (a) => (a.name === 'c' && times++ === 0 ? 'again' : { answer: a.name }));
    const answers = ['a', 'b', 'c'].map((name) => gather.take({ name }));
    await go();
    answers.push(gather.take({ name: 'd' }));
    await go();
    expect(runs).toEqual([['a'], ['b', 'c'], ['c', 'd']]);
    await go();
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd']);
  });
});
