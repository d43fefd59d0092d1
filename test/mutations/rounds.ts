import pg from 'pg';
import { v7 } from 'uuid';
import { inject } from 'vitest';
import { loadVerifier } from '../../src/app/verifier.ts';
import { verifyLive } from '../../src/app/verify.ts';
import { instant } from '../../src/domain/kernel/instant.ts';
import { isRefusal } from '../../src/domain/kernel/refusal.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { Bundle } from '../../src/usecases/log/bundle.ts';
import { sequenceCampaign } from '../../src/usecases/log/sequence.ts';
import { makeServices } from '../../src/usecases/services.ts';
import { smallCampaign, type SmallCampaign } from '../support/campaign.ts';
import { attack } from './database.ts';
import { mutateBundle, type Files } from './bundle.ts';

export interface Missed {
  readonly n: number;
  readonly what: string;
}

/** A small campaign whose log was signed in two steps, and its bundle in memory. */
export async function signedCampaign(problems: number): Promise<{ small: SmallCampaign; files: Files }> {
  const small = await smallCampaign(problems, 5);
  await sequenceCampaign(small.services, small.row);
  const bundle = await Bundle.open(small.services, small.row, { personal: true });
  if (bundle === undefined) throw new Error('no log');
  const files: Files = new Map();
  for await (const path of bundle.paths()) files.set(path, (await bundle.read(path)) as Uint8Array);
  return { small, files };
}

export async function verifyFiles(files: Files, key: string) {
  const { verifyBundle, nodeCrypto } = await loadVerifier();
  return verifyBundle(
    {
      read: (path) => Promise.resolve(files.get(path)),
      list: (folder) => Promise.resolve([...files.keys()].filter((p) => p.startsWith(`${folder}/`))),
    },
    await nodeCrypto(),
    { key, most: 3 },
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

/** Attacks on the database, each on a fresh copy of it; those that were not noticed. */
export async function databaseRounds(small: SmallCampaign, from: number, count: number): Promise<{ missed: Missed[]; seen: number }> {
  const missed: Missed[] = [];
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
      { log: small.services.log, blobs: small.services.blobs, incoming: small.services.incoming },
    );
    try {
      const what = await attack(database.pool, small.row.id, n);
      if (what === null) continue;
      seen++;
      const check = await verifyLive(services, small.slug);
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
  return { missed, seen };
}
