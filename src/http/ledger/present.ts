import type { Sent } from '../../contract/common.ts';
import type { LedgerPage, LedgerRow } from '../../contract/ledger.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import { inCampaignTime, stampText, type Stamp, type Standing } from '../../domain/kernel/standing.ts';
import type { LineSeen } from '../../usecases/ledger/line.ts';

export function presentLine(line: LineSeen, at: (instant: Instant) => string): LedgerRow {
  return { ...line, foundAt: at(line.foundAt), updatedAt: at(line.updatedAt) };
}

/** An answer whose own values are written as they are. */
export function presentStanding<T extends { readonly standing: Standing }>({ standing, ...rest }: T): Stamp & Omit<T, 'standing'> {
  return { ...stampText(standing), ...rest };
}

export function presentLedger(page: {
  readonly standing: Standing;
  readonly rows: readonly LineSeen[];
  readonly next: string | null;
}): Sent<LedgerPage> {
  const at = inCampaignTime(page.standing);
  return { ...stampText(page.standing), rows: page.rows.map((line) => presentLine(line, at)), next: page.next };
}
