import { checkBulletinPage } from './bulletin.ts';
import { checkFigurePage } from './figure.ts';
import { Report } from './report.ts';
import { words } from './words.ts';

/**
 * Checks the page it stands on in the visitor's own browser (在本机核验) and writes a line for each step.
 *
 * Everything is computed here from what is fetched; nothing the server says about itself is believed but its public key, which is
 * remembered and shown for comparison.
 * @param place  the element to write into, inside the block that says what the page claims
 */
export async function check(place: HTMLElement): Promise<void> {
  const report = new Report(place, words[place.dataset.lang === 'en' ? 'en' : 'zh']);
  delete place.dataset.result;
  const claim = place.closest<HTMLElement>('.proof')?.dataset ?? {};
  if (claim.proofFigure !== undefined) await checkFigurePage(report, claim);
  else await checkBulletinPage(report, claim);
  report.end();
}
