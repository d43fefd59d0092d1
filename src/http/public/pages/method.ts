import { publicPaths } from '../../../contract/paths/public.ts';
import { smallestPublished } from '../../../domain/publication/public-filter.ts';
import { definitionHash, releasedFigures } from '../../../usecases/public/figures.ts';
import { describeSql } from '../../../usecases/figures/read.ts';
import { campaignPage, type PageContext } from '../kit/context.ts';
import { figureName } from '../kit/figure.ts';
import { sentenceCase } from '../kit/format.ts';
import { verifierSha256 } from '../kit/files.ts';
import { h, type Html } from '../kit/html.ts';

/** How every number is counted, what is hidden and why, and how to check it. */
export function methodPage(c: PageContext): Html {
  const w = c.w.method;
  const t = c.w.table;
  const key = c.s.log.verifier(c.view.row.slug);
  const lang = c.lang === 'en' ? h` lang="en"` : '';
  return campaignPage(c, {
    section: 'method',
    title: w.title,
    answer: w.answer,
    path: publicPaths.method,
    main: h`<div class="prose"${lang}><h2>${w.asOf}</h2><p>${w.asOfText}</p>
<h2>${w.three}</h2><dl><dt>${t.claimed}</dt><dd>${w.claimed}</dd><dt>${t.cleared}</dt><dd>${w.cleared}</dd><dt>${t.verified}</dt><dd>${w.verified}</dd></dl>
<h2>${w.small}</h2><p>${w.smallText(smallestPublished(c.view.campaign.settings))}</p>
<h2>${w.verify}</h2><ul>${w.verifySteps.map((x) => h`<li>${x}</li>`)}</ul><p><a href="${publicPaths.data(c.where)}">${c.w.data.title}</a></p>
<h2 id="key">${w.log}</h2><p>${w.logText}</p><p>${w.key}</p></div>
<pre class="wrapped" tabindex="0">${key}</pre>
<div class="prose"${lang}><p>${w.keyText}<a href="${publicPaths.log(c.where)}">${w.checkpoint}</a>${c.w.stop}</p>
<p>${w.verifier}<a href="${publicPaths.verifier()}">clearzero-verify.mjs</a>${c.lang === 'zh' ? '（' : ' ('}SHA-256 <code class="addr">${verifierSha256}</code>${c.lang === 'zh' ? '）' : ')'}${c.w.stop}</p></div>
<pre class="wrapped" tabindex="0">node clearzero-verify.mjs ${w.bundle} --key '${key}'</pre>
<h2>${w.dictionary}</h2>
${releasedFigures(c.view).map((f) => {
  const sql = f.estimate === undefined ? describeSql({ definition: f, filter: {} }).count : null;
  return h`<h3 id="${f.id}"><a href="${publicPaths.figure(c.where, f.id)}">${figureName(c, f.id)}</a></h3>
<p>${f.predicate[c.lang]}${c.w.stop}<span class="c2">${c.w.figure.version(f.id, f.version)}</span></p>
<p class="cap">${c.w.figure.hash}${c.lang === 'zh' ? '：' : ': '}<code class="addr">${definitionHash(f)}</code></p>
${sql === null ? h`<p>${sentenceCase(c.w.noDraw)}${c.w.stop}</p>` : h`<details><summary>${c.w.figure.sqlCount}</summary><pre tabindex="0">${sql}</pre></details>`}`;
})}`,
  });
}
