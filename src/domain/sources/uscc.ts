const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * Check character of a unified social credit code (统一社会信用代码).
 *
 * Weights are 3^(i-1) mod 31 and the check value is (31 - sum mod 31) mod 31; several published formulas leave one of these out.
 * @param body  the first 17 characters
 * @returns     the 18th character, or undefined when the body has a character outside the alphabet (no I, O, S, V, Z)
 * @source      GB 32100-2015, annex; worked example 91130200699229617 -> X
 */
export function usccCheck(body: string): string | undefined {
  if (body.length !== 17) return undefined;
  let sum = 0;
  let weight = 1;
  for (const char of body) {
    const value = alphabet.indexOf(char);
    if (value < 0) return undefined;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet[(31 - (sum % 31)) % 31];
}

/** True for 18 characters of the alphabet whose check character is right. */
export function isUscc(code: string): boolean {
  return code.length === 18 && usccCheck(code.slice(0, 17)) === code[17];
}
