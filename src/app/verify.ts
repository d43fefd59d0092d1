import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Verified } from '../../verifier/clearzero-verify.mjs';
import { isRefusal, refuse, type Refusal } from '../domain/kernel/refusal.ts';
import { findCampaign } from '../storage/acts/read.ts';
import { checkProjections, type RebuildReport } from '../usecases/campaign/rebuild.ts';
import { listRoots } from '../storage/log/checkpoints.ts';
import { UnmarkedAct } from '../storage/log/marked.ts';
import { findStrays } from '../storage/log/strays.ts';
import { Bundle } from '../usecases/log/bundle.ts';
import { sequenceCampaign } from '../usecases/log/sequence.ts';
import { firstUnmarked } from '../usecases/log/unmarked.ts';
import type { Services } from '../usecases/services.ts';
import { loadVerifier, verifierFile } from './verifier.ts';

export interface LiveCheck {
  readonly campaign: string;
  readonly ok: boolean;
  /** The installation's public key for this log, `name+hash+key`. */
  readonly key: string;
  /** What the verifier says of the log; null when nothing is left that it could look at. */
  readonly log: Verified | null;
  /** What the projections would be if they were made again; they are left as they are. Null when the acts cannot be replayed. */
  readonly projections: RebuildReport | null;
  /** Acts in the database that the log should hold and does not. */
  readonly unnumbered: number;
  /** The first thing that is wrong, in words; null when nothing is. */
  readonly first: string | null;
  /** All that is wrong, the worst first. */
  readonly faults: readonly string[];
}

/**
 * Checks a campaign in the running installation with the stand-alone verifier, its acts by their marks, its projections against its
 * acts, and the rows beside its log.
 * @refuses campaign.unknown, log.empty
 */
export async function verifyLive(s: Services, slug: string, progress?: (done: number, of: number) => void): Promise<LiveCheck | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  if (row === undefined) return refuse('campaign.unknown', { campaign: slug });
  // Before the sequencer puts back what was signed and is missing.
  const heads = await checkHeads(s, row.id, slug);
  const stopped = await sequenceCampaign(s, row).then(() => null, inWords);
  const bundle = await Bundle.open(s, row, { personal: true, evidence: true });
  const log = bundle === undefined ? null : await verifyOwn(s, bundle, slug, progress);
  const projections = await checkProjections(s, slug).catch(inWords);
  if (typeof projections !== 'string' && isRefusal(projections)) return projections;
  const rebuilt = typeof projections === 'string' ? null : projections;
  const unnumbered = rebuilt === null ? 0 : rebuilt.acts - (bundle?.head.size ?? 0);
  const unmarked = await firstUnmarked(s, row);
  const faults = [
    ...(log?.faults ?? []).map((f) => `${f.what}: ${f.where}: ${f.why}`),
    unmarked === undefined ? null : new UnmarkedAct(slug, unmarked).message,
    ...projectionFaults(rebuilt),
    typeof projections === 'string' ? `the acts cannot be replayed: ${projections}` : null,
    unnumbered < 0 ? `${-unnumbered} acts of the log are missing from the database` : null,
    heads,
    stopped,
    ...(await findStrays(s.database.db, row)),
  ].filter((fault) => fault !== null);
  if (log === null && faults.length === 0) return refuse('log.empty', {});
  const unique = [...new Set(faults)];
  return {
    campaign: slug,
    ok: unique.length === 0,
    key: s.log.verifier(slug),
    log,
    projections: rebuilt,
    unnumbered,
    first: unique[0] ?? null,
    faults: unique,
  };
}

async function verifyOwn(s: Services, bundle: Bundle, slug: string, progress?: (done: number, of: number) => void): Promise<Verified> {
  const { verifyBundle, nodeCrypto } = await loadVerifier();
  return verifyBundle({ read: (path) => bundle.read(path), list: () => Promise.resolve([]) }, await nodeCrypto(), {
    // The key is the installation's own, whatever the database says.
    key: s.log.verifier(slug),
    ...(progress === undefined ? {} : { progress }),
  });
}

function projectionFaults(rebuilt: RebuildReport | null): string[] {
  const bad = rebuilt?.firstBad ?? null;
  return [
    ...(bad === null ? [] : [`act ${bad.id}, number ${bad.seq} of ${bad.stream} ${bad.streamId}: ${bad.what}`]),
    ...(rebuilt?.tables ?? []).filter((t) => !t.same).map((t) => `projection ${t.table} is not what the acts say`),
  ];
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether the checkpoints in the database are those that were signed: none more, none fewer. */
async function checkHeads(s: Services, campaignId: number, slug: string): Promise<string | null> {
  // The database first: what is signed in between is then known.
  let stored = await storedRoots(s, campaignId);
  const signed = new Map(s.log.signedHeads(slug).map((h) => [h.size, Buffer.from(h.root).toString('hex')]));
  for (const [size, root] of stored) if (signed.get(size) !== root) return `checkpoint of ${size} entries: it was never signed`;
  const missing = () => [...signed.keys()].find((size) => !stored.has(size));
  // A running sequencer signs a moment before it commits.
  for (let i = 0; i < 3 && missing() !== undefined; i++) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    stored = await storedRoots(s, campaignId);
  }
  // After a crash between signing and committing this is said of the newest, once: the sequencer commits it as it was signed.
  return missing() === undefined ? null : `checkpoint of ${missing()} entries: it was signed and is missing`;
}

async function storedRoots(s: Services, campaignId: number): Promise<Map<number, string>> {
  return new Map((await listRoots(s.database.db, campaignId)).map((h) => [h.size, h.root]));
}

/**
 * Writes a campaign's bundle to a folder, with the verifier beside it.
 * @returns number of files
 * @refuses campaign.unknown, log.empty
 */
export async function exportBundle(
  s: Services,
  slug: string,
  folder: string,
  options: { readonly personal: boolean; readonly evidence: boolean },
  progress?: (files: number) => void,
): Promise<{ files: number; size: number } | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  if (row === undefined) return refuse('campaign.unknown', { campaign: slug });
  await sequenceCampaign(s, row);
  const bundle = await Bundle.open(s, row, options);
  if (bundle === undefined) return refuse('log.empty', {});
  let files = 0;
  let made = '';
  for await (const path of bundle.paths()) {
    const bytes = await bundle.read(path);
    if (bytes === undefined) throw new Error(`${path} of the bundle cannot be made; run verify on the installation`);
    const to = join(folder, path);
    if (dirname(to) !== made) {
      made = dirname(to);
      await mkdir(made, { recursive: true });
    }
    await writeFile(to, bytes);
    files++;
    if (files % 50 === 0) progress?.(files);
  }
  await copyFile(verifierFile(), join(folder, 'clearzero-verify.mjs'));
  return { files, size: bundle.head.size };
}

/** Checks a bundle in a folder; the same as running the verifier's file. */
export async function verifyFolder(
  folder: string,
  q: {
    readonly key?: string | undefined;
    readonly witnesses: readonly string[];
    readonly seen?: readonly { readonly name: string; readonly text: string }[];
  },
  progress?: (done: number, of: number) => void,
): Promise<Verified> {
  const { verifyBundle, nodeCrypto, folderFiles } = await loadVerifier();
  return verifyBundle(await folderFiles(folder), await nodeCrypto(), {
    ...(q.key === undefined ? {} : { key: q.key }),
    witnesses: q.witnesses,
    seen: q.seen ?? [],
    needWitnesses: q.witnesses.length,
    ...(progress === undefined ? {} : { progress }),
  });
}
