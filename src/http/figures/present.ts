import type { Sent } from '../../contract/common.ts';
import type { FigureAnswer, FigureHistory, FigureRecord, FigureRecords, FigureSet, FigureWaterfall } from '../../contract/figures.ts';
import { inCampaignTime, stampText } from '../../domain/kernel/standing.ts';
import type { FigureSeen, FigureSetSeen, HistorySeen } from '../../usecases/figures/read.ts';
import type { RecordsSeen } from '../../usecases/figures/records.ts';
import type { Waterfall } from '../../usecases/figures/waterfall.ts';
import type { PublicRecord } from '../../usecases/public/records.ts';
import type { ReleasedFigureSeen, ReleasedRecordsSeen } from '../../usecases/public/released.ts';

export function presentFigureSet({ standing, figures }: FigureSetSeen): Sent<FigureSet> {
  return { ...stampText(standing), figures };
}

export function presentFigure(seen: FigureSeen): Sent<FigureAnswer> {
  return { ...definedFigure({ ...seen, hidden: null }), haste: seen.haste };
}

/** As the press reads it: without a word of leads. */
export function presentReleasedFigure(seen: ReleasedFigureSeen): Sent<Omit<FigureAnswer, 'haste'>> {
  return definedFigure(seen);
}

function definedFigure({ standing, figure, overall, hidden, definition, sql, beside }: ReleasedFigureSeen) {
  const { id, version, unit, name, predicate, filters, estimate } = definition;
  return {
    ...stampText(standing),
    figure,
    overall,
    absent: estimate === undefined ? hidden : 'no-draw',
    definition: { id, version, unit, name, predicate, filters, sql },
    beside,
  };
}

export function presentHistory({ standing, points }: HistorySeen): Sent<FigureHistory> {
  const at = inCampaignTime(standing);
  return { ...stampText(standing), points: points.map((p) => ({ ...p, at: at(p.at) })) };
}

export function presentRecords({ standing, part, total, records, next }: RecordsSeen): Sent<FigureRecords> {
  const at = inCampaignTime(standing);
  return {
    ...stampText(standing),
    part,
    total,
    records: records.map((r) => ({ ...r, since: at(r.since), happenedAt: r.happenedAt === null ? null : at(r.happenedAt) })),
    next,
  };
}

export function presentReleasedRecords({ standing, part, total, records, next }: ReleasedRecordsSeen): Sent<FigureRecords> {
  return { ...stampText(standing), part, next, total, records: records.map(publicRecord) };
}

/** A record as the press reads it: its number, and where it lies as coarse as its count must be. */
function publicRecord({ no, place, aspect, batch, since, amount }: PublicRecord): FigureRecord {
  return {
    id: no,
    kind: 'record',
    no,
    unit: null,
    title: null,
    place: place ?? 0,
    batch,
    aspect,
    type: null,
    since,
    happenedAt: null,
    amount: amount ?? 0,
  };
}

export function presentWaterfall(fall: Waterfall): Sent<FigureWaterfall> {
  const { campaign, before, after, parts } = fall;
  const at = inCampaignTime(fall);
  return { campaign, from: at(fall.from), to: at(fall.to), before, after, parts };
}
