import { createContext, useContext, useEffect } from 'react';
import type { Stamp } from '../../../contract/figures.ts';

/** The stamp of the answer a page shows; the bar above all pages prints it once. */
export const StampContext = createContext<(stamp: Stamp | null) => void>(() => undefined);

export function useStamp(answer: Stamp | undefined): void {
  const report = useContext(StampContext);
  useEffect(() => {
    if (answer !== undefined) report(answer);
  }, [answer, report]);
}
