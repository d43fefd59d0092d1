const deadly = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `act` when a signal is about to end the process, then lets the signal end it, unless someone else listens too
 * and so decides about the end.
 * @returns takes the listeners away again
 */
export function onDeadlySignal(act: () => Promise<void>): () => void {
  const listeners = deadly.map((signal) => {
    const listener = () => {
      const alone = process.listenerCount(signal) === 1;
      void act().finally(() => {
        if (alone) process.kill(process.pid, signal);
      });
    };
    process.on(signal, listener);
    return [signal, listener] as const;
  });
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
