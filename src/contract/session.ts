import { z } from 'zod';
import { bilingual } from './common.ts';

export const signIn = z.object({ username: z.string().min(1).max(120), password: z.string().min(1).max(400) }).strict();

export const grant = z.object({
  role: z.string(),
  place: z.number().int(),
  placeName: z.string(),
  campaign: z.string().nullable(),
});

export const sessionView = z.object({
  user: z.object({ id: z.string(), username: z.string(), name: z.string(), org: z.string(), grants: z.array(grant) }),
  expiresAt: z.string(),
  /** Sent back in the header `x-csrf-token` with every changing request that uses the cookie. */
  csrfToken: z.string(),
  campaigns: z.array(z.object({ slug: z.string(), name: bilingual, mode: z.enum(['live', 'synthetic', 'historic']) })),
});
export type SessionView = z.infer<typeof sessionView>;

/** The answer of signing in: the cookie is set as well; the token serves programs (`Authorization: Bearer`). */
export const signedIn = sessionView.extend({ token: z.string() });

/** What a page needs to go on with what was typed into it: the session's token, and whether it is still the same person's. */
export const sessionToken = z.object({ csrfToken: z.string(), userId: z.string(), expiresAt: z.string() });
export type SessionToken = z.infer<typeof sessionToken>;
