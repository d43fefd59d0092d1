import { useQuery } from '@tanstack/react-query';
import type { SessionView } from '../../../contract/session.ts';
import { mayIn, type Actor, type Verb } from '../../../domain/access/policy.ts';
import { apiGet, apiSend, keepCsrfToken } from '../../ui/api.ts';
import { api } from '../../ui/paths.ts';
import { queries } from '../../ui/query.ts';

const sessionKey = ['api', '/api/session'] as const;

/** Who is signed in; 401 when nobody is. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: async () => keep(await apiGet<SessionView>(api.session())), staleTime: 300_000 });
}

export async function signIn(username: string, password: string): Promise<SessionView> {
  const session = keep(await apiSend<SessionView>('POST', api.session(), { username, password }));
  queries.clear();
  queries.setQueryData(sessionKey, session);
  return session;
}

export async function signOut(): Promise<void> {
  await apiSend('DELETE', api.session());
  queries.clear();
}

function keep(session: SessionView): SessionView {
  keepCsrfToken(session.csrfToken);
  return session;
}

/** Whether the signed-in person may do this in the campaign, at its root or somewhere in it: the server's own policy, asked to hide what it would refuse. */
export function may(session: SessionView | undefined, verb: Verb, campaign: { readonly slug: string; readonly root: number }): boolean {
  if (session === undefined) return false;
  const { id, name, org, grants } = session.user;
  return mayIn({ id, name, org, grants: grants as Actor['grants'] }, verb, campaign.slug, campaign.root);
}
