import { useQuery } from '@tanstack/react-query';
import type { SessionView } from '../../../contract/session.ts';
import { api } from '../../../contract/paths/api.ts';
import { judge, mayIn, type Actor, type PlaceVerb, type Verb } from '../../../domain/access/policy.ts';
import { apiGet, apiSend, isOtherPerson, isSessionLost, otherPerson } from '../../ui/api.ts';
import { closePage, openPageFor, ownerOfPage, takeToken } from '../../ui/person.ts';
import { queries } from '../../ui/query.ts';
import { browserStorage, countDrafts, dropDraftsOf } from '../drafts/store.ts';

const sessionKey = ['api', api.session] as const;

/** Who is signed in; 401 when nobody is. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: async () => keep(await apiGet<SessionView>(api.session)), staleTime: 300_000 });
}

/** Signs in on the page for it; all that was read before is forgotten. */
export async function signIn(username: string, password: string): Promise<SessionView> {
  const before = ownerOfPage();
  const session = await apiSend<SessionView>('POST', api.session, { username, password }, 'none');
  openPageFor(session.user, session.csrfToken);
  queries.clear();
  queries.setQueryData(sessionKey, session);
  // What one person left in the page's memory, such as uploads, is not for the next one.
  if (before !== null && before.id !== session.user.id) closePage();
  return session;
}

/**
 * Signs the page's own person in again; what is open stays open.
 * @throws web.other-person when it was somebody else: the page stays the first person's, and nothing is sent
 */
export async function signInAgain(username: string, password: string): Promise<void> {
  const session = await apiSend<SessionView>('POST', api.session, { username, password }, 'none');
  queries.setQueryData(sessionKey, keep(session));
}

/**
 * Signs the page's person out and takes away what they typed here and did not send; asked first when there is any.
 * @returns false when they would rather stay
 */
export async function signOut(question: (count: number) => string): Promise<boolean> {
  const person = ownerOfPage()?.id ?? '';
  const drafts = countDrafts(browserStorage(), person);
  if (drafts > 0 && !globalThis.confirm(question(drafts))) return false;
  try {
    await apiSend('DELETE', api.session, undefined, 'quiet');
  } catch (error) {
    // Whose session has ended, or became somebody else's, is out already.
    if (!isSessionLost(error) && !isOtherPerson(error)) throw error;
  }
  dropDraftsOf(browserStorage(), person);
  closePage();
  queries.clear();
  return true;
}

function keep(session: SessionView): SessionView {
  if (ownerOfPage() === null) openPageFor(session.user, session.csrfToken);
  else if (!takeToken(session.user.id, session.csrfToken)) throw otherPerson();
  return session;
}

/** Whether the signed-in person may do this in the campaign, at its root or somewhere in it: the server's own policy, asked to hide what it would refuse. */
export function may(session: SessionView | undefined, verb: Verb, campaign: { readonly slug: string; readonly root: number }): boolean {
  if (session === undefined) return false;
  const { id, name, org, grants } = session.user;
  return mayIn({ id, name, org, grants: grants as Actor['grants'] }, verb, campaign.slug, campaign.root);
}

/** Whether the signed-in person may do this at a place. */
export function mayAt(session: SessionView | undefined, verb: PlaceVerb, slug: string, place: number): boolean {
  if (session === undefined) return false;
  const { id, name, org, grants } = session.user;
  return judge({ id, name, org, grants: grants as Actor['grants'] }, verb, slug, place) === 'allowed';
}
