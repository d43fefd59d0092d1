import type { PlainDate } from '../kernel/instant.ts';
import type { PlaceCode } from '../kernel/place.ts';

/** A dated step of an outside case, such as "notice sent". */
export interface RegisterStep {
  readonly code: string;
  readonly on: PlainDate;
}

/** One record of another regulator's register, in the words of its mapping; values keep the register's own language. */
export interface RegisterItem {
  readonly key: string;
  /** Which of the mapping's registers it belongs to, such as `case` or `facility`. */
  readonly register: string;
  readonly no: string;
  readonly unit: string;
  readonly unitKey: string | null;
  readonly place: PlaceCode;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly aspect: string | null;
  readonly type: string | null;
  /** Ledger state by the mapping's code list: `open`, `closed` ... */
  readonly state: string;
  readonly text: string;
  readonly openedOn: PlainDate | null;
  readonly deadline: PlainDate | null;
  readonly steps: readonly RegisterStep[];
  /** Money in the smallest unit of the register's currency. */
  readonly amounts: Readonly<Record<string, number>>;
  /** Yes/no facts that figures of the register refer to. */
  readonly flags: readonly string[];
  /** Further columns as published. */
  readonly fields: Readonly<Record<string, string>>;
}
