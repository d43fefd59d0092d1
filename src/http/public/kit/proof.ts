import { publicPaths } from '../../../contract/paths/public.ts';
import type { PageContext } from './context.ts';
import { h, type Html } from './html.ts';

/** Where the check in the browser writes (在本机核验), and what it says without scripts: how to check with a program of one's own. */
export function checkPlace(c: PageContext): Html {
  const w = c.w.check;
  return h`<h3>${w.title}</h3><p>${w.lead}</p>
<div id="proof-check" aria-live="polite" data-lang="${c.lang}" data-check="${publicPaths.check()}" data-button="${w.button}" data-failed="${w.failed}"></div>
<noscript><p class="c2">${w.noScripts}</p></noscript>
<p class="c2">${w.alone} <a href="${publicPaths.method(c.where)}#key">${w.how}</a></p>`;
}
