import { seesCampaign, type Actor } from '../../domain/access/policy.ts';
import type { FigureRef } from '../../domain/campaign/settings.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Shown } from '../../domain/publication/suppression.ts';
import { standingOf } from '../figures/as-of.ts';
import type { FigureQuery, FigureSeen, FigureSetSeen, HistorySeen, RawFilter } from '../figures/read.ts';
import type { Part, RecordsSeen } from '../figures/records.ts';
import { readValues, type FigureValue } from '../figures/values.ts';
import type { Services } from '../services.ts';
import { openPublicFigure, readPublicFigure, releasedFigures, type PublicValue } from './figures.ts';
import { readPublicRecords, type PublicRecord } from './records.ts';
import { isReleased, openPublicView, type PublicView } from './view.ts';

/**
 * A campaign as the press reads it: as of a released instant, the newest unless one is named.
 * @refuses campaign.unknown outside their rights, publication.none-so-early, publication.not-published, asof.*
 */
export async function openReleased(s: Services, actor: Actor, slug: string, asOf: string | undefined): Promise<PublicView | Refusal> {
  if (!seesCampaign(actor, slug)) return refuse('campaign.unknown', { campaign: slug });
  const view = await openPublicView(s, slug, asOf);
  if (isRefusal(view)) return view.code === 'campaign.unknown' ? refuse('publication.none-so-early', { asOf: asOf ?? '' }) : view;
  return view.instead === null ? view : refuse('publication.not-published', { asOf: view.instead });
}

function toFigure(v: PublicValue | null): FigureValue | null {
  if (v === null || v.numerator === null) return null;
  const { id, version, filter, numerator, denominator, unit } = v;
  return {
    id,
    version,
    filter,
    numerator,
    denominator,
    value: denominator === null ? numerator : denominator === 0 ? null : numerator / denominator,
    unit,
  };
}

const textOf = (filter: FigureRef['filter']): RawFilter =>
  Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, Array.isArray(value) ? value.join(',') : String(value)]));

/** Values of figures with their filters, in their order; null for one that is not released, too fine, or small. */
export async function releasedValues(s: Services, view: PublicView, refs: readonly FigureRef[]): Promise<(FigureValue | null)[]> {
  const opened = [];
  for (const ref of refs) opened.push(await openPublicFigure(s, view, ref.id, textOf(ref.filter)));
  const shown = opened.flatMap((o) =>
    isRefusal(o) || o.shown !== 'shown' || o.request.definition.estimate !== undefined ? [] : [o.request],
  );
  const values = await readValues(s, view, shown);
  return opened.map((o) => (isRefusal(o) ? null : (values[shown.indexOf(o.request)] ?? null)));
}

/**
 * A set of released figures; those that a filter makes too fine, or small, are left out.
 * @refuses what opening refuses, figure.set-unknown
 */
export async function releasedSet(
  s: Services,
  actor: Actor,
  q: { campaign: string; asOf?: string | undefined; set: string; filter?: RawFilter },
): Promise<FigureSetSeen | Refusal> {
  if (q.set !== 'press' && q.set !== 'all') return refuse('figure.set-unknown', { set: q.set });
  const view = await openReleased(s, actor, q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const all = releasedFigures(view).map((f): FigureRef => ({ id: f.id, filter: {} }));
  const refs = (q.set === 'all' ? all : view.campaign.settings.pressSet).filter((r) => isReleased(view, r.id));
  const values = await releasedValues(
    s,
    view,
    refs.map((r) => ({ id: r.id, filter: { ...q.filter, ...r.filter } })),
  );
  return { standing: await standingOf(s, view), figures: values.filter((v) => v !== null) };
}

/** A released figure. Of leads the press is told nothing. */
export interface ReleasedFigureSeen extends Omit<FigureSeen, 'haste'> {
  /** Why there is no value of a figure that has one. */
  readonly hidden: Exclude<Shown, 'shown'> | null;
}

/** One released figure with its definition. @refuses what opening and a public figure refuse */
export async function releasedFigure(s: Services, actor: Actor, q: FigureQuery): Promise<ReleasedFigureSeen | Refusal> {
  const view = await openReleased(s, actor, q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const figure = await readPublicFigure(s, view, q.id, q.filter);
  if (isRefusal(figure)) return figure;
  return {
    standing: figure.standing,
    figure: toFigure(figure.value),
    overall: toFigure(figure.overall),
    hidden: figure.value !== null && figure.value.shown !== 'shown' ? figure.value.shown : null,
    definition: figure.definition,
    sql: figure.sql,
    beside: figure.beside.map(toFigure).filter((v) => v !== null),
  };
}

/** Values at the released instants up to the one asked for. @refuses what a figure refuses */
export async function releasedHistory(s: Services, actor: Actor, q: FigureQuery): Promise<HistorySeen | Refusal> {
  const view = await openReleased(s, actor, q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const figure = await readPublicFigure(s, view, q.id, q.filter);
  if (isRefusal(figure)) return figure;
  const points = figure.history.flatMap((p) => (p.numerator === null ? [] : [{ ...p, numerator: p.numerator }]));
  return { standing: figure.standing, points };
}

type RecordsAsk = FigureQuery & { part: Part; after?: string | undefined; limit: number };

export type ReleasedRecordsSeen = Omit<RecordsSeen, 'records'> & { readonly records: readonly PublicRecord[] };

/** A page of the public records of a figure. @refuses what public records refuse */
export async function releasedRecords(s: Services, actor: Actor, q: RecordsAsk): Promise<ReleasedRecordsSeen | Refusal> {
  const view = await openReleased(s, actor, q.campaign, q.asOf);
  if (isRefusal(view)) return view;
  const page = await readPublicRecords(s, view, q);
  if (isRefusal(page)) return page;
  const [value] = await readValues(s, view, [page.request]);
  const [numerator, denominator] = [value?.numerator ?? 0, value?.denominator ?? 0];
  return {
    standing: page.standing,
    part: q.part,
    next: page.next,
    total: q.part === 'numerator' ? numerator : q.part === 'denominator' ? denominator : denominator - numerator,
    records: page.records,
  };
}

/** Every public record of a figure. */
export async function* allReleasedRecords(
  s: Services,
  view: PublicView,
  q: Omit<RecordsAsk, 'after' | 'limit'>,
): AsyncGenerator<PublicRecord> {
  let after: string | undefined;
  for (;;) {
    const page = await readPublicRecords(s, view, { ...q, after, limit: 500 });
    if (isRefusal(page)) throw new Error(page.code);
    yield* page.records;
    if (page.next === null) return;
    after = page.next;
  }
}
