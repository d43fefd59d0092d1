import { instant, type Instant } from '../domain/kernel/instant.ts';

const dayMs = 86_400_000;
const opens = 8.5 * 3_600_000;
const length = 9.5 * 3_600_000;

/**
 * Time on a clock that only runs from 08:30 to 18:00 local time, every day (campaigns work weekends).
 * Order is kept both ways, so acts spread on this clock keep their order and fall into working hours.
 */
export function toWork(at: Instant, utcOffsetMinutes: number): number {
  const local = at + utcOffsetMinutes * 60_000;
  const day = Math.floor(local / dayMs);
  const inDay = Math.min(Math.max(local - day * dayMs - opens, 0), length);
  return day * length + inDay;
}

export function fromWork(work: number, utcOffsetMinutes: number): Instant {
  const day = Math.floor(work / length);
  const inDay = work - day * length;
  return instant(Math.round(day * dayMs + opens + inDay - utcOffsetMinutes * 60_000));
}
