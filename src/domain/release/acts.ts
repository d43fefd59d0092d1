/** Acts of what is made public (公开). */
export interface ReleasePayloads {
  CasePublished: { readonly no: string; readonly unit: string; readonly text: string };
  PublicationWithdrawn: { readonly reason: string };
  /** Figures released to the public as of an instant (ISO 8601 with offset); without ids: every figure of the dictionary. */
  FiguresPublished: { readonly asOf: string; readonly figures?: readonly string[] };
}
