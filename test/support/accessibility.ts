import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What of a page breaks WCAG 2.2 AA, and by how far it scrolls sideways, once it has come to rest; empty when it is good. */
export async function barriers(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle');
  // A colour on its way to another is not what anybody reads. What moves without an end is let go on.
  await page.evaluate(
    `Promise.all(document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {})))`,
  );
  // The pages let no text become a script; axe comes in by the debugger.
  await page.evaluate(axe);
  const found = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      .then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')))`,
  )) as string[];
  const wide = (await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')) as number;
  return wide > 1 ? [...found, `scrolls sideways by ${wide} px`] : found;
}
