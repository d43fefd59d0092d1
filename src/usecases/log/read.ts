import { mayIn, seesCampaign, type Actor } from '../../domain/access/policy.ts';
import { packEntries, parseTilePath, tileFill, tileWidth } from '../../domain/log/tiles.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { findCampaign, getCampaignState, type CampaignRow } from '../../storage/acts/read.ts';
import { readBundle } from '../../storage/log/entries.ts';
import { findHead } from '../../storage/log/head.ts';
import { readTile } from '../../storage/log/nodes.ts';
import type { Services } from '../services.ts';
import { isInSight } from './sight.ts';
import { consistencyFrom, latestCheckpoint, proofOfAct } from './checkpoint.ts';

/** The campaign for someone who may look at its log; entries want the whole campaign in sight. */
async function openLog(s: Services, actor: Actor, verb: 'log.read' | 'log.entries', slug: string): Promise<CampaignRow | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  if (row === undefined || !seesCampaign(actor, slug)) return refuse('campaign.unknown', { campaign: slug });
  const campaign = await getCampaignState(s.database.db, row);
  return campaign !== undefined && mayIn(actor, verb, slug, campaign.settings.root) ? row : refuse('access.forbidden', { verb });
}

/**
 * The newest signed checkpoint with its public key.
 * @refuses campaign.unknown, access.forbidden, log.empty
 */
export async function readCheckpoint(
  s: Services,
  actor: Actor,
  slug: string,
): Promise<{ note: string; key: string; size: number } | Refusal> {
  const row = await openLog(s, actor, 'log.read', slug);
  if (isRefusal(row)) return row;
  const latest = await latestCheckpoint(s, row);
  return latest === undefined ? refuse('log.empty', {}) : { note: latest.note, key: s.log.verifier(slug), size: latest.size };
}

/**
 * A tile of hashes, or a bundle of entries, by its address behind `tile/` (C2SP tlog-tiles): `0/x001/067`, `entries/000.p/7`.
 * @returns bytes
 * @refuses campaign.unknown, access.forbidden, log.no-such-tile
 */
export async function readLogTile(s: Services, actor: Actor, slug: string, address: string): Promise<Buffer | Refusal> {
  const [, level, path, part] = /^(entries|\d{1,2})\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(address) ?? [];
  const n = path === undefined ? undefined : parseTilePath(path);
  const entries = level === 'entries';
  const row = await openLog(s, actor, entries ? 'log.entries' : 'log.read', slug);
  if (isRefusal(row)) return row;
  const head = await findHead(s.database.db, row.id);
  if (n === undefined || level === undefined || head === undefined) return refuse('log.no-such-tile', {});
  const fill = tileFill(entries ? 0 : Number(level), n, head.size);
  const wanted = part === undefined ? tileWidth : Number(part);
  // A log that has grown still answers for the part that it had.
  if (wanted < 1 || wanted > fill) return refuse('log.no-such-tile', {});
  if (entries) {
    const list = await readBundle(s.database.db, row, head, n);
    return Buffer.from(packEntries(list.slice(0, wanted).map((e) => Buffer.from(e.text, 'utf8'))));
  }
  return Buffer.concat((await readTile(s.database.db, row.id, head, Number(level), n)).slice(0, wanted));
}

/**
 * The proof that an act stands in the log (C2SP tlog-proof).
 * @refuses campaign.unknown, access.forbidden, log.not-numbered (for an act outside the asker's sight, for one that never was, and in
 *          the second before one has its place in the log)
 */
export async function readProof(s: Services, actor: Actor, slug: string, act: string): Promise<{ proof: string; key: string } | Refusal> {
  const row = await openLog(s, actor, 'log.read', slug);
  if (isRefusal(row)) return row;
  if (!(await isInSight(s, actor, row, act))) return refuse('log.not-numbered', { act });
  const proof = await proofOfAct(s, row, act);
  return proof === undefined ? refuse('log.not-numbered', { act }) : { proof, key: s.log.verifier(slug) };
}

/**
 * Hashes from an older size to the newest.
 * @refuses campaign.unknown, access.forbidden, log.no-such-size
 */
export async function readConsistency(
  s: Services,
  actor: Actor,
  slug: string,
  from: number,
): Promise<{ size: number; proof: string[] } | Refusal> {
  const row = await openLog(s, actor, 'log.read', slug);
  if (isRefusal(row)) return row;
  const found = await consistencyFrom(s, row, from);
  return found === undefined ? refuse('log.no-such-size', { size: from }) : { size: found.size, proof: found.proof };
}
