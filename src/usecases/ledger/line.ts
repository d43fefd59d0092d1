import { dateOf, daysBetween, instant, type Instant } from '../../domain/kernel/instant.ts';
import { isOpenState } from '../../domain/projections/item-kinds.ts';
import { masksOf } from '../../domain/access/masks.ts';
import type { Actor } from '../../domain/access/policy.ts';
import type { LedgerLine } from '../../storage/ledger/read.ts';
import type { View } from '../figures/as-of.ts';

/** A line of the ledger as somebody sees it as of an instant. */
export interface LineSeen {
  readonly id: string;
  readonly kind: string;
  readonly no: string;
  readonly unit: string;
  readonly sourceId: string | null;
  readonly place: number;
  readonly aspect: string | null;
  readonly type: string | null;
  readonly text: string;
  readonly clue: string;
  readonly batch: number | null;
  readonly state: string;
  readonly deadline: string | null;
  readonly daysLeft: number | null;
  readonly overdue: boolean;
  readonly foundAt: Instant;
  readonly updatedAt: Instant;
  readonly version: number;
  readonly amounts: Record<string, number> | null;
}

/** A line with codes in place of numbers, its days left, and what the asker may not see taken out. */
export function lineSeen(line: LedgerLine, view: View, actor: Actor): LineSeen {
  const { settings } = view.campaign;
  const offset = settings.utcOffsetMinutes;
  const state = settings.states[line.state - 1] ?? 'unknown';
  const hasDeadline = Number.isFinite(line.deadline_at);
  // The stored instant is the first one after the deadline's day.
  const deadline = hasDeadline ? dateOf(instant(line.deadline_at - 1), offset) : null;
  const pending = isOpenState(state) && (line.kind !== 'problem' || line.batch > 0);
  return {
    id: line.id,
    kind: line.kind,
    no: line.no,
    unit: line.unit,
    sourceId: line.source_id,
    place: line.place,
    aspect: settings.aspects.find((a) => a.no === line.aspect)?.code ?? null,
    type: settings.types.find((t) => t.no === line.type)?.code ?? null,
    text: line.text,
    clue: masksOf(actor, view.row.slug).column('clue') ? '' : line.clue,
    batch: line.batch === 0 ? null : line.batch,
    state,
    deadline,
    daysLeft: deadline === null || !pending ? null : daysBetween(dateOf(view.watermark, offset), deadline),
    overdue: pending && hasDeadline && line.deadline_at <= view.watermark,
    foundAt: line.found_at as Instant,
    updatedAt: line.updated_at as Instant,
    version: line.version,
    amounts: line.amounts,
  };
}
