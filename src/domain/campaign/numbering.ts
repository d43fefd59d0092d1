import { identifierForm } from '../kernel/text.ts';

/** How a campaign numbers (编号规则): SX2019-0001 has the prefix `SX2019-` and at least four digits. */
export interface NumberPattern {
  readonly prefix: string;
  readonly digits: number;
}

/** Larger numbers are no numbers of a campaign. */
const most = 999_999_999;

/** The number in the campaign's pattern. */
export function formatNumber(pattern: NumberPattern, n: number): string {
  return `${pattern.prefix}${String(n).padStart(pattern.digits, '0')}`;
}

/**
 * Reads a number that a person typed: width, case, dashes and spaces do not matter.
 * @returns the count and the number as it is kept; undefined when it does not follow the pattern
 */
export function readNumber(pattern: NumberPattern, typed: string): { readonly n: number; readonly no: string } | undefined {
  const form = identifierForm(typed);
  const prefix = identifierForm(pattern.prefix);
  if (!form.startsWith(prefix)) return undefined;
  const digits = form.slice(prefix.length);
  if (!/^\d{1,9}$/.test(digits)) return undefined;
  const n = Number(digits);
  const no = formatNumber(pattern, n);
  // More zeros than the pattern has would be a second number for the same count.
  return n >= 1 && n <= most && identifierForm(no) === form ? { n, no } : undefined;
}

/** The pattern of a campaign that names none and has no problem yet: its own name. */
export function fallbackPattern(slug: string): NumberPattern {
  return { prefix: `${slug.toUpperCase().replace(/[^A-Z0-9]+/g, '')}-`, digits: 4 };
}
