import { dataFormats, dataSets, publicPaths } from '../../../contract/paths/public.ts';
import { licence, readFileFacts } from '../../../usecases/public/data.ts';
import { campaignPage, instantOf, type PageContext } from '../kit/context.ts';
import { count, size } from '../kit/format.ts';
import { h, type Html } from '../kit/html.ts';
import { asOfText } from '../present.ts';

/** Open data with rows, sizes and hashes, and how to check them. */
export async function dataPage(c: PageContext): Promise<Html> {
  const w = c.w.data;
  const fixed = { ...c.where, asOf: asOfText(c.view) };
  const rows: Html[] = [];
  // One after another: whoever asks first makes them all, and the database should not notice.
  for (const set of dataSets) {
    const facts = [];
    for (const format of dataFormats) facts.push({ format, ...(await readFileFacts(c.s, c.view, set, format)) });
    const [csv, , json] = facts;
    rows.push(
      h`<tr><th scope="row">${w.sets[set]}</th><td class="n">${count(csv?.rows ?? 0)}<span class="c3 only-narrow"> ${w.rows}</span></td><td>${facts.map(
        (f) =>
          h`<a class="nb" href="${publicPaths.file(fixed, set, f.format)}">${f.format.toUpperCase()}</a> <span class="c2 nb">${size(f.bytes)}</span> `,
      )}</td><td><code class="hash">CSV, xlsx ${csv?.sha256 ?? ''}</code><br><code class="hash">JSON ${json?.sha256 ?? ''}</code></td></tr>`,
    );
  }
  return campaignPage(c, {
    section: 'data',
    title: w.title,
    answer: w.answer(dataSets.length, instantOf(c)),
    path: publicPaths.data,
    main: h`<table class="stack"><thead><tr><th scope="col">${w.set}</th><th scope="col" class="n">${w.rows}</th><th scope="col">${w.files}</th><th scope="col">${w.hash}</th></tr></thead><tbody>${rows}</tbody></table>
<p class="cap">${w.licence(licence)}</p>
<h2>${w.howTo}</h2><div class="prose"${c.lang === 'en' ? h` lang="en"` : ''}><p>${w.howText}</p></div>
<pre tabindex="0">sed '/^# rows:/,$d' problems.csv  | sha256sum
sed '/^"trailer":/,$d' problems.json | sha256sum</pre>`,
  });
}
