import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchOf, json, serveLocally, type Asked, type LocalServer } from '../../../../test/support/local-server.ts';
import { documentWith, Memory, Part } from '../../../../test/support/page-parts.ts';
import { SignedLog } from '../../../../test/support/signed-log.ts';
import { checkLog, fetchText, ofOneLog, readCheckpoint, type Seen } from './log.ts';
import { Report } from './report.ts';
import { words } from './words.ts';

const where = { lang: 'zh', slug: 'shanxi-2019', asOf: null } as const;
const entries = (n: number, of = 'entry') => Array.from({ length: n }, (_, i) => `${of} ${i}`);

let server: LocalServer;
let log: SignedLog;
let answer: ((asked: Asked, response: ServerResponse) => boolean | Promise<boolean>) | null;
let memory: Memory;

/** What the server says of its log: its key and checkpoint, and that it continues an older one. */
async function publish(asked: Asked, response: ServerResponse): Promise<void> {
  if (answer !== null && (await answer(asked, response))) return;
  const url = new URL(asked.path, 'http://x');
  if (url.pathname.endsWith('/log')) return void response.end(`${log.key}\n\n${await log.note()}`);
  const from = Number(url.searchParams.get('from'));
  if (from > log.entries.length) return void response.writeHead(404).end('{}');
  json(response, { from, proof: await log.consistency(from), checkpoint: await log.note() });
}

beforeEach(async () => {
  answer = null;
  memory = new Memory();
  log = new SignedLog(entries(5));
  server = await serveLocally(publish);
  vi.stubGlobal(
    'fetch',
    fetchOf(() => server.origin),
  );
  vi.stubGlobal(
    'document',
    documentWith(() => ({})),
  );
  vi.stubGlobal('localStorage', memory);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server.close();
});

/** A visit: what was found of the log, and how each step ended. */
async function visit(lang: 'zh' | 'en' = 'zh') {
  const place = new Part();
  const report = new Report(place as unknown as HTMLElement, words[lang]);
  const seen = await checkLog(report, where);
  report.end();
  return {
    seen,
    states: (place.children[0]?.children ?? []).map((c) => c.className),
    result: place.dataset.result,
    text: place.lines().join('\n'),
  };
}

const seenAt = async (of: SignedLog, size: number): Promise<Seen> => (await readCheckpoint(await of.note(size), of.key)) as Seen;

describe('a checkpoint', () => {
  test('is read when it was signed with the key, with its size and root', async () => {
    expect(await readCheckpoint(await log.note(), log.key)).toMatchObject({ key: log.key, size: 5 });
    expect((await readCheckpoint(await log.note(3), log.key))?.size).toBe(3);
  });

  test('is none of another key, of another text, or of no text', async () => {
    const note = await log.note();
    const other = new SignedLog(entries(5), 2);
    expect(await readCheckpoint(note, other.key)).toBeUndefined();
    expect(await readCheckpoint(note.replace('\n5\n', '\n6\n'), log.key)).toBeUndefined();
    for (const text of ['', 'x', note.slice(0, -5), undefined, null, 7, {}]) expect(await readCheckpoint(text, log.key)).toBeUndefined();
    for (const key of ['', 'a+b+c', log.key.slice(0, -3)]) expect(await readCheckpoint(note, key), key).toBeUndefined();
  });
});

describe('the first visit', () => {
  test('finds the signature good, remembers the checkpoint and says so', async () => {
    const { seen, states, result, text } = await visit();
    expect([seen?.size, states, result]).toEqual([5, ['ok', 'not'], 'ok']);
    expect(text).toContain(log.key);
    expect(JSON.parse(memory.held.get('clearzero.log.shanxi-2019') ?? '')).toEqual({ key: log.key, note: await log.note() });
  });

  test('says the same in English', async () => {
    const { states, text } = await visit('en');
    expect(states).toEqual(['ok', 'not']);
    expect(text).not.toMatch(/\p{Script=Han}/u);
  });

  test('believes no checkpoint that was altered, and remembers nothing', async () => {
    answer = async (_, response) => {
      response.end(`${log.key}\n\n${(await log.note()).replace('\n5\n', '\n9\n')}`);
      return true;
    };
    const { seen, states, result } = await visit();
    expect([seen, states, result, memory.held.size]).toEqual([undefined, ['bad'], 'bad', 0]);
  });

  test('concludes nothing from an answer that does not come or cannot be read', async () => {
    answer = (_, response) => {
      response.writeHead(500).end('x');
      return true;
    };
    expect(await visit()).toMatchObject({ seen: undefined, states: ['unknown'], result: 'unknown' });
    await server.close();
    expect(await visit()).toMatchObject({ states: ['unknown'], result: 'unknown' });
  });

  test('works in a browser that keeps nothing', async () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('denied', 'SecurityError');
      },
      setItem: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    expect(await visit()).toMatchObject({ states: ['ok', 'not'], result: 'ok' });
  });
});

describe('a later visit', () => {
  test('wants the log to continue the one remembered, and remembers the newer one', async () => {
    await visit();
    log = new SignedLog(entries(13));
    expect(await visit()).toMatchObject({ states: ['ok', 'ok'], result: 'ok' });
    expect(memory.held.get('clearzero.log.shanxi-2019')).toContain('\\n13\\n');
  });

  test('is good when nothing was added', async () => {
    await visit();
    expect(await visit()).toMatchObject({ states: ['ok', 'ok'], result: 'ok' });
  });

  test('finds out a log of which an entry was rewritten, and goes on remembering the old one', async () => {
    await visit();
    const kept = memory.held.get('clearzero.log.shanxi-2019');
    log = new SignedLog(['entry 0', 'rewritten', ...entries(13).slice(2)]);
    const { seen, states, result, text } = await visit();
    expect([seen, states, result]).toEqual([undefined, ['ok', 'bad'], 'bad']);
    expect(text).toContain('第2步');
    expect(memory.held.get('clearzero.log.shanxi-2019')).toBe(kept);
  });

  test('finds out a log of the same size with another root', async () => {
    await visit();
    log = new SignedLog(entries(5, 'other'));
    expect(await visit()).toMatchObject({ states: ['ok', 'bad'] });
  });

  test('finds out a log that lost its end', async () => {
    await visit();
    log = new SignedLog(entries(3));
    expect(await visit()).toMatchObject({ states: ['ok', 'bad'] });
  });

  test('finds out another key, whatever the log says', async () => {
    await visit();
    log = new SignedLog(entries(5), 9);
    expect(await visit()).toMatchObject({ states: ['ok', 'bad'] });
  });

  test('of another campaign is a first one', async () => {
    await visit();
    memory.held.set('clearzero.log.other', memory.held.get('clearzero.log.shanxi-2019') ?? '');
    memory.held.delete('clearzero.log.shanxi-2019');
    expect(await visit()).toMatchObject({ states: ['ok', 'not'] });
  });

  test.each(['', '{', 'null', '{}', '{"key":"k","note":"n"}', '{"note":1}'])(
    'with something unreadable remembered (%s) is a first one',
    async (kept) => {
      memory.held.set('clearzero.log.shanxi-2019', kept);
      expect(await visit()).toMatchObject({ states: ['ok', 'not'], result: 'ok' });
    },
  );
});

describe('two checkpoints are of one log', () => {
  test('when the newest continues both, whichever is the older', async () => {
    log = new SignedLog(entries(9));
    const [three, seven, nine] = [await seenAt(log, 3), await seenAt(log, 7), await seenAt(log, 9)];
    expect([await ofOneLog(where, three, seven), await ofOneLog(where, seven, three), await ofOneLog(where, three, nine)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(await ofOneLog(where, seven, seven)).toBe(true);
  });

  test('and not when one of them is of a fork, at the same size, before or after', async () => {
    log = new SignedLog(entries(9));
    const fork = new SignedLog([...entries(3), 'forked', ...entries(9).slice(4)]);
    expect(await ofOneLog(where, await seenAt(log, 5), await seenAt(fork, 5))).toBe(false);
    expect(await ofOneLog(where, await seenAt(log, 2), await seenAt(fork, 7))).toBe(false);
    expect(await ofOneLog(where, await seenAt(fork, 5), await seenAt(log, 7))).toBe(false);
    expect(await ofOneLog(where, await seenAt(log, 3), await seenAt(fork, 9))).toBe(false);
    // What both have in common is of either.
    expect(await ofOneLog(where, await seenAt(fork, 3), await seenAt(log, 7))).toBe(true);
  });

  test('and not when the newest that is given is older than one of them', async () => {
    const long = new SignedLog(entries(9));
    expect(await ofOneLog(where, await seenAt(log, 3), await seenAt(long, 9))).toBe(false);
  });

  test('and not by a proof that is none', async () => {
    log = new SignedLog(entries(9));
    const [three, seven] = [await seenAt(log, 3), await seenAt(log, 7)];
    for (const proof of [[], ['!!'], 'x', null, [await log.note()]]) {
      answer = async (_, response) => {
        json(response, { proof, checkpoint: await log.note() });
        return true;
      };
      expect(await ofOneLog(where, three, seven), JSON.stringify(proof)).toBe(false);
    }
  });
});

test('a release of this second, which is not in the log yet, is asked for once more', async () => {
  let times = 0;
  answer = (_, response) => {
    response.writeHead(times++ === 0 ? 503 : 200).end('there');
    return true;
  };
  expect(await fetchText('/public/shanxi-2019/proof')).toBe('there');
  expect(times).toBe(2);
});

test('what is fetched carries no cookie: the check is anybody’s', async () => {
  answer = (_, response) => {
    response.writeHead(200, { 'set-cookie': 'sid=1' }).end('x');
    return true;
  };
  await fetchText('/a');
  await fetchText('/b');
  expect(server.asked[1]?.headers.cookie).toBeUndefined();
});
