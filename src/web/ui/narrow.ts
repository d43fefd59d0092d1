import { useSyncExternalStore } from 'react';

const query = '(max-width: 900px)';

/** Whether the page is narrow: what comes first then is another thing than on a wide one. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = globalThis.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => globalThis.matchMedia(query).matches,
  );
}
