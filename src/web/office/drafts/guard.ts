import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { useWords } from '../../ui/words.ts';

// What would be lost: by any way out of the page, and only by a reload or closing.
const leaving = new Set<unknown>();
const reloading = new Set<unknown>();

/** Marks something typed that is kept nowhere else; whoever leaves the page is asked. */
export function loseByLeaving(key: unknown, lost: boolean): void {
  if (lost) leaving.add(key);
  else leaving.delete(key);
}

/** Whether leaving would lose it. */
export function isLostByLeaving(key: unknown): boolean {
  return leaving.has(key);
}

/** Marks work that goes on while the page lives, such as an upload. */
export function loseByReloading(key: unknown, lost: boolean): void {
  if (lost) reloading.add(key);
  else reloading.delete(key);
}

/** Asks before a link, Back, a reload or closing loses what is kept nowhere. One for the whole office: a router takes only one. */
export function useLeaveGuard(): void {
  const { t } = useWords();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => leaving.size > 0 && currentLocation.pathname !== nextLocation.pathname);
  const question = t('shell:draft.leave');
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    if (globalThis.confirm(question)) {
      leaving.clear();
      blocker.proceed();
    } else blocker.reset();
  }, [blocker, question]);
  useEffect(() => {
    const warn = (e: BeforeUnloadEvent) => {
      if (leaving.size + reloading.size > 0) e.preventDefault();
    };
    globalThis.addEventListener('beforeunload', warn);
    return () => globalThis.removeEventListener('beforeunload', warn);
  }, []);
}
