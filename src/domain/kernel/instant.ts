declare const instantBrand: unique symbol;

/** A moment on the UTC time line, in whole milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [instantBrand]: true };

const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})$/;
const dayMs = 86_400_000;

/**
 * Reads an ISO 8601 instant. An offset is required: a bare date or a local time names no moment.
 *
 * @returns the instant, or undefined when the text is not an instant with an offset or names no real day
 */
export function parseInstant(text: string): Instant | undefined {
  const m = pattern.exec(text.trim());
  if (m === null) return undefined;
  const [year, month, day, hour, minute, second] = [m[1], m[2], m[3], m[4], m[5], m[6] ?? '0'].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetMinutes(m[8] as string);
  if (offset === undefined) return undefined;
  const ms = Number(((m[7] ?? '') + '000').slice(0, 3));
  return (utc(year, month - 1, day) + ((hour * 60 + minute - offset) * 60 + second) * 1000 + ms) as Instant;
}

function offsetMinutes(text: string): number | undefined {
  if (text === 'Z') return 0;
  const digits = text.slice(1).replace(':', '');
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  if (hours > 14 || minutes > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Midnight UTC of a day. `Date.UTC` alone takes the years 0 to 99 for 1900 to 1999. */
function utc(year: number, monthIndex: number, day: number): number {
  return new Date(0).setUTCFullYear(year, monthIndex, day);
}

function daysInMonth(year: number, month: number): number {
  return new Date(utc(year, month, 0)).getUTCDate();
}

/** Takes an instant from its number of milliseconds; throws when it is not a whole number. */
export function instant(ms: number): Instant {
  if (!Number.isSafeInteger(ms)) throw new Error(`not a whole number of milliseconds: ${ms}`);
  return ms as Instant;
}

/** ISO 8601 in UTC with milliseconds and `Z`: the one form in which instants are stored in acts. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString();
}

/** ISO 8601 with the campaign's own offset, such as `2019-08-05T18:00:00+08:00`; milliseconds only if there are any. */
export function formatWithOffset(at: Instant, utcOffsetMinutes: number): string {
  const local = new Date(at + utcOffsetMinutes * 60_000).toISOString().slice(0, -1);
  const sign = utcOffsetMinutes < 0 ? '-' : '+';
  const abs = Math.abs(utcOffsetMinutes);
  const hh = String(Math.trunc(abs / 60)).padStart(2, '0');
  const mm = String(abs % 60).padStart(2, '0');
  return `${local.endsWith('.000') ? local.slice(0, -4) : local}${sign}${hh}:${mm}`;
}

/** A civil date `YYYY-MM-DD` in the campaign's own zone. */
export type PlainDate = string;

/** True for a real day of the Gregorian calendar written `YYYY-MM-DD`. */
export function isPlainDate(text: string): boolean {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (m === null) return false;
  const [y, mo, d] = [Number(m[1]), Number(m[2]), Number(m[3])];
  return mo >= 1 && mo <= 12 && d >= 1 && d <= daysInMonth(y, mo);
}

/** The civil date of an instant at a fixed offset from UTC (China has had one zone, +480 minutes, since 1992). */
export function dateOf(at: Instant, utcOffsetMinutes: number): PlainDate {
  return new Date(at + utcOffsetMinutes * 60_000).toISOString().slice(0, 10);
}

/** Midnight at which a civil date begins. */
export function startOfDate(date: PlainDate, utcOffsetMinutes: number): Instant {
  return (Date.parse(`${date}T00:00:00Z`) - utcOffsetMinutes * 60_000) as Instant;
}

/** The first instant after a civil date: a deadline on that date has passed from here on. */
export function endOfDate(date: PlainDate, utcOffsetMinutes: number): Instant {
  return (startOfDate(date, utcOffsetMinutes) + dayMs) as Instant;
}

/** Natural days from one civil date to another; below 0 when that is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** A civil date moved by natural days. */
export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}
