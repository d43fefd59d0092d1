import { test } from 'vitest';
import { expectHolds, summary } from '../properties/hostile-holds.ts';
import { runHostile } from '../properties/hostile-run.ts';

test('ten thousand sequences of hostile and honest commands by all roles lower no count and break no stream', async () => {
  const run = await runHostile(Number(process.env.HOSTILE_SEQUENCES ?? 10_000), Number(process.env.HOSTILE_SEED ?? 2019));
  console.log(summary(run));
  try {
    await expectHolds(run);
  } finally {
    await run.app.close();
  }
});
