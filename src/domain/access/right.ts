import type { Role } from './roles.ts';

/** Who may do something, and where it is asked: at the root of the campaign, at the place of what it is done to, or of oneself. */
export interface Right<Where extends 'root' | 'place' | 'own' = 'root' | 'place' | 'own'> {
  readonly roles: readonly Role[];
  readonly at: Where;
}

/** A right of some roles, asked in one of three ways. */
export function at<const Where extends 'root' | 'place' | 'own'>(where: Where, roles: readonly Role[]): Right<Where> {
  return { roles, at: where };
}
