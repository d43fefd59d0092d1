import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fetchOf, json, serveLocally, type Asked, type LocalServer } from '../../../../test/support/local-server.ts';
import { documentWith, ListReader, Memory, Part } from '../../../../test/support/page-parts.ts';
import { SignedLog } from '../../../../test/support/signed-log.ts';
import { checkFigurePage } from './figure.ts';
import { Report } from './report.ts';
import { words } from './words.ts';

const asOf = '2019-08-05T18:00:00+08:00';
const numbers = ['晋-10', '晋-2', '晋-1'];
const sha = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
/** As `LC_ALL=C sort` puts the numbers: 晋-1, 晋-10, 晋-2. */
const listHash = sha('晋-1\n晋-10\n晋-2\n');
/** What the release froze: a root over ids, which are not public; the page repeats it. */
const root = sha('a root over ids');
const definition = { id: 'clearance.rate', predicate: 'cleared / supervised', version: 2 };
/** Canonical JSON of it: keys in order, nothing between. */
const definitionHash = sha('{"id":"clearance.rate","predicate":"cleared / supervised","version":2}');

const frozen = {
  id: 'clearance.rate',
  version: 2,
  filter: { batches: [1, 2] },
  asOf,
  numerator: 3,
  denominator: 4,
  definitionHash,
  recordsRoot: root,
  unit: 'ratio',
};
/** What a release says; the rest of an act does not matter to the check of a figure. */
const released = (figure: object, more: object = {}) =>
  JSON.stringify({
    kind: 'BulletinReleased',
    campaign: 'shanxi-2019',
    payload: { figures: [figure], artefacts: [], checkpoint: null },
    ...more,
  });

let server: LocalServer;
let log: SignedLog;
let listed: readonly string[];
let proof: (now: { key: string; entry: string; index: number }) => Promise<object>;
let claim: Record<string, string | undefined>;
let page: Record<string, string | undefined>;
let address: string;

async function answer(asked: Asked, response: ServerResponse): Promise<void> {
  const url = new URL(asked.path, 'http://x');
  if (url.pathname.endsWith('/log')) return void response.end(`${log.key}\n\n${await log.note()}`);
  if (url.pathname.endsWith('/log/consistency')) {
    const from = Number(url.searchParams.get('from'));
    return json(response, { proof: await log.consistency(from), checkpoint: await log.note() });
  }
  if (url.pathname.endsWith('/proof')) return json(response, await proof({ key: log.key, entry: log.entries[2] ?? '', index: 2 }));
  // Two records a page, whatever was asked for.
  const from = Number(url.searchParams.get('after') ?? 0);
  const rows = listed.slice(from, from + 2).map((no) => `<tr><th scope="row">${no}</th></tr>`);
  const next = from + 2 < listed.length ? `<p class="pages"><a href="?after=${from + 2}">next</a></p>` : '';
  response.end(`<main><table><tbody>${rows.join('')}</tbody></table>${next}</main>`);
}

const logWith = (entry: string) => new SignedLog(['a', 'b', entry, 'd', 'e']);

beforeEach(async () => {
  log = logWith(released(frozen));
  listed = numbers;
  proof = async (now) => ({
    ...now,
    payload: null,
    inclusion: await log.inclusion(now.index),
    checkpoint: await log.note(),
    quoted: null,
    consistency: [],
  });
  claim = {
    proofCampaign: 'shanxi-2019',
    proofFigure: 'clearance.rate',
    proofVersion: '2',
    proofFilter: '{"batches":[1,2]}',
    proofAsOf: asOf,
    proofNumerator: '3',
    proofDenominator: '4',
    proofUnit: 'ratio',
    proofDefinitionHash: definitionHash,
    proofRecordsRoot: listHash,
    proofBulletin: '7',
  };
  page = { 'proof-definition': JSON.stringify(definition, null, 2), 'proof-value': '75.00\n  %', 'proof-root': root };
  address = '/public/shanxi-2019/figures/clearance.rate?batches=1,2';
  server = await serveLocally(answer);
  vi.stubGlobal(
    'fetch',
    fetchOf(() => server.origin),
  );
  vi.stubGlobal(
    'document',
    documentWith(() => page),
  );
  vi.stubGlobal('localStorage', new Memory());
  vi.stubGlobal('DOMParser', ListReader);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server.close();
});

/** How the steps end: signature, memory, release, definition, number, records. */
async function check() {
  const url = new URL(address, server.origin);
  vi.stubGlobal('location', { pathname: url.pathname, search: url.search, origin: url.origin });
  const place = new Part();
  const report = new Report(place as unknown as HTMLElement, words.zh);
  await checkFigurePage(report, claim);
  report.end();
  return {
    states: (place.children[0]?.children ?? []).map((c) => c.className).join(' '),
    result: place.dataset.result,
    text: place.lines().join('\n'),
  };
}
const good = 'ok not ok ok ok ok';

describe('an honest page', () => {
  test('of a figure that a bulletin froze holds, down to its records', async () => {
    const { states, result, text } = await check();
    expect([states, result]).toEqual([good, 'ok']);
    expect(text).toContain('3／4');
    expect(server.lines().filter((l) => l.includes('records'))).toHaveLength(2);
  });

  test('of a figure that no bulletin quotes is checked without a release', async () => {
    claim.proofBulletin = '';
    expect(await check()).toMatchObject({ states: 'ok not not ok ok ok', result: 'ok' });
  });

  test('of a figure whose records are not listed says that there is nothing to be read', async () => {
    claim.proofRecordsRoot = '';
    expect(await check()).toMatchObject({ states: 'ok not ok ok ok not', result: 'ok' });
  });

  test('of a count has no denominator', async () => {
    const count = { ...frozen, denominator: null, unit: 'problem' };
    log = logWith(released(count));
    Object.assign(claim, { proofDenominator: '', proofUnit: 'problem' });
    page['proof-value'] = '3 problems';
    expect(await check()).toMatchObject({ states: good, result: 'ok' });
  });

  test('of money shows larger units; its exact value is compared with the release', async () => {
    log = logWith(released({ ...frozen, numerator: 35_550_000, denominator: null, unit: 'fen' }));
    Object.assign(claim, { proofNumerator: '35550000', proofDenominator: undefined, proofUnit: 'fen', proofCount: '3' });
    page['proof-value'] = '35.55 万元';
    expect(await check()).toMatchObject({ states: good, result: 'ok' });
    claim.proofNumerator = '35550001';
    expect((await check()).states).toBe('ok ok ok ok bad ok');
  });

  test('whose release has its long content beside it, by its hash, holds as well', async () => {
    const payload = JSON.stringify({ figures: [frozen], artefacts: [], checkpoint: null });
    log = logWith(JSON.stringify({ kind: 'BulletinReleased', campaign: 'shanxi-2019', payloadDigest: { sha256: sha(payload) } }));
    const plain = proof;
    proof = async (now) => ({ ...(await plain(now)), payload });
    expect(await check()).toMatchObject({ states: good, result: 'ok' });
    proof = async (now) => ({ ...(await plain(now)), payload: payload.replace('"numerator":3', '"numerator":4') });
    expect((await check()).states).toMatch(/^ok ok bad/);
    proof = async (now) => ({ ...(await plain(now)), payload: null });
    expect((await check()).states).toMatch(/^ok ok bad/);
  });
});

describe('a page is called wrong', () => {
  const at = (n: number, state: string) => good.split(' ').map((s, i) => (i === n ? state : s));

  test.each<[string, number, () => void]>([
    ['its number is not its fraction', 4, () => (page['proof-value'] = '76.00 %')],
    ['its number is missing', 4, () => (page['proof-value'] = undefined)],
    ['its fraction is not the one released', 4, () => Object.assign(claim, { proofNumerator: '2', proofDenominator: '4' })],
    ['it is of another cohort than its address', 4, () => (address = '/public/shanxi-2019/figures/clearance.rate?batches=1')],
    ['it is of another figure than its address', 4, () => (address = '/public/shanxi-2019/figures/clearance.net?batches=1,2')],
    [
      'its definition was altered',
      3,
      () => (page['proof-definition'] = JSON.stringify({ ...definition, predicate: 'claimed / supervised' })),
    ],
    ['its records root is not the one released', 4, () => (page['proof-root'] = sha('x'))],
    ['a record is missing from the list', 5, () => (listed = numbers.slice(0, 2))],
    ['a record too many is in the list', 5, () => (listed = [...numbers, '晋-3'])],
    ['a record was changed for another', 5, () => (listed = ['晋-10', '晋-2', '晋-3'])],
    ['a record stands twice in place of another', 5, () => (listed = ['晋-10', '晋-2', '晋-2'])],
  ])('when %s', async (_, step, change) => {
    change();
    const { states, result } = await check();
    expect([states, result]).toEqual([at(step, 'bad').join(' '), 'bad']);
  });

  test('when the release holds no such figure', async () => {
    log = logWith(released({ ...frozen, version: 1 }));
    expect((await check()).states).toBe('ok not ok ok bad ok');
  });

  test('when its definition is honest and not the one of the release', async () => {
    log = logWith(released({ ...frozen, definitionHash: sha('other') }));
    expect((await check()).states).toBe('ok not ok bad ok ok');
  });

  test.each<[string, (now: { key: string; entry: string; index: number }) => Promise<object>]>([
    ['the release comes with another key', async (now) => ({ ...now, key: new SignedLog(['x'], 5).key })],
    ['the release was altered', async (now) => ({ ...now, entry: now.entry.replace('"numerator":3', '"numerator":2') })],
    ['the release is said to stand elsewhere', async (now) => ({ ...now, index: 3 })],
    ['its proof is another one’s', async (now) => ({ ...now, inclusion: await log.inclusion(4) })],
    ['its checkpoint was altered', async (now) => ({ ...now, checkpoint: (await log.note()).replace('\n5\n', '\n6\n') })],
    ['its checkpoint is of a fork', async (now) => ({ ...now, checkpoint: await new SignedLog(['a', 'b', now.entry, 'x', 'e']).note() })],
    ['it quotes a checkpoint the log does not continue', async () => ({ quoted: await new SignedLog(['a', 'x']).note() })],
    [
      'it quotes a checkpoint that its act does not name',
      async () => ({ quoted: await log.note(2), consistency: await log.consistency(2) }),
    ],
  ])('when %s', async (_, alter) => {
    const plain = proof;
    proof = async (now) => ({ ...(await plain(now)), ...(await alter(now)) });
    const { states, result } = await check();
    expect([states.split(' ').slice(0, 3), result]).toEqual([['ok', 'not', 'bad'], 'bad']);
  });

  test('when its release stands in a second log, signed with the same key, that is shown to nobody else', async () => {
    const fork = logWith(released({ ...frozen, numerator: 4 }));
    log = logWith(released(frozen));
    Object.assign(claim, { proofNumerator: '4' });
    page['proof-value'] = '100.00 %';
    const forged = async (size: number) => ({
      key: fork.key,
      entry: fork.entries[2],
      index: 2,
      payload: null,
      inclusion: await fork.inclusion(2, size),
      checkpoint: await fork.note(size),
      quoted: null,
      consistency: [],
    });
    for (const size of [3, 5]) {
      proof = () => forged(size);
      const { states, result, text } = await check();
      expect([states.split(' ')[2], result], `at ${size}`).toEqual(['bad', 'bad']);
      expect(text).toContain(words.zh.entry.fork);
    }
  });

  test('when a record stands twice in the list, although count and hash were made to fit', async () => {
    listed = ['晋-1', '晋-2', '晋-2'];
    claim.proofRecordsRoot = sha('晋-1\n晋-2\n晋-2\n');
    const { states, text } = await check();
    expect(states).toBe('ok not ok ok ok bad');
    expect(text).toContain(words.zh.records.twice);
  });

  test.each([
    ['another kind of act', { kind: 'BulletinDrafted' }],
    ['another campaign’s', { campaign: 'other' }],
  ])('when the entry is %s', async (_, more) => {
    log = logWith(released(frozen, more));
    expect((await check()).states).toMatch(/^ok not bad/);
  });
});

describe('a bulletin that names the checkpoint printed on it', () => {
  const releasedAfter = (note: string) => released(frozen, { payload: { figures: [frozen], artefacts: [], checkpoint: { note } } });

  test('holds when the log continues that one', async () => {
    const note = await new SignedLog(['a', 'b']).note();
    log = logWith(releasedAfter(note));
    const plain = proof;
    proof = async (now) => ({ ...(await plain(now)), quoted: note, consistency: await log.consistency(2) });
    expect(await check()).toMatchObject({ states: good, result: 'ok' });
    // Without it, what was printed cannot be compared.
    proof = plain;
    expect((await check()).states).toMatch(/^ok ok bad/);
  });

  test('is called wrong when the log does not continue it, or it was signed by somebody else', async () => {
    for (const other of [new SignedLog(['a', 'x']), new SignedLog(['a', 'b'], 7)]) {
      const note = await other.note();
      log = logWith(releasedAfter(note));
      const plain = proof;
      proof = async (now) => ({ ...(await plain(now)), quoted: note, consistency: await log.consistency(2) });
      vi.stubGlobal('localStorage', new Memory());
      expect((await check()).states).toBe('ok not bad ok ok ok');
      proof = plain;
    }
  });
});

describe('what cannot be read proves nothing, neither way', () => {
  test('when the list of records goes round in a circle', async () => {
    listed = ['晋-1'];
    await server.close();
    server = await serveLocally((asked, response) => {
      if (!asked.path.includes('records')) return answer(asked, response);
      return void response.end('<main><tbody><th scope="row">晋-1</th></tbody><p class="pages"><a href="?after=1">next</a></p></main>');
    });
    const { states, result } = await check();
    expect([states, result]).toEqual(['ok not ok ok ok unknown', 'unknown']);
  });

  test('when the release is not given', async () => {
    proof = () => Promise.resolve({});
    expect((await check()).states).toMatch(/^ok not bad/);
    await server.close();
    server = await serveLocally((asked, response) =>
      asked.path.includes('/proof') ? void response.writeHead(404).end() : answer(asked, response),
    );
    const { states, result } = await check();
    expect([states.split(' ')[2], result]).toEqual(['unknown', 'unknown']);
  });

  test('when the page holds no definition', async () => {
    page['proof-definition'] = undefined;
    expect((await check()).states).toBe('ok not ok unknown ok ok');
  });
});
