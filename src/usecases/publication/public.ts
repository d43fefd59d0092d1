import { buffer } from 'node:stream/consumers';
import { formatInstant, parseInstant, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Bulletin } from '../../domain/publication/bulletin.ts';
import { findCampaign, getCampaignState } from '../../storage/acts/read.ts';
import { listActsByFact } from '../../storage/acts/offices.ts';
import { conditionsOf, termsOf } from '../../storage/figures/definition.ts';
import { listFigureRecords } from '../../storage/figures/records.ts';
import { statesAsOf } from '../../storage/publication/bulletins.ts';
import { openView } from '../figures/as-of.ts';
import { partTerms, readKey, type Part } from '../figures/read.ts';
import { installation, type Services } from '../services.ts';
import type { Office } from './access.ts';
import { allBulletins, artefactOf, lineOf, type OpenedFile } from './read.ts';

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
  return [...all.values()].sort((a, b) => b.no - a.no).map((b) => publicLine(b, office, all));
}

async function releasedOf(s: Services, office: Office): Promise<Map<string, Bulletin>> {
  return new Map([...(await allBulletins(s, office))].filter(([, b]) => b.state === 'released'));
}

/** Without versions and times of drafting: when a text was worked on is nobody's business. */
function publicLine(b: Bulletin, office: Office, all: ReadonlyMap<string, Bulletin>) {
  const { no, kind, title, lang, asOf, releasedAt, corrects, correctedBy, path } = lineOf(b, office.campaign, all);
  const other = (c: { no: number; reason: string }) => ({ no: c.no, reason: c.reason });
  return {
    no,
    kind,
    title,
    lang,
    asOf,
    releasedAt,
    path,
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
 * A released bulletin for its permanent public page (永久地址): the frozen article exactly as it was stored, with its style, the
 * fingerprints of its files and the chain of corrections. Needs nobody signed in.
 * @refuses campaign.unknown, bulletin.unknown (also while it is not released)
 */
export async function readPublicBulletin(s: Services, slug: string, no: number) {
  const open = await openReleased(s, slug, no);
  if (isRefusal(open)) return open;
  const { office, all, bulletin, released } = open;
  const file = await artefactOf(s, slug, bulletin, 'html');
  if (isRefusal(file)) return file;
  const html = (await buffer(file.stream)).toString('utf8');
  return {
    ...publicLine(bulletin, office, all),
    article: html.slice(html.indexOf('<article'), html.lastIndexOf('</article>') + '</article>'.length),
    style: /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '',
    artefacts: released.artefacts,
    figures: released.figures,
    checkpoint: released.checkpoint,
    renderer: released.renderer,
  };
}

/** A frozen file of a released bulletin, for anyone. @refuses campaign.unknown, bulletin.unknown, bulletin.no-artefact */
export async function openPublicArtefact(s: Services, slug: string, no: number, format: string): Promise<OpenedFile | Refusal> {
  const open = await openReleased(s, slug, no);
  return isRefusal(open) ? open : artefactOf(s, slug, open.bulletin, format);
}

/** Published typical cases (典型案例), exactly as they were worded. @refuses campaign.unknown */
export async function listPublicCases(s: Services, slug: string) {
  const office = await openPublic(s, slug);
  if (isRefusal(office)) return office;
  const view = await openView(s, installation, 'figure.read', slug, undefined);
  if (isRefusal(view)) return view;
  const fact = await s.names.find(s.database.db, 'publication.case');
  if (fact === undefined) return [];
  const acts = await listActsByFact(s.database.db, view.row, fact, view.watermark);
  return acts.flatMap((a) =>
    a.kind === 'CasePublished'
      ? [{ no: a.payload.no, unit: a.payload.unit, text: a.payload.text, publishedAt: formatInstant(a.recordedAt) }]
      : [],
  );
}

/** What the public sees of a record: which, where, of what class and how far. No names of persons, no coordinates, no free text. */
export interface PublicRecord {
  readonly no: string | null;
  readonly kind: string;
  /** Name of the county, or of the city for what belongs to one. */
  readonly place: string;
  readonly aspect: string | null;
  readonly batch: number | null;
  readonly state: string | null;
  readonly since: string;
}

/**
 * A page of the records behind the n-th figure of a released bulletin, as they were frozen.
 * @param n  number of the figure, from 1
 * @refuses campaign.unknown, bulletin.unknown, bulletin.no-figure, page.bad-key
 */
export async function readPublicRecords(
  s: Services,
  slug: string,
  q: { no: number; n: number; part: Part; after?: string | undefined; limit: number },
): Promise<{ total: number; records: PublicRecord[]; next: string | null } | Refusal> {
  const open = await openReleased(s, slug, q.no);
  if (isRefusal(open)) return open;
  const figure = open.released.figures[q.n - 1];
  if (figure === undefined) return refuse('bulletin.no-figure', { no: q.no, figure: q.n });
  const view = await openView(s, installation, 'figure.read', slug, figure.asOf);
  if (isRefusal(view)) return view;
  const definition = view.campaign.figures.find((d) => d.id === figure.id && d.version === figure.version);
  const after = q.after === undefined ? undefined : readKey(q.after);
  if (definition === undefined) throw new Error(`${figure.id}@${figure.version} is gone`);
  if (q.after !== undefined && after === undefined) return refuse('page.bad-key', {});
  const { settings } = view.campaign;
  const rows = await listFigureRecords(s.database.db, {
    campaignId: view.row.id,
    names: s.names,
    terms: partTerms(q.part, termsOf(definition, figure.filter)),
    conditions: conditionsOf(figure.filter, view.scope, settings),
    asOf: view.watermark,
    after,
    limit: q.limit,
  });
  const states = await statesAsOf(
    s.database.db,
    view.row.id,
    rows.map((r) => r.id),
    parseInstant(figure.asOf) as Instant,
  );
  const lang = open.bulletin.lang;
  const placeOf = (code: number) => {
    const place = settings.places.find((p) => p.code === code);
    return (lang === 'en' ? place?.nameEn : undefined) ?? place?.name ?? '';
  };
  const last = rows.at(-1);
  const total = q.part === 'denominator' ? (figure.denominator ?? 0) : figure.numerator;
  return {
    total: q.part === 'difference' ? (figure.denominator ?? 0) - figure.numerator : total,
    records: rows.map((r) => ({
      no: r.no,
      kind: r.kind,
      place: placeOf(r.place),
      aspect: settings.aspects.find((a) => a.no === r.aspectNo)?.name[lang] ?? null,
      batch: r.batch,
      state: settings.states[(states.get(r.id) ?? 0) - 1] ?? null,
      since: r.since,
    })),
    next: rows.length < q.limit || last === undefined ? null : `${last.place}~${last.fromAt}~${last.id}`,
  };
}
