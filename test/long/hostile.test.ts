import { expect, test } from 'vitest';
import { streamRules } from '../../src/domain/acts/streams.ts';
import { byProgram, waiting } from '../fixtures/act-kinds.ts';
import { expectHolds, summary } from '../properties/hostile-holds.ts';
import { runHostile } from '../properties/hostile-run.ts';

/** Written by the same decisions, but not by what such a run asks for: pictures are uploaded in tests of their own. */
const notOverHttp = ['RenditionDerived', 'LeadRaised', 'LeadGrown', 'LeadClosed'];

test('ten thousand sequences of hostile and honest commands by all roles lower no count and break no stream', async () => {
  const run = await runHostile(Number(process.env.HOSTILE_SEQUENCES ?? 10_000), Number(process.env.HOSTILE_SEED ?? 2019));
  console.log(summary(run));
  try {
    await expectHolds(run);
    // Whatever is said to have a command was written by somebody.
    const kinds = Object.values(streamRules).flatMap((rule) => [...rule.opens, ...rule.takes] as string[]);
    const written = new Set<string>(run.acts.filter((a) => a.recordedAt >= run.began).map((a) => a.kind));
    const reachable = kinds.filter((kind) => !(kind in waiting) && !(kind in byProgram));
    expect([...new Set(reachable)].filter((kind) => !written.has(kind))).toEqual(notOverHttp);
  } finally {
    await run.app.close();
  }
});
