// The words of package.json's scripts. Plain JavaScript without dependencies: on a fresh clone nothing else can run yet.
import { existsSync } from 'node:fs';
import { ensureInstalled } from './lib/install.mjs';
import { fail, fromRoot } from './lib/paths.mjs';
import { become, stopWithParent } from './lib/runtime.mjs';
import { ensureWeb } from './lib/web.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) fail(`Node 20.19 or newer is needed; this is ${process.version}.`);

const [word, ...args] = process.argv.slice(2);
const main = fromRoot('src/cli/main.ts');

const words = {
  start: async () => {
    await ensureWeb();
    await become(main, ['serve', '--open-campaign', 'demo', ...args]);
  },
  cli: async () => {
    if (args[0] === 'serve') await ensureWeb();
    await become(main, args);
  },
  seed: () => become(main, ['seed', ...args]),
  test: () => become(fromRoot('tools/test.mjs'), args),
  check: () => become(fromRoot('tools/test.mjs'), ['--only=check', ...args]),
  'test:long': () => become(fromRoot('tools/test.mjs'), ['--only=long', ...args]),
  'test:mutation': () =>
    become(fromRoot('node_modules/@stryker-mutator/core/bin/stryker.js'), ['run', 'tools/mutation/stryker.config.mjs', ...args]),
  format: () => become(fromRoot('node_modules/@biomejs/biome/bin/biome'), ['format', '--write', ...args]),
  build: async () => {
    await ensureWeb();
    await become(fromRoot('tools/build.mjs'), args);
  },
  bench: () => become(fromRoot('bench/main.ts'), args),
};

const action = words[word];
if (!action) fail(`unknown word "${word ?? ''}"; known: ${Object.keys(words).join(', ')}.`);
await ensureInstalled();
if ((word === 'start' || word === 'cli') && !existsSync(main)) fail('src/cli/main.ts is missing.');
stopWithParent();
await action();
