import pg from 'pg';
import { v7 } from 'uuid';
import { inject } from 'vitest';
import { loadVerifier } from '../../src/app/verifier.ts';
import { verifyLive } from '../../src/app/verify.ts';
import { liveWords } from '../../src/cli/commands/verify.ts';
import { instant } from '../../src/domain/kernel/instant.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { Bundle } from '../../src/usecases/log/bundle.ts';
import { sequenceCampaign } from '../../src/usecases/log/sequence.ts';
import { findCampaign, type CampaignRow } from '../../src/storage/acts/read.ts';
import { makeServices, type Services } from '../../src/usecases/services.ts';
import { campaign as slug, testApp, type TestKeys } from '../support/app.ts';
import { phonePhoto } from '../support/hostile.ts';
import { handIn } from '../support/upload.ts';
import { attack } from './database.ts';
import { mutateBundle, type Files } from './bundle.ts';

export interface Missed {
  readonly n: number;
  readonly what: string;
}

/** A campaign with a signed log, as the rounds need it. */
export interface Signed {
  readonly services: Services;
  readonly slug: string;
  readonly row: CampaignRow;
  readonly url: string;
  close(): Promise<void>;
}

/** A small campaign with evidence handed in and a bulletin released, its log signed in several steps, and its bundle in memory. */
export async function signedCampaign(problems: number, keys?: TestKeys): Promise<{ small: Signed; files: Files }> {
  const app = await testApp(problems, undefined, keys);
  const { services } = app;
  const row = await findCampaign(services.database.db, slug);
  if (row === undefined) throw new Error('no campaign');
  await sequenceCampaign(services, row);
  const item = (
    await services.database.pool.query<{ id: string }>(
      "select id from items where kind = 'problem' and place between 141000 and 141099 limit 1",
    )
  ).rows[0]?.id as string;
  await handIn(app, 'inspector', item, await phonePhoto(400, 300), 'x.jpg', 'photo');
  await handIn(app, 'inspector', item, Buffer.from('点位,COD\n入口,120\n'));
  await sequenceCampaign(services, row);
  const post = async (who: string, path: string, body: object) => {
    const reply = await app.call(who, 'POST', `/api/bulletins${path}?campaign=${slug}`, body);
    if (reply.status >= 300) throw new Error(`${path} ${reply.status} ${reply.text.slice(0, 300)}`);
    return reply.body as { id: string; no: number; version: number };
  };
  const text = {
    lang: 'zh',
    title: '进展通报',
    asOf: '2019-08-05T18:00:00+08:00',
    body: '督办问题{{problems.supervised@1}}个，清零率为{{clearance.rate@1}}。',
  };
  const drafted = await post('clerk', '', { campaign: slug, kind: 'bulletin', ...text });
  const submitted = await post('clerk', `/${drafted.id}/submit`, { version: drafted.version });
  await post('director', `/${drafted.id}/release`, { version: submitted.version, confirm: String(drafted.no) });
  await sequenceCampaign(services, row);
  const small: Signed = { services, slug, row, url: app.url, close: () => app.close() };
  return { small, files: await bundleOf(small) };
}

/** The bundle of a campaign as it is signed now, in memory. */
export async function bundleOf({ services, row }: Signed, options = { personal: true, evidence: true }): Promise<Files> {
  const bundle = await Bundle.open(services, row, options);
  if (bundle === undefined) throw new Error('no log');
  const files: Files = new Map();
  for await (const path of bundle.paths()) files.set(path, (await bundle.read(path)) as Uint8Array);
  return files;
}

/** @param most  how many faults are named */
export async function verifyFiles(files: Files, key: string, most = 3) {
  const { verifyBundle, nodeCrypto } = await loadVerifier();
  return verifyBundle(
    {
      read: (path) => Promise.resolve(files.get(path)),
      list: (folder) => Promise.resolve([...files.keys()].filter((p) => p.startsWith(`${folder}/`))),
    },
    await nodeCrypto(),
    { key, most },
  );
}

/** Mutations of a bundle from the n-th on; those that were not noticed, or noticed without a name. */
export async function bundleRounds(files: Files, key: string, from: number, count: number): Promise<Missed[]> {
  const missed: Missed[] = [];
  for (let n = from; n < from + count; n++) {
    const mutation = mutateBundle(files, n);
    const result = await verifyFiles(mutation.files, key).catch((error: unknown) => `threw ${String(error)}`);
    if (typeof result === 'string') missed.push({ n, what: `${mutation.name}: ${result}` });
    else if (result.ok || result.first === null) missed.push({ n, what: mutation.name });
  }
  return missed;
}

/**
 * Attacks on the database, each on a fresh copy of it; those that were not noticed.
 * @returns `seen`: how many changed anything; `verdicts`: what `clearzero verify` prints first of each, by name
 */
export async function databaseRounds(small: Signed, from: number, count: number) {
  const missed: Missed[] = [];
  const verdicts = new Map<string, string[]>();
  let seen = 0;
  await small.services.database.pool.end();
  const admin = new pg.Client({ connectionString: inject('engineUrl') });
  await admin.connect();
  const original = new URL(small.url).pathname.slice(1);
  for (let n = from; n < from + count; n++) {
    const name = `${original}_m${n}`;
    await admin.query(`create database ${name} template ${original}`);
    const url = new URL(small.url);
    url.pathname = `/${name}`;
    const database = openDatabase({ connectionString: url.href, max: 4 });
    const services = makeServices(
      database,
      () => v7(),
      () => instant(Date.now()),
      { log: small.services.log, marks: small.services.marks, blobs: small.services.blobs, incoming: small.services.incoming },
    );
    try {
      const what = await attack(database.pool, small.row.id, n);
      if (what === null) continue;
      seen++;
      const check = await verifyLive(services, small.slug);
      if (!isRefusal(check)) verdicts.set(what, liveWords(check).split('\n').slice(0, 2));
      if (isRefusal(check)) {
        // Nothing left to verify is noticed too.
        if (check.code !== 'log.empty') missed.push({ n, what: `${what}: ${check.code}` });
      } else if (check.ok || check.first === null) missed.push({ n, what });
    } catch (error) {
      missed.push({ n, what: `attack ${n}: threw ${error instanceof Error ? error.stack : String(error)}` });
    } finally {
      await database.close();
      await admin.query(`drop database if exists ${name} with (force)`);
    }
  }
  await admin.end();
  return { missed, seen, verdicts };
}
