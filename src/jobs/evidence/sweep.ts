import { sweepUploads } from '../../usecases/evidence/sweep.ts';
import type { Services } from '../../usecases/services.ts';

/** Drops uploads that nobody completed, now and then. Returns how to stop. */
export function keepSwept(s: Services, everyMs = 10 * 60_000): () => void {
  const tick = () => void sweepUploads(s).catch(() => undefined);
  tick();
  const timer = setInterval(tick, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
