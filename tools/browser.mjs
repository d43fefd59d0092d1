// The browser of the tests: one that is there, else Debian's, else Playwright's own, else a clear failure.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fromRoot, say } from './lib/paths.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** @returns {Promise<string>} the path of a browser that runs; throws if none can be had */
export async function ensureBrowser() {
  if (process.env.CHROME_PATH) {
    if (!runs(process.env.CHROME_PATH)) throw new Error(`CHROME_PATH names ${process.env.CHROME_PATH}, which does not run.`);
    ensureFonts();
    return process.env.CHROME_PATH;
  }
  const found = present() ?? fromApt() ?? (await fromPlaywright());
  if (!found) {
    throw new Error(
      "No browser for the journeys: none was found, and neither apt nor Playwright's download could bring one. Set CHROME_PATH.",
    );
  }
  ensureFonts();
  return found;
}

function present() {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...places].find((path) => existsSync(path) && runs(path));
}

const runs = (path) => process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0;

function fromApt() {
  if (!aptIsOurs()) return undefined;
  say('Installing chromium through apt (once) ...');
  return apt(['chromium']) ? present() : undefined;
}

async function fromPlaywright() {
  const { chromium } = await import('playwright-core');
  if (!existsSync(chromium.executablePath())) {
    say("Downloading Playwright's browser (once) ...");
    const cli = fromRoot('node_modules/playwright-core/cli.js');
    const answer = spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 2, 2], timeout: 600_000 });
    if (answer.status !== 0) return undefined;
  }
  const path = chromium.executablePath();
  if (runs(path)) return path;
  throw new Error(
    `Playwright's browser is at ${path} but does not run; its system libraries may be missing ("npx playwright-core install-deps chromium").`,
  );
}

// Without a Chinese font pages show boxes: the journeys still hold, pictures of them would be useless.
function ensureFonts() {
  const listed = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' });
  if (listed.status === 0 && listed.stdout.trim() !== '') return;
  if (!aptIsOurs()) return;
  say('Installing a Chinese font through apt (once) ...');
  apt(['fontconfig', 'fonts-noto-cjk']);
}

const aptIsOurs = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

function apt(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const call = (args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 2], timeout: 900_000 }).status === 0;
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  return call(['update', '-qq']) && call(install);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    process.stdout.write(`${await ensureBrowser()}\n`);
  } catch (error) {
    say(`clearzero: ${error.message}`);
    process.exit(3);
  }
}
