import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildServer } from '../http/server/server.ts';
import { allJobs } from '../jobs/all.ts';
import { startJobs } from '../jobs/runner/runner.ts';
import type { Services } from '../usecases/services.ts';
import { readAnchors } from './anchors.ts';
import type { Config } from './config.ts';
import { demoAccounts, ensureDemoAccounts } from './demo-accounts.ts';
import { ensureDemoBulletins } from './demo-bulletins.ts';
import { ensureDemo } from './demo.ts';
import { open } from './running.ts';

export interface ServeOptions {
  readonly config: Config;
  readonly demo: boolean;
  readonly log: (line: string) => void;
  readonly progress: (done: { streams: number; acts: number }) => void;
}

/** The built pages: beside the built server, or under dist in the repository. */
function webRoot(): string | undefined {
  return ['../../dist/web', '../../web', '../../../web']
    .map((p) => fileURLToPath(new URL(p, import.meta.url)))
    .find((p) => existsSync(`${p}/index.html`));
}

/** Brings the demo in as far as it is not there: campaign, accounts, released bulletins. */
export async function seedDemo(s: Services, o: Pick<ServeOptions, 'log' | 'progress'>): Promise<void> {
  if (await ensureDemo(s, o.progress)) o.log('Demo campaign shanxi-2019 is ready.');
  await ensureDemoAccounts(s);
  const bulletins = await ensureDemoBulletins(s);
  if (bulletins > 0) o.log(`${bulletins} demo bulletins are released.`);
}

/** Starts the product: database, demo, HTTP. Resolves once it listens; `close` stops all of it in order. */
export async function serve(o: ServeOptions): Promise<{ address: string; close: () => Promise<void> }> {
  const anchors = readAnchors(o.config.anchorsFile);
  const running = await open(o.config, o.log);
  try {
    if (o.demo) await seedDemo(running.services, o);
    const { app } = await buildServer({
      services: running.services,
      webRoot: webRoot(),
      logger: true,
      trustProxy: process.env.CLEARZERO_TRUST_PROXY === '1',
    });
    const address = await app.listen({ host: o.config.host, port: o.config.port });
    const stopJobs = startJobs(running.services, allJobs(anchors), { log: o.log });
    return {
      address,
      close: async () => {
        await Promise.all([app.close(), stopJobs()]);
        await running.close();
      },
    };
  } catch (error) {
    await running.close();
    throw error;
  }
}

export { demoAccounts };
