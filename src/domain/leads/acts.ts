/** Acts of leads (线索): what the records themselves give reason to look at. */
export interface LeadPayloads {
  /** Raised with the act that gave rise to it, by the same person: it is about them. */
  LeadRaised: {
    readonly rule: 'rapid-clearing';
    /** The organisation of whom it is about. */
    readonly org: string;
    /** Clearances by the same person within the window, this one included. */
    readonly count: number;
    /** How many of them were cleared soon after they were claimed. */
    readonly fast: number;
    /** Length of the window, in minutes. */
    readonly minutes: number;
  };
  /** Twice as many as when it was last said. */
  LeadGrown: { readonly count: number; readonly fast: number };
  /** Looked into, with what was found. */
  LeadClosed: { readonly finding: string };
}
