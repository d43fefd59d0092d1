/** Long after a campaign its last point is now; it stands a day after the last day, or the course would be a speck. */
export function squeezeEnd(times: readonly number[]): number[] {
  const [before, last] = [times.at(-2), times.at(-1)];
  const day = 86_400_000;
  return before !== undefined && last !== undefined && last - before > 3 * day ? [...times.slice(0, -1), before + day] : [...times];
}
