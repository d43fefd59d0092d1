import type { Instant } from '../../domain/kernel/instant.ts';
import type { Later } from './lines.ts';

export interface DueSeen {
  readonly on: string;
  readonly daysLeft: number;
}

/** A part of a group: a city, a county, or one record. */
export interface DeskPart {
  readonly place: number | null;
  readonly count: number;
  readonly since: Instant | null;
  readonly due: DueSeen | null;
  readonly no: string | null;
  readonly text: string;
  readonly id: string | null;
}

/** What waits for one doing. */
export interface DeskGroupSeen {
  readonly code: string;
  readonly count: number;
  readonly since: Instant | null;
  readonly due: Instant | null;
  /** How many fall due at the ends of the next days. */
  readonly ahead: readonly { readonly due: Instant; readonly count: number }[];
  readonly later: Later | null;
  readonly query: string | null;
  readonly lines: readonly DeskPart[];
}

/** What somebody sent away in one way and where it is now. */
export interface SentSeen {
  readonly kind: string;
  readonly state: string;
  readonly count: number;
  readonly at: Instant;
  readonly no: string;
  readonly text: string;
  readonly id: string | null;
}

/** What came back to somebody: from whom, when and why. */
export interface ReturnedSeen {
  readonly kind: string;
  readonly no: string;
  readonly text: string;
  readonly id: string | null;
  readonly at: Instant;
  readonly org: string;
  readonly by: string;
  readonly reason: string;
}
