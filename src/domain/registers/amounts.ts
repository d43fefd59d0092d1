import type { AmountRule } from './mapping.ts';

/**
 * Reads money as a whole number of the smallest unit, without going through fractions.
 * @param digits  digits after the point that the currency keeps
 * @returns       undefined for a text that is no amount, has more digits than the currency, or is too large to be exact
 */
export function readAmount(text: string, rule: Pick<AmountRule, 'decimal' | 'thousands' | 'negative'>, digits: number): number | undefined {
  const point = rule.decimal ?? '.';
  let plain = text.trim();
  if (rule.thousands !== undefined) {
    const separator = rule.thousands === '.' ? '\\.' : rule.thousands;
    const whole = plain.split(point)[0] as string;
    if (whole.includes(rule.thousands) && !new RegExp(`^[+-]?\\d{1,3}(${separator}\\d{3})+$`).test(whole)) return undefined;
    plain = whole.replaceAll(rule.thousands, '') + plain.slice(whole.length);
  }
  const m = (point === '.' ? /^([+-]?)(\d+)(?:\.(\d+))?$/ : /^([+-]?)(\d+)(?:,(\d+))?$/).exec(plain);
  if (m === null) return undefined;
  const fraction = (m[3] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return undefined;
  const minor = Number(`${m[2]}${fraction.padEnd(digits, '0')}`);
  if (!Number.isSafeInteger(minor)) return undefined;
  if (m[1] === '-' && minor > 0) return rule.negative === true ? -minor : undefined;
  return minor;
}
