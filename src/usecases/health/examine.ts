import { formatInstant, instant } from '../../domain/kernel/instant.ts';
import { campaignSizes, migrationState, serverHealth, type ServerHealth } from '../../storage/health.ts';
import { countObjects, sampleObjects } from '../../storage/evidence/objects.ts';
import { listCampaigns } from '../../storage/acts/read.ts';
import { verifyBlob } from '../../storage/evidence/verify.ts';
import { jobFindings } from '../jobs/read.ts';
import { nextUnmarked } from '../log/unmarked.ts';
import type { Services } from '../services.ts';
import type { Finding } from './finding.ts';

/** Examines the database behind the services: durability, schema, watermark, campaigns. */
export async function examine(s: Services): Promise<Finding[]> {
  const { db } = s.database;
  const server = await serverHealth(db);
  return [
    ...durability(server),
    ...(await schema(s)),
    await watermark(s, server),
    ...(await campaigns(s)),
    ...(await logs(s)),
    ...(await jobFindings(s)),
    await evidence(s),
  ];
}

function durability(h: ServerHealth): Finding[] {
  const on = (name: string, why: string): Finding => {
    const value = h.settings[name] ?? '?';
    return value === 'on' ? { name, state: 'ok', value } : { name, state: 'fail', value, advice: why };
  };
  const major = Math.floor(h.versionNumber / 10_000);
  const checksums = h.settings.data_checksums ?? '?';
  const commit = h.settings.synchronous_commit ?? '?';
  const max = Number(h.settings.max_connections ?? 0);
  return [
    major < 15
      ? { name: 'postgres', state: 'fail', value: h.version, advice: 'use PostgreSQL 15 to 18' }
      : {
          name: 'postgres',
          state: major > 18 ? 'warn' : 'ok',
          value: h.version,
          ...(major > 18 ? { advice: 'tested with 15 to 18' } : {}),
        },
    on('fsync', 'a power cut can lose acknowledged records: set fsync = on'),
    on('full_page_writes', 'a power cut can tear pages: set full_page_writes = on'),
    commit === 'off'
      ? {
          name: 'synchronous_commit',
          state: 'fail',
          value: commit,
          advice: 'acknowledged records can be lost: set synchronous_commit = on',
        }
      : { name: 'synchronous_commit', state: 'ok', value: commit },
    checksums === 'on'
      ? { name: 'data_checksums', state: 'ok', value: checksums }
      : { name: 'data_checksums', state: 'warn', value: checksums, advice: 'damaged pages go unnoticed: run pg_checksums --enable' },
    h.encoding === 'UTF8'
      ? { name: 'encoding', state: 'ok', value: h.encoding }
      : { name: 'encoding', state: 'fail', value: h.encoding, advice: 'use a database with encoding UTF8' },
    {
      name: 'connections',
      state: h.connections > max * 0.9 ? 'warn' : 'ok',
      value: `${h.connections} of ${max}`,
      ...(h.connections > max * 0.9 ? { advice: 'raise max_connections or close other users' } : {}),
    },
  ];
}

async function schema(s: Services): Promise<Finding[]> {
  const m = await migrationState(s.database.db);
  if (m.changed.length > 0) {
    return [
      {
        name: 'migrations',
        state: 'fail',
        value: `changed after they were applied: ${m.changed.join(', ')}`,
        advice: 'restore the files of the release',
      },
    ];
  }
  if (m.pending.length > 0)
    return [{ name: 'migrations', state: 'fail', value: `not applied: ${m.pending.join(', ')}`, advice: 'start the product once' }];
  if (m.unknown.length > 0) {
    return [{ name: 'migrations', state: 'warn', value: `of a newer release: ${m.unknown.join(', ')}`, advice: 'use the newer release' }];
  }
  return [{ name: 'migrations', state: 'ok', value: `${m.applied} applied` }];
}

/** Answers are given up to the watermark; a transaction that stays open holds it back. */
async function watermark(s: Services, h: ServerHealth): Promise<Finding> {
  const now = s.now();
  const reached = await s.watermark.reach(instant(now - 1000), 2000);
  if (reached >= now - 1000) return { name: 'watermark', state: 'ok', value: formatInstant(reached) };
  const since = Math.round(h.longestWriteSeconds);
  return {
    name: 'watermark',
    state: 'warn',
    value: reached === 0 ? `behind: a transaction has been writing for ${since} s` : formatInstant(reached),
    advice: 'answers for now wait until it ends; end it if nobody needs it',
  };
}

async function campaigns(s: Services): Promise<Finding[]> {
  const list = await campaignSizes(s.database.db);
  if (list.length === 0) return [{ name: 'campaigns', state: 'warn', value: 'none', advice: 'run npm start once, or simulate, or import' }];
  return list.map((c) => ({
    name: `campaign ${c.slug}`,
    state: c.acts > 0 ? 'ok' : 'fail',
    value: `${c.mode}, ${c.acts} acts${c.last === null ? '' : `, last recorded ${formatInstant(instant(c.last))}`}`,
    ...(c.acts > 0 ? {} : { advice: 'the campaign was never opened' }),
  }));
}

/** Whether each log goes on: it stops at an act that nobody decided who holds the marking key. */
async function logs(s: Services): Promise<Finding[]> {
  const out: Finding[] = [];
  for (const row of await listCampaigns(s.database.db)) {
    const name = `log ${row.slug}`;
    const { size, unmarked } = await nextUnmarked(s, row);
    if (unmarked === undefined) out.push({ name, state: 'ok', value: `${size} entries signed` });
    else {
      const value = `act ${unmarked.id} (${unmarked.kind}, ${unmarked.stream} ${unmarked.streamId}) is not signed: ${unmarked.why}`;
      const advice = 'somebody wrote it into the database past the product: find out who, then take the row out';
      out.push({ name, state: 'fail', value, advice });
    }
  }
  return out;
}

/** How many objects an examination reads again; all of them are read by `verifyBlobs`. */
const sample = { objects: 40, bytes: 200_000_000 };

/** Counts the evidence that the acts name, and reads some of it again from the first byte to the last. */
async function evidence(s: Services): Promise<Finding> {
  const { db } = s.database;
  const counts = await countObjects(db);
  const bad: string[] = [];
  let read = 0;
  let bytes = 0;
  for (const o of await sampleObjects(db, sample.objects)) {
    if (bytes + o.bytes > sample.bytes) continue;
    bytes += o.bytes;
    read++;
    const fault = await verifyBlob(s.blobs, o.sha256, o.bytes);
    if (fault !== undefined) bad.push(`${fault.what} ${fault.name.slice(0, 12)}`);
  }
  const value = `${counts.originals} originals, ${counts.copies} copies, ${(counts.bytes / 1_000_000).toFixed(1)} MB; ${read} read again`;
  if (bad.length > 0) {
    return {
      name: 'evidence',
      state: 'fail',
      value: `${value}: ${bad.join(', ')}`,
      advice: 'restore these objects from a backup; do not delete anything',
    };
  }
  if (counts.unsealed > 0)
    return { name: 'evidence', state: 'fail', value: `${counts.unsealed} originals are not sealed`, advice: 'run clearzero rebuild' };
  return { name: 'evidence', state: 'ok', value };
}
