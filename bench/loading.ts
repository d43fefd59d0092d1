import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ensureDemo } from '../src/app/demo.ts';
import type { Running } from '../src/app/running.ts';
import { airStations, shanxiData } from '../src/app/seeds.ts';
import { scalePlan, shanxiKeyTasks, shanxiPlan } from '../src/demo/shanxi-2019.ts';
import { simulate } from '../src/app/simulate.ts';
import { add, timed } from './report.ts';
import { must } from './setting.ts';

export async function loadDemo(running: Running): Promise<void> {
  const { took, value } = await timed(() => ensureDemo(running.services));
  if (!value) return;
  add({
    section: 'loading',
    what: 'demo campaign shanxi-2019',
    measured: `${(took / 1000).toFixed(1)} s`,
    limit: '',
    ratio: '',
    goal: '<= 60 s',
    ok: took <= 60_000,
  });
}

export async function loadLarge(running: Running, slug: string, problems: number): Promise<void> {
  const plan = scalePlan(shanxiPlan(await shanxiData()), slug, problems, 1);
  let said = 0;
  const { took, value } = await timed(async () =>
    must(
      await simulate(running.services, plan, shanxiKeyTasks(await airStations()), (done) => {
        if (done.acts - said < 500_000) return;
        said = done.acts;
        process.stderr.write(`${done.acts} acts ...\n`);
      }),
    ),
  );
  const million = problems >= 1_000_000;
  add({
    section: 'loading',
    what: `${problems} supervised problems, ${value.acts} acts`,
    measured: `${(took / 1000).toFixed(1)} s, ${Math.round((value.acts * 1000) / took)} acts/s`,
    limit: '',
    ratio: '',
    goal: million ? '<= 15 min' : '',
    ok: million ? took <= 900_000 : null,
  });
}

/** From the command to the first answer, with everything installed and the demo there. */
export async function start(dataDir: string): Promise<void> {
  const port = await freePort();
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
  const started = performance.now();
  const child = spawn(process.execPath, [main, 'serve', '--open-campaign', 'demo'], {
    env: { ...process.env, PORT: String(port), CLEARZERO_DATA: dataDir },
    stdio: ['ignore', 'ignore', 'ignore'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let took = Number.NaN;
  while (performance.now() - started < 60_000 && child.exitCode === null) {
    const reply = await fetch(`http://127.0.0.1:${port}/api/openapi.json`).catch(() => undefined);
    if (reply?.ok === true) {
      took = performance.now() - started;
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill('SIGTERM');
  await ended;
  add({
    section: 'start',
    what: 'serve when installed, demo present, to the first answer',
    measured: `${(took / 1000).toFixed(2)} s`,
    limit: '',
    ratio: '',
    goal: '<= 5 s',
    ok: took <= 5000,
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
