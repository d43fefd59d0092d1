import type { Readable } from 'node:stream';
import { qrSvg } from '../../documents/kit/qr.ts';
import { type Actor } from '../../domain/access/policy.ts';
import type { Act } from '../../domain/acts/act.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import type { Bilingual } from '../../domain/campaign/settings.ts';
import { dateOf, parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { artefactFormats, type ArtefactFormat, type Correction } from '../../domain/publication/acts.ts';
import { foldBulletin, mayRelease, type Bulletin } from '../../domain/publication/bulletin.ts';
import type { Finding } from '../../domain/publication/check.ts';
import { diffTexts } from '../../domain/publication/diff.ts';
import { endedPhases, phaseInstants } from '../../domain/publication/proposals.ts';
import type { PublishedFigures } from '../../domain/publication/published.ts';
import { openActor } from '../../domain/acts/personal.ts';
import { openSealed } from '../../storage/acts/personal.ts';
import { listBulletinActs } from '../../storage/publication/bulletins.ts';
import { opened } from '../items/read.ts';
import { readPublished } from '../public/view.ts';
import type { Services } from '../services.ts';
import { atRoot, openBulletin, openOffice, type Office } from './access.ts';
import { checkFully, tokensSeen, type TokenSeen } from './check.ts';
import { sealOf, shownText } from './model.ts';

/** The other bulletin of a correction with its number, and why. */
export interface NumberedCorrection extends Correction {
  readonly no: number;
}

/** A bulletin with the numbers of those it corrects and is corrected by. */
export interface LinkedBulletin {
  readonly bulletin: Bulletin;
  readonly corrects: NumberedCorrection | null;
  readonly correctedBy: readonly NumberedCorrection[];
}

export function linked(bulletin: Bulletin, all: ReadonlyMap<string, Bulletin>): LinkedBulletin {
  const numbered = ({ id, reason }: Correction) => ({ id, no: all.get(id)?.no ?? 0, reason });
  const { corrects, correctedBy } = bulletin;
  return { bulletin, corrects: corrects === null ? null : numbered(corrects), correctedBy: correctedBy.map(numbered) };
}

/** All bulletins of a campaign by id. */
export async function allBulletins(s: Services, office: Pick<Office, 'row'>): Promise<Map<string, Bulletin>> {
  const out = new Map<string, Bulletin>();
  for (const [id, acts] of await listBulletinActs(s.database.db, office.row)) {
    const b = foldBulletin(acts);
    if (b !== undefined) out.set(id, b);
  }
  return out;
}

export interface BulletinsSeen {
  readonly campaign: Campaign;
  readonly bulletins: readonly LinkedBulletin[];
  /** Ended phases without a summary. */
  readonly offers: readonly { readonly phase: string; readonly name: Bilingual }[];
  /** What the public sees, the newest first. */
  readonly published: readonly PublishedFigures[];
  readonly can: { readonly write: boolean; readonly publish: boolean };
}

/**
 * The bulletins of a campaign, newest number first; what is not released only for those who make bulletins and the auditor.
 * @refuses campaign.unknown, access.forbidden
 */
export async function listBulletins(s: Services, actor: Actor, q: { campaign: string }): Promise<BulletinsSeen | Refusal> {
  const office = await openOffice(s, actor, 'bulletin.read', q.campaign);
  if (isRefusal(office)) return office;
  const all = await allBulletins(s, office);
  const shown = [...all.values()].filter((b) => b.state === 'released' || office.drafts).sort((a, b) => b.no - a.no);
  return {
    campaign: office.campaign,
    bulletins: shown.map((b) => linked(b, all)),
    offers: office.drafts ? phaseOffers(s, office.campaign, [...all.values()]) : [],
    published: (await readPublished(s, office.row)).toReversed(),
    can: {
      write: atRoot(actor, 'bulletin.write', q.campaign, office.campaign),
      publish: atRoot(actor, 'figure.publish', q.campaign, office.campaign),
    },
  };
}

/** Phases that have ended and have no summary yet: one is offered. */
function phaseOffers(s: Services, campaign: Campaign, all: readonly Bulletin[]): BulletinsSeen['offers'] {
  const { settings } = campaign;
  return endedPhases(settings, dateOf(s.now(), settings.utcOffsetMinutes)).flatMap((phase) => {
    const end = phaseInstants(phase, settings.utcOffsetMinutes).end;
    const done = all.some((b) => b.kind === 'phase-summary' && parseInstant(b.asOf) === end);
    return done ? [] : [{ phase: phase.code, name: phase.name }];
  });
}

export interface BulletinSeen extends LinkedBulletin {
  readonly campaign: Campaign;
  readonly tokens: readonly TokenSeen[];
  readonly findings: readonly Finding[];
  /** What is printed on a released one, as text and as QR code (SVG). */
  readonly seal: { readonly text: string; readonly qr: string } | null;
  readonly changes: readonly Changed[];
  readonly history: readonly { readonly kind: string; readonly at: Instant; readonly by: string; readonly reason: string | null }[];
  readonly can: {
    readonly write: boolean;
    readonly release: boolean;
    readonly releaseRefused: string | null;
    readonly return: boolean;
    readonly correct: boolean;
  };
}

/**
 * One bulletin with its text, what its tokens say, what was frozen, and the chain of corrections.
 * @refuses campaign.unknown, access.forbidden, bulletin.unknown
 */
export async function readBulletin(s: Services, actor: Actor, q: { campaign: string; id: string }): Promise<BulletinSeen | Refusal> {
  const open = await openBulletin(s, actor, 'bulletin.read', q);
  if (isRefusal(open)) return open;
  const { bulletin: b, campaign, acts } = open;
  const [all, checked] = await Promise.all([allBulletins(s, open), checkFully(s, open, b)]);
  const seal = b.released === null ? null : sealOf(q.campaign, b.no, b.released);
  const may = (verb: 'bulletin.write' | 'bulletin.release') => atRoot(actor, verb, q.campaign, campaign);
  const release = may('bulletin.release') ? mayRelease(b, b.version, actor.id) : refuse('access.forbidden', { verb: 'bulletin.release' });
  return {
    ...linked(b, all),
    campaign,
    tokens: tokensSeen(checked),
    findings: b.state === 'released' ? [] : checked.findings,
    seal: seal === null ? null : { text: seal, qr: qrSvg(seal, 'QR') },
    changes: await changesOf(s, open, b, all),
    history: open.drafts ? await historyOf(s, open, acts) : [],
    can: {
      write: may('bulletin.write'),
      release: release === undefined,
      releaseRefused: release === undefined ? null : release.code,
      return: may('bulletin.release') && b.state === 'submitted',
      correct: may('bulletin.write') && b.state === 'released',
    },
  };
}

/** What the words of a correction changed. */
export interface Changed {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
  readonly changes: ReturnType<typeof diffTexts>;
}

/** What changed against the bulletin it corrects, and in those that correct it. */
export async function changesOf(s: Services, office: Office, b: Bulletin, all: ReadonlyMap<string, Bulletin>): Promise<Changed[]> {
  const pairs: [Bulletin, Bulletin][] = [];
  const corrected = b.corrects === null ? undefined : all.get(b.corrects.id);
  if (corrected !== undefined) pairs.push([corrected, b]);
  for (const { id } of b.correctedBy) {
    const by = all.get(id);
    if (by !== undefined) pairs.push([b, by]);
  }
  return Promise.all(
    pairs.map(async ([before, after]) => {
      const [old, now] = await Promise.all([shownText(s, office, office.campaign, before), shownText(s, office, office.campaign, after)]);
      return { from: before.no, to: after.no, reason: after.corrects?.reason ?? '', changes: diffTexts(old, now) };
    }),
  );
}

/** Who did what to a bulletin, with the names behind their commitments. */
async function historyOf(s: Services, office: Office, acts: readonly Act[]): Promise<BulletinSeen['history']> {
  const name = opened(await openSealed(s.database.db, office.row.id, acts));
  return acts.map((act) => ({
    kind: act.kind,
    at: act.recordedAt,
    by: openActor(act.actor, name).name,
    reason: 'reason' in act.payload ? String(act.payload.reason) : null,
  }));
}

/** A frozen file of the bulletin with that number. */
export interface OpenedFile {
  readonly stream: Readable;
  readonly no: number;
  readonly format: ArtefactFormat;
}

/** A frozen file of a released bulletin. @refuses what opening refuses, bulletin.no-artefact */
export async function openArtefact(
  s: Services,
  actor: Actor,
  q: { campaign: string; id: string; format: string },
): Promise<OpenedFile | Refusal> {
  const open = await openBulletin(s, actor, 'bulletin.read', q);
  return isRefusal(open) ? open : artefactOf(s, open.bulletin, q.format);
}

export async function artefactOf(s: Services, b: Bulletin, format: string): Promise<OpenedFile | Refusal> {
  const artefact = b.released?.artefacts.find((a) => a.format === format);
  const known = artefactFormats.find((f) => f === format);
  if (artefact === undefined || known === undefined) return refuse('bulletin.no-artefact', { no: b.no, format: format.slice(0, 10) });
  const object = await s.blobs.open(artefact.sha256);
  if (object === undefined) throw new Error(`frozen file ${artefact.sha256} is not in the store`);
  return { stream: object.stream, no: b.no, format: known };
}
