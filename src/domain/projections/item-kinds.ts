/** What is known of one kind of thing that the ledger lists. */
export interface ItemKindRule {
  /** States in which something is still to be done before a deadline. */
  readonly open: readonly string[];
}

/** Kinds of things that the ledger lists, as data: a further kind is a line here. States are those of the campaign's list. */
export const itemKinds = {
  problem: { open: ['supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked', 'accepted'] },
  case: { open: ['filed'] },
  record: { open: ['open'] },
} as const satisfies Readonly<Record<string, ItemKindRule>>;

export type ItemKind = keyof typeof itemKinds;

const open = new Set<string>(Object.values(itemKinds).flatMap((rule) => rule.open));

/** Whether in this state something is still to be done before a deadline. */
export function isOpenState(state: string): boolean {
  return open.has(state);
}
