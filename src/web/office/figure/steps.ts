/** Heights of a waterfall: where each step stands, from the first bar on, and between which values it is drawn. */
export interface Steps {
  /** The number before the first step and after each one. */
  readonly levels: readonly number[];
  /** The value at the foot of the drawing: above 0 when the first and last bar are cut, so that the steps can be seen. */
  readonly foot: number;
  readonly high: number;
}

export function stepsOf(before: number, changes: readonly number[], after: number): Steps {
  const levels = [before];
  for (const change of changes) levels.push((levels.at(-1) ?? 0) + change);
  const high = Math.max(1, ...levels, after);
  const low = Math.min(...levels, after);
  // Long first and last bars are cut at the foot, marked as cut, so that the steps can be seen.
  const cut = high > low && low > high * 0.4 ? low - (high - low) * 0.5 : 0;
  return { levels, foot: cut > 0 ? cut : 0, high };
}
