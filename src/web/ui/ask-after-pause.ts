/**
 * Asks when nothing was typed for a while, and tells what comes of it, unless it was called off meanwhile: an answer that arrives after a
 * newer question must not replace the newer one's.
 * @param pauseMs  how long nothing may have called it off before it is asked
 * @returns        what calls it off: at the next question, and when the page is left
 */
export function askAfterPause<T>(
  pauseMs: number,
  ask: () => Promise<T>,
  told: { readonly answer: (answer: T) => void; readonly refused: (error: unknown) => void },
): () => void {
  let off = false;
  const timer = setTimeout(() => {
    ask().then(
      (answer) => {
        if (!off) told.answer(answer);
      },
      (error: unknown) => {
        if (!off) told.refused(error);
      },
    );
  }, pauseMs);
  return () => {
    off = true;
    clearTimeout(timer);
  };
}
