import { refuse, type Refusal } from '../kernel/refusal.ts';
import { identifierForm } from '../kernel/text.ts';

/**
 * Two officers are two persons (两名以上执法人员): a name that stands twice is one.
 *
 * How many names there must be is checked where they come in.
 * @returns  the refusal for the first name that was there before; undefined when all differ
 */
export function sameOfficer(names: readonly string[]): Refusal | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(identifierForm(name))) return refuse('inspection.same-officer', { name });
    seen.add(identifierForm(name));
  }
  return undefined;
}
