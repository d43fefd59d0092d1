import { assertNever } from '../kernel/refusal.ts';
import { isOn, type ActOn } from '../acts/streams.ts';
import { inOrder, type Act } from '../acts/act.ts';
import type { Instant } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';

/** A penalty case (行政处罚案件) as far as the figures need it. */
export interface PenaltyCase {
  readonly id: string;
  readonly no: string;
  readonly unit: string;
  readonly place: PlaceCode;
  readonly cause: string;
  readonly problemId: string | null;
  readonly sourceId: string | null;
  readonly decided: boolean;
  /** When the penalty was decided; null before. */
  readonly decidedAt: Instant | null;
  readonly revoked: boolean;
  /** The decision's amount and every daily fine decided since, in fen. */
  readonly amountFen: number;
  /** The first of the four measures that was decided: a case counts under one. */
  readonly measure: string | null;
  readonly version: number;
}

/** State of a case from its acts in any order; undefined when it had not been filed by `asOf`. */
export function foldCase(acts: readonly Act[], asOf?: Instant): PenaltyCase | undefined {
  let c: PenaltyCase | undefined;
  for (const act of inOrder(acts, asOf)) {
    if (act.kind === 'CaseFiled') {
      const { no, unit, place, cause, problemId, sourceId } = act.payload;
      c = {
        id: act.streamId,
        no,
        unit,
        place,
        cause,
        problemId,
        sourceId,
        decided: false,
        decidedAt: null,
        revoked: false,
        amountFen: 0,
        measure: null,
        version: act.seq,
      };
      continue;
    }
    if (c !== undefined && isOn('case', act)) c = { ...c, ...changeOf(c, act), version: act.seq };
  }
  return c;
}

function changeOf(c: PenaltyCase, act: Exclude<ActOn<'case'>, { readonly kind: 'CaseFiled' }>): Partial<PenaltyCase> {
  switch (act.kind) {
    case 'PenaltyDecided':
      return { decided: true, decidedAt: act.happenedAt, amountFen: c.amountFen + act.payload.amountFen };
    case 'DailyFineDecided':
      return { amountFen: c.amountFen + act.payload.amountFen };
    case 'MeasureDecided':
      return { measure: c.measure ?? act.payload.measure };
    case 'PenaltyRevoked':
      return { revoked: true };
  }
  return assertNever(act);
}
