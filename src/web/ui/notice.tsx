import { useSyncExternalStore } from 'react';

let current: { readonly text: string; readonly at: number } | null = null;
const listeners = new Set<() => void>();

/** Says something briefly in the corner and to screen readers. */
export function say(text: string): void {
  const mine = { text, at: performance.now() };
  show(mine);
  setTimeout(() => {
    if (current === mine) show(null);
  }, 6000);
}

function show(next: typeof current): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Notices() {
  const notice = useSyncExternalStore(subscribe, () => current);
  return (
    <div className="notices" role="status" aria-live="polite">
      {notice !== null && <p key={notice.at}>{notice.text}</p>}
    </div>
  );
}
