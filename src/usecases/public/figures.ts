import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/acts/leaf.ts';
import type { FigureDefinition } from '../../domain/campaign/settings.ts';
import type { FigureFilter } from '../../domain/clearance/filter.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { isOfficial, listsRecords, populationOf, publicGrain } from '../../domain/publication/public-filter.ts';
import type { Shown } from '../../domain/publication/suppression.ts';
import { conditionsOf, termsOf } from '../../storage/figures/definition.ts';
import { figureHistory } from '../../storage/figures/history.ts';
import type { FigureRequest } from '../../storage/figures/values.ts';
import { listPublicNumbers } from '../../storage/public/records.ts';
import { figuresBeside } from '../figures/beside.ts';
import { describeSql } from '../../storage/figures/describe.ts';
import { partTerms } from '../figures/records.ts';
import { findFigure, readValues, requestOf, requestsOf, type FigureValue } from '../figures/values.ts';
import { standingOf } from '../figures/as-of.ts';
import { findFrozen } from '../publication/public.ts';
import type { Services } from '../services.ts';
import { readMask, type Mask } from './masks.ts';
import { perDatabase } from './remember.ts';
import { isReleased, type PublicView } from './view.ts';

/** A figure as it is shown to anybody: a hidden one has no number. */
export interface PublicValue {
  readonly id: string;
  readonly version: number;
  readonly unit: string;
  readonly filter: FigureFilter;
  readonly shown: Shown;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** Definitions that were released, the newest version of each. */
export function releasedFigures(view: PublicView): FigureDefinition[] {
  return [...new Set(view.campaign.figures.map((f) => f.id))]
    .filter((id) => isReleased(view, id))
    .flatMap((id) => findFigure(view, id) ?? []);
}

/** Values of the press set, released ones only. What the press published is shown whatever its size. */
export async function readPublicSet(s: Services, view: PublicView): Promise<PublicValue[]> {
  const requests = requestsOf(view, view.campaign.settings.pressSet).filter((r) => isReleased(view, r.definition.id));
  return (await readValues(s, view, requests)).map((v) => toPublic(v, 'shown'));
}

export function toPublic(v: FigureValue, shown: Shown): PublicValue {
  const { id, version, unit, filter } = v;
  if (shown !== 'shown') return { id, version, unit, filter, shown, numerator: null, denominator: null };
  return { id, version, unit, filter, shown, numerator: v.numerator, denominator: v.denominator };
}

/** The mask of the counts that a figure's records belong to; undefined where nobody can be recognised. */
export async function maskOf(s: Services, view: PublicView, definition: FigureDefinition): Promise<Mask | undefined> {
  const fact = populationOf(definition);
  return fact === null || isOfficial(fact) ? undefined : readMask(s, view, fact, fact === 'problem.supervised');
}

/**
 * A released figure with a filter that may be published, and whether its value is shown.
 * @refuses figure.unknown (also one that was not released), filter.*, publication.closed-crossing
 */
export async function openPublicFigure(
  s: Services,
  view: PublicView,
  id: string,
  raw: Readonly<Record<string, string>>,
): Promise<{ request: FigureRequest; shown: Shown } | Refusal> {
  if (!isReleased(view, id)) return refuse('figure.unknown', { figure: id, known: releasedFigures(view).map((f) => f.id) });
  const request = requestOf(view, id, raw);
  if (isRefusal(request)) return request;
  const grain = publicGrain(request.definition, request.filter);
  if (grain === 'closed') return refuse('publication.closed-crossing', { figure: id });
  if (grain === 'whole') return { request, shown: 'shown' };
  const mask = await maskOf(s, view, request.definition);
  return { request, shown: mask?.place(Number(request.filter.county ?? request.filter.city)) ?? 'shown' };
}

/** SHA-256 over a definition in canonical JSON (RFC 8785): another meaning has another hash. */
export function definitionHash(definition: FigureDefinition): string {
  return createHash('sha256').update(canonicalJson(definition)).digest('hex');
}

/** One figure with all that proves it, as of the view's instant. */
export async function readPublicFigure(s: Services, view: PublicView, id: string, raw: Readonly<Record<string, string>>) {
  const opened = await openPublicFigure(s, view, id, raw);
  if (isRefusal(opened)) return opened;
  const { request, shown } = opened;
  const { definition, filter } = request;
  const { batches, ...rest } = filter;
  const beside = figuresBeside(id)
    .filter((other) => isReleased(view, other))
    .flatMap((other) => findFigure(view, other) ?? []);
  const [own, overall, others, history, fingerprint] = await Promise.all([
    readValues(s, view, [request]),
    batches === undefined || definition.ratio === undefined ? [] : readValues(s, view, [{ definition, filter: rest }]),
    readValues(
      s,
      view,
      beside.map((d) => ({ definition: d, filter })),
    ),
    shown === 'shown' ? publicHistory(s, view, request) : [],
    shown === 'shown' ? recordsFingerprint(s, view, request) : null,
  ]);
  const frozen = await findFrozen(s, view.row.slug, { id, version: definition.version, filter, asOf: view.release.asOf });
  return {
    standing: await standingOf(s, view),
    /** The released bulletin that froze this very figure. Not told where the number is hidden. */
    frozen: shown === 'shown' ? frozen : undefined,
    definition,
    definitionHash: definitionHash(definition),
    /** What the hash is of: canonical JSON (RFC 8785). */
    definitionText: canonicalJson(definition),
    sql: describeSql(request),
    value: own[0] === undefined ? null : toPublic(own[0], shown),
    overall: overall[0] === undefined ? null : toPublic(overall[0], shown),
    beside: others.map((v) => toPublic(v, shown)),
    history,
    fingerprint,
    listed: shown === 'shown' && listsRecords(definition) && recordsOpen(filter),
    filter,
  };
}
export type PublicFigure = Exclude<Awaited<ReturnType<typeof readPublicFigure>>, Refusal>;

/** Records are listed for the campaign, batches and cities: a list of one county or class would undo what is withheld in it. */
export function recordsOpen(filter: FigureFilter): boolean {
  return Object.keys(filter).every((key) => key === 'batches' || key === 'city');
}

/** How far anybody gets for sure from a figure that is quoted: to its records, to the figure (of a place: small counts are not looked at), or nowhere. */
export function publicReach(view: PublicView, id: string, filter: FigureFilter): 'records' | 'figure' | 'none' {
  const definition = findFigure(view, id);
  const grain = definition === undefined || !isReleased(view, id) ? 'closed' : publicGrain(definition, filter);
  if (definition === undefined || grain === 'closed') return 'none';
  return grain === 'whole' && listsRecords(definition) && recordsOpen(filter) ? 'records' : 'figure';
}

/** Values at the published instants up to the view's; places where the count was hidden then have a gap. */
async function publicHistory(s: Services, view: PublicView, request: FigureRequest) {
  if (request.definition.estimate !== undefined) return [];
  const at = view.published.filter((p) => p.asOf <= view.release.asOf);
  const points = await figureHistory(s.database.db, {
    campaignId: view.row.id,
    names: s.names,
    terms: termsOf(request.definition, request.filter),
    by: request.definition.count?.sum ?? 'n',
    conditions: conditionsOf(request.filter, view.scope, view.campaign.settings),
    at: at.map((p) => p.asOf),
  });
  const place = request.filter.county ?? request.filter.city;
  const out: { at: Instant; numerator: number | null; denominator: number | null }[] = [];
  for (const [i, p] of points.entries()) {
    const release = at[i];
    if (release === undefined || (release.figures !== null && !release.figures.has(request.definition.id))) continue;
    const mask = place === undefined ? undefined : await maskOf(s, { ...view, release }, request.definition);
    const hidden = place !== undefined && (mask?.place(Number(place)) ?? 'shown') !== 'shown';
    out.push({ at: p.at, numerator: hidden ? null : p.numerator, denominator: hidden ? null : p.denominator });
  }
  return out;
}

/** The released bulletin that quotes a figure whose records are not listed; undefined when none does. */
export async function findQuoted(s: Services, view: PublicView, id: string, raw: Readonly<Record<string, string>>) {
  const request = requestOf(view, id, raw);
  if (isRefusal(request)) return undefined;
  const { definition, filter } = request;
  const found = await findFrozen(s, view.row.slug, { id, version: definition.version, filter, asOf: view.release.asOf });
  return found === undefined ? undefined : { ...found, definition, filter, reach: publicReach(view, id, filter) };
}

const fingerprints = perDatabase<{ sha256: string; count: number } | null>(500);

/** SHA-256 over the numbers of the records that a figure counts, in order, each ended by a line feed. */
function recordsFingerprint(s: Services, view: PublicView, request: FigureRequest): Promise<{ sha256: string; count: number } | null> {
  const { definition, filter } = request;
  const fact = populationOf(definition);
  if (fact === null || isOfficial(fact) || !listsRecords(definition) || !recordsOpen(filter)) return Promise.resolve(null);
  const key = `${view.row.id}/${view.release.asOf}/${definition.id}@${definition.version}/${JSON.stringify(filter)}`;
  return fingerprints(s.database.db).get(key, async () => {
    const nos = await listPublicNumbers(s.database.db, {
      campaignId: view.row.id,
      names: s.names,
      terms: partTerms('numerator', termsOf(definition, filter)),
      conditions: conditionsOf(filter, view.scope, view.campaign.settings),
      asOf: view.watermark,
    });
    return {
      sha256: createHash('sha256')
        .update(nos.map((no) => `${no}\n`).join(''))
        .digest('hex'),
      count: nos.length,
    };
  });
}
