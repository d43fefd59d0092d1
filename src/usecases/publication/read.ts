import type { Readable } from 'node:stream';
import { qrSvg } from '../../documents/kit/qr.ts';
import { type Actor } from '../../domain/access/policy.ts';
import type { Act } from '../../domain/acts/act.ts';
import type { Campaign } from '../../domain/campaign/campaign.ts';
import { dateOf, formatWithOffset, parseInstant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { artefactFormats, type ArtefactFormat, type FrozenFigure } from '../../domain/publication/acts.ts';
import { foldBulletin, mayRelease, type Bulletin } from '../../domain/publication/bulletin.ts';
import { printCohort } from '../../domain/publication/cohort.ts';
import { diffTexts } from '../../domain/publication/diff.ts';
import { endedPhases, phaseInstants } from '../../domain/publication/proposals.ts';
import { printReading } from '../../domain/publication/reading.ts';
import { openActor } from '../../domain/acts/personal.ts';
import { openSealed } from '../../storage/acts/personal.ts';
import { listBulletinActs } from '../../storage/publication/bulletins.ts';
import { opened } from '../items/read.ts';
import { readPublished } from '../public/view.ts';
import type { Services } from '../services.ts';
import { atRoot, openBulletin, openOffice, type Office } from './access.ts';
import { checkFully, moneyOf, valuesOf } from './check.ts';
import { bulletinPath, sealOf, shownText } from './model.ts';

/** A line of the list of bulletins. */
export function lineOf(b: Bulletin, campaign: Campaign, all: ReadonlyMap<string, Bulletin>) {
  const at = (instant: Bulletin['draftedAt']) => formatWithOffset(instant, campaign.settings.utcOffsetMinutes);
  const noOf = (id: string) => all.get(id)?.no ?? 0;
  return {
    id: b.id,
    no: b.no,
    kind: b.kind,
    title: b.title,
    lang: b.lang,
    state: b.state,
    version: b.version,
    asOf: b.asOf,
    draftedAt: at(b.draftedAt),
    changedAt: at(b.changedAt),
    releasedAt: b.released?.releasedAt ?? null,
    corrects: b.corrects === null ? null : { id: b.corrects.id, no: noOf(b.corrects.id), reason: b.corrects.reason },
    correctedBy: b.correctedBy.map((c) => ({ id: c.id, no: noOf(c.id), reason: c.reason })),
    path: bulletinPath(campaign.settings.slug, b.no, b.lang),
  };
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

/**
 * The bulletins of a campaign, newest number first; what is not released only for those who make bulletins and the auditor.
 * @refuses campaign.unknown, access.forbidden
 */
export async function listBulletins(s: Services, actor: Actor, q: { campaign: string }) {
  const office = await openOffice(s, actor, 'bulletin.read', q.campaign);
  if (isRefusal(office)) return office;
  const all = await allBulletins(s, office);
  const shown = [...all.values()].filter((b) => b.state === 'released' || office.drafts).sort((a, b) => b.no - a.no);
  return {
    bulletins: shown.map((b) => lineOf(b, office.campaign, all)),
    offers: office.drafts ? phaseOffers(s, office.campaign, [...all.values()]) : [],
    published: await publishedInstants(s, office),
    can: {
      write: atRoot(actor, 'bulletin.write', q.campaign, office.campaign),
      publish: atRoot(actor, 'figure.publish', q.campaign, office.campaign),
    },
  };
}

/** Instants that the public sees, the newest first. */
async function publishedInstants(s: Services, { row, campaign }: Office) {
  const offset = campaign.settings.utcOffsetMinutes;
  return (await readPublished(s, row)).toReversed().map((p) => ({
    asOf: formatWithOffset(p.asOf, offset),
    recordedAt: formatWithOffset(p.recordedAt, offset),
    figures: p.figures === null ? null : [...p.figures].toSorted(),
  }));
}

/** Phases that have ended and have no summary yet: one is offered. */
function phaseOffers(s: Services, campaign: Campaign, all: readonly Bulletin[]) {
  const { settings } = campaign;
  return endedPhases(settings, dateOf(s.now(), settings.utcOffsetMinutes)).flatMap((phase) => {
    const end = phaseInstants(phase, settings.utcOffsetMinutes).end;
    const done = all.some((b) => b.kind === 'phase-summary' && parseInstant(b.asOf) === end);
    return done ? [] : [{ phase: phase.code, name: phase.name }];
  });
}

/**
 * One bulletin with its text, what its tokens say, what was frozen, and the chain of corrections.
 * @refuses campaign.unknown, access.forbidden, bulletin.unknown
 */
export async function readBulletin(s: Services, actor: Actor, q: { campaign: string; id: string }) {
  const open = await openBulletin(s, actor, 'bulletin.read', q);
  if (isRefusal(open)) return open;
  const { bulletin: b, campaign, acts } = open;
  const [all, checked] = await Promise.all([allBulletins(s, open), checkFully(s, open, b)]);
  const may = (verb: 'bulletin.write' | 'bulletin.release') => atRoot(actor, verb, q.campaign, campaign);
  const release = may('bulletin.release') ? mayRelease(b, b.version, actor.id) : refuse('access.forbidden', { verb: 'bulletin.release' });
  return {
    ...lineOf(b, campaign, all),
    body: b.body,
    returnedFor: b.returnedFor,
    values: valuesOf(campaign, checked, b),
    findings: b.state === 'released' ? [] : checked.findings,
    released:
      b.released === null
        ? null
        : {
            ...b.released,
            figures: b.released.figures.map((f) => showFrozen(f, campaign, b)),
            seal: sealOf(q.campaign, b.no, b.released),
            qr: qrSvg(sealOf(q.campaign, b.no, b.released), 'QR'),
          },
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

function showFrozen(f: FrozenFigure, campaign: Campaign, b: Bulletin) {
  const definition = campaign.figures.find((d) => d.id === f.id && d.version === f.version);
  return {
    ...f,
    name: definition?.name ?? { zh: f.id, en: f.id },
    cohort: printCohort(f.filter, campaign.settings, b.lang),
    shown: printReading(f, 'value', moneyOf(campaign), b.lang),
  };
}

/** What changed against the bulletin it corrects, and in those that correct it. */
export async function changesOf(s: Services, office: Office, b: Bulletin, all: ReadonlyMap<string, Bulletin>) {
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
async function historyOf(s: Services, office: Office, acts: readonly Act[]) {
  const name = opened(await openSealed(s.database.db, office.row.id, acts));
  const offset = office.campaign.settings.utcOffsetMinutes;
  return acts.map((act) => ({
    kind: act.kind,
    at: formatWithOffset(act.recordedAt, offset),
    by: openActor(act.actor, name).name,
    reason: 'reason' in act.payload ? String(act.payload.reason) : null,
  }));
}

const types: Readonly<Record<ArtefactFormat, string>> = {
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  zip: 'application/zip',
};

export interface OpenedFile {
  readonly stream: Readable;
  readonly type: string;
  readonly name: string;
}

/** A frozen file of a released bulletin. @refuses what opening refuses, bulletin.no-artefact */
export async function openArtefact(
  s: Services,
  actor: Actor,
  q: { campaign: string; id: string; format: string },
): Promise<OpenedFile | Refusal> {
  const open = await openBulletin(s, actor, 'bulletin.read', q);
  return isRefusal(open) ? open : artefactOf(s, q.campaign, open.bulletin, q.format);
}

export async function artefactOf(s: Services, slug: string, b: Bulletin, format: string): Promise<OpenedFile | Refusal> {
  const artefact = b.released?.artefacts.find((a) => a.format === format);
  const known = artefactFormats.find((f) => f === format);
  if (artefact === undefined || known === undefined) return refuse('bulletin.no-artefact', { no: b.no, format: format.slice(0, 10) });
  const object = await s.blobs.open(artefact.sha256);
  if (object === undefined) throw new Error(`frozen file ${artefact.sha256} is not in the store`);
  return { stream: object.stream, type: types[known], name: `${slug}-${b.no}.${known}` };
}
