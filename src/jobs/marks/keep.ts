import { writeAllMarks } from '../../usecases/figures/marks.ts';
import type { Services } from '../../usecases/services.ts';

/** Writes totals at new marks now and then, so that no question has to add up many edges. Returns how to stop. */
export function keepMarks(s: Services, everyMs = 10 * 60_000): () => void {
  let running = false;
  const tick = async () => {
    if (running) return;
    running = true;
    try {
      await writeAllMarks(s);
    } catch {
      // The next round tries again; answers are right without new marks, only slower.
    } finally {
      running = false;
    }
  };
  const timer = setInterval(() => void tick(), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
