const open = new Set(['supervised', 'planned', 'rectifying', 'staged', 'returned', 'claimed', 'checked', 'accepted', 'open', 'filed']);

/** States in which something is still to be done before a deadline, of problems and of outside records (`open`). */
export function isOpenState(state: string): boolean {
  return open.has(state);
}
