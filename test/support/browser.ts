import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

/** A headless browser for a journey: the one the test run found, or finds now. Close it when the journey ends. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH ?? findBrowser();
  // Chromium refuses its sandbox as root; software WebGL lets maps draw without a graphics card.
  const args = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath, args });
}

function findBrowser(): string {
  const tool = fileURLToPath(new URL('../../tools/browser.mjs', import.meta.url));
  const answer = spawnSync(process.execPath, [tool], { encoding: 'utf8' });
  if (answer.status !== 0) throw new Error(answer.stderr.trim());
  return answer.stdout.trim();
}
