/** What signs a log and never signs two roots for one size, whatever the database says. */
export interface HeadKeeper {
  /** The largest log signed so far. */
  lastSigned(campaign: string): { readonly size: number; readonly root: Uint8Array } | undefined;
  /** Every head that was signed, from the oldest. */
  signedHeads(campaign: string): readonly { readonly size: number; readonly root: Uint8Array }[];
  /** Keeps, durably, that this head is about to be signed. */
  remember(campaign: string, head: { readonly size: number; readonly root: Uint8Array }): void;
  /** The signed checkpoint. */
  sign(campaign: string, head: { readonly size: number; readonly root: Uint8Array }): string;
}
