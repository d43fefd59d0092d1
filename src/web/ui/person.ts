import { useSyncExternalStore } from 'react';

/** Whoever this page belongs to, from signing in until signing out. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

let owner: Person | null = null;
let token = '';
let asking: { readonly settle: (signedIn: boolean) => void } | null = null;
let waiting: Promise<boolean> | null = null;
const listeners = new Set<() => void>();

export const ownerOfPage = (): Person | null => owner;

/** The token that goes back with every changing request; it comes with the session. */
export const csrfToken = (): string => token;

/** Somebody signed in on purpose: the page is theirs from now on. */
export function openPageFor(person: Person, csrf: string): void {
  owner = { id: person.id, username: person.username, name: person.name };
  token = csrf;
}

/** Nobody's page: after signing out. */
export function closePage(): void {
  owner = null;
  token = '';
}

/**
 * Takes the token of a session that the server named, if it is that of the page's own person.
 * @returns false when somebody else is signed in now: what stands in this page is not theirs to send
 */
export function takeToken(personId: string, csrf: string): boolean {
  if (owner !== null && owner.id !== personId) return false;
  token = csrf;
  return true;
}

/** Asks the page's person to sign in again, once for all that wait. @returns whether they did */
export function askToSignIn(): Promise<boolean> {
  if (listeners.size === 0) return Promise.resolve(false);
  waiting ??= new Promise<boolean>((resolve) => {
    const mine = {
      settle: (signedIn: boolean) => {
        // A late answer to a question that is settled settles no later one, which would be left waiting for ever.
        if (asking !== mine) return;
        asking = null;
        waiting = null;
        tell();
        resolve(signedIn);
      },
    };
    asking = mine;
    tell();
  });
  return waiting;
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** The open question whether its person signs in again; null while there is none. */
export function signInQuestion(): { readonly settle: (signedIn: boolean) => void } | null {
  return asking;
}

/** Is told when the question opens and when it is settled; whoever listens must answer it. @returns what ends it */
export function listenForQuestion(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The open question for a component that answers it. */
export function useSignInQuestion(): { readonly settle: (signedIn: boolean) => void } | null {
  return useSyncExternalStore(listenForQuestion, signInQuestion);
}
