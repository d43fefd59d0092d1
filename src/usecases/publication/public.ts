import { buffer } from 'node:stream/consumers';
import { parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Bulletin } from '../../domain/publication/bulletin.ts';
import { findCampaign, getCampaignState } from '../../storage/acts/read.ts';
import { canonicalJson } from '../../domain/acts/leaf.ts';
import type { FigureFilter } from '../../domain/clearance/filter.ts';
import type { FrozenFigure } from '../../domain/publication/acts.ts';
import { entryProof, type EntryProof } from '../log/checkpoint.ts';
import type { Services } from '../services.ts';
import type { Office } from './access.ts';
import { sha256 } from './model.ts';
import { allBulletins, artefactOf, changesOf, linked, type NumberedCorrection, type OpenedFile } from './read.ts';

/** A campaign for the public: only what is released is ever given out of it. */
async function openPublic(s: Services, slug: string): Promise<Office | Refusal> {
  const row = await findCampaign(s.database.db, slug);
  const campaign = row === undefined ? undefined : await getCampaignState(s.database.db, row);
  return row === undefined || campaign === undefined ? refuse('campaign.unknown', { campaign: slug }) : { row, campaign, drafts: false };
}

/** Released bulletins, newest first; needs nobody signed in. @refuses campaign.unknown */
export async function listPublicBulletins(s: Services, slug: string) {
  const office = await openPublic(s, slug);
  if (isRefusal(office)) return office;
  const all = await releasedOf(s, office);
  return [...all.values()].sort((a, b) => b.no - a.no).map((b) => publicLine(b, all));
}

async function releasedOf(s: Services, office: Office): Promise<Map<string, Bulletin>> {
  return new Map([...(await allBulletins(s, office))].filter(([, b]) => b.state === 'released'));
}

/** Without versions and times of drafting: when a text was worked on is nobody's business. */
function publicLine(b: Bulletin, all: ReadonlyMap<string, Bulletin>) {
  const { no, kind, title, lang, asOf } = b;
  const { corrects, correctedBy } = linked(b, all);
  const other = (c: NumberedCorrection) => ({ no: c.no, reason: c.reason });
  return {
    no,
    kind,
    title,
    lang,
    asOf,
    releasedAt: b.released?.releasedAt ?? null,
    corrects: corrects === null ? null : other(corrects),
    correctedBy: correctedBy.map(other),
  };
}

async function openReleased(s: Services, slug: string, no: number) {
  const office = await openPublic(s, slug);
  if (isRefusal(office)) return office;
  const all = await releasedOf(s, office);
  const bulletin = [...all.values()].find((b) => b.no === no);
  const released = bulletin?.released ?? null;
  return bulletin === undefined || released === null ? refuse('bulletin.unknown', {}) : { office, all, bulletin, released };
}

/**
 * A released bulletin for its permanent public page (永久地址): the frozen article exactly as it was stored, the
 * fingerprints of its files and the chain of corrections. Its bytes are compared with what was released. Needs nobody signed in.
 * @refuses campaign.unknown, bulletin.unknown (also while it is not released)
 */
export async function readPublicBulletin(s: Services, slug: string, no: number) {
  const open = await openReleased(s, slug, no);
  if (isRefusal(open)) return open;
  const { office, all, bulletin, released } = open;
  const file = await artefactOf(s, bulletin, 'html');
  if (isRefusal(file)) return file;
  const bytes = await buffer(file.stream);
  const frozen = released.artefacts.find((a) => a.format === 'html')?.sha256;
  if (sha256(bytes) !== frozen) throw new Error(`the stored file ${frozen} of bulletin ${no} has other bytes`);
  const html = bytes.toString('utf8');
  const twin = [...all.values()].find((b) => b.kind === bulletin.kind && b.asOf === bulletin.asOf && b.lang !== bulletin.lang);
  return {
    ...publicLine(bulletin, all),
    article: html.slice(html.indexOf('<article'), html.lastIndexOf('</article>') + '</article>'.length),
    /** The same text in the other language. */
    twin: twin === undefined || twin.corrects !== null ? null : twin.no,
    changes: await changesOf(s, office, bulletin, all),
    artefacts: released.artefacts,
    figures: released.figures,
    checkpoint: released.checkpoint,
    renderer: released.renderer,
  };
}

/** A frozen file of a released bulletin, for anyone. @refuses campaign.unknown, bulletin.unknown, bulletin.no-artefact */
export async function openPublicArtefact(s: Services, slug: string, no: number, format: string): Promise<OpenedFile | Refusal> {
  const open = await openReleased(s, slug, no);
  return isRefusal(open) ? open : artefactOf(s, open.bulletin, format);
}

/** The newest released bulletin that froze a figure as of an instant, and how; undefined when none did. */
export async function findFrozen(
  s: Services,
  slug: string,
  f: { readonly id: string; readonly version: number; readonly filter: FigureFilter; readonly asOf: Instant },
): Promise<{ no: number; frozen: FrozenFigure } | undefined> {
  const office = await openPublic(s, slug);
  if (isRefusal(office)) return undefined;
  const wanted = canonicalJson([f.id, f.version, f.filter]);
  const newest = [...(await releasedOf(s, office)).values()].sort((a, b) => b.no - a.no);
  for (const b of newest) {
    const frozen = b.released?.figures.find(
      (x) => parseInstant(x.asOf) === f.asOf && canonicalJson([x.id, x.version, x.filter]) === wanted,
    );
    if (frozen !== undefined) return { no: b.no, frozen };
  }
  return undefined;
}

/** What a browser needs to check a released bulletin alone: its act in the log, and the way to the newest checkpoint. */
export interface BulletinProof extends EntryProof {
  readonly campaign: string;
  readonly bulletin: number;
  readonly key: string;
  /** The checkpoint printed on the bulletin; the log's beginning when it was released. */
  readonly quoted: string | null;
}

/**
 * The proof that a released bulletin stands in the signed log (签发记录的证明). Needs nobody signed in.
 * @refuses campaign.unknown, bulletin.unknown, log.not-numbered in the second before the act has its place in the log
 */
export async function proveBulletin(s: Services, slug: string, no: number): Promise<BulletinProof | Refusal> {
  const open = await openReleased(s, slug, no);
  if (isRefusal(open)) return open;
  const { bulletin, released, office } = open;
  const act = bulletin.releasedAct?.id ?? '';
  const proof = await entryProof(s, office.row, act, released.checkpoint?.size ?? 0);
  if (proof === undefined) return refuse('log.not-numbered', { act });
  return { campaign: slug, bulletin: no, key: s.log.verifier(slug), quoted: released.checkpoint?.note ?? null, ...proof };
}
