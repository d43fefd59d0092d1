import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, fromRoot, say } from './paths.mjs';
import { run } from './runtime.mjs';

const inputs = ['src/web', 'src/contract', 'src/domain', 'verifier', 'vite.config.ts', 'package-lock.json'];
const output = fromRoot('dist/web');
const stampFile = fromRoot('dist/web.stamp');

/** Builds the pages into dist/web when a source of theirs changed since the last build. */
export async function ensureWeb() {
  const config = ['src/web/vite.config.ts', 'vite.config.ts'].map((path) => fromRoot(path)).find(existsSync);
  if (!config) return;
  const stamp = sourceHash();
  if (existsSync(output) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  say('Building the web pages ...');
  const began = Date.now();
  // Built beside and swapped in: a build that dies leaves the old pages, not half of the new ones.
  const next = fromRoot('dist/web.next');
  rmSync(next, { recursive: true, force: true });
  mkdirSync(fromRoot('dist'), { recursive: true });
  const build = (file, outDir) =>
    run(fromRoot('node_modules/vite/bin/vite.js'), ['build', '--config', file, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'], {
      cwd: file.startsWith(fromRoot('src/web')) ? fromRoot('src/web') : fromRoot(),
      // Vite's report belongs on stderr here: stdout is the command's own.
      stdio: ['ignore', 2, 2],
      env: { ...process.env, NODE_ENV: 'production' },
    });
  let code = await build(config, next);
  // The check of the public pages is a file of its own beside them.
  const proof = fromRoot('src/web/vite.proof.config.ts');
  if (code === 0 && existsSync(proof)) code = await build(proof, join(next, 'proof'));
  if (code !== 0 || !existsSync(next)) fail('the web pages could not be built; the messages are above.');
  rmSync(stampFile, { force: true });
  rmSync(output, { recursive: true, force: true });
  renameSync(next, output);
  writeFileSync(stampFile, stamp);
  say(`The web pages are built (${((Date.now() - began) / 1000).toFixed(1)} s).`);
}

function sourceHash() {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap((input) => list(input)))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(fromRoot(path)));
  return hash.digest('hex');
}

function list(path) {
  if (!existsSync(fromRoot(path))) return [];
  if (/\.\w+$/.test(path)) return [path];
  return readdirSync(fromRoot(path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(fromRoot().length))
    .map((found) => found.replace(/^[\\/]/, ''))
    .sort();
}
