/** From when on clearing by one person is too quick to have been done with care; of the campaign's settings, or these. */
export interface HasteRule {
  /** Length of the window that is looked at, in minutes. */
  readonly minutes: number;
  /** So many clearances by one person within it. */
  readonly clears: number;
  /** Cleared within so many minutes of the claim: nobody can have been there. */
  readonly fastMinutes: number;
  /** So many of those within the window. */
  readonly fast: number;
}

/** Indicator of this product, not of a law: a campaign may set its own. */
export const usualHaste: HasteRule = { minutes: 10, clears: 30, fastMinutes: 60, fast: 5 };
