import { publicPaths } from '../../../contract/paths/public.ts';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal.ts';
import { stampText } from '../../../domain/kernel/standing.ts';
import { smallestPublished } from '../../../domain/publication/public-filter.ts';
import { readPublicFigure, type PublicFigure, type PublicValue } from '../../../usecases/public/figures.ts';
import { linesChart } from '../kit/chart.ts';
import { campaignPage, instantOf, type PageContext } from '../kit/context.ts';
import { cohort, figureLink, figureName, fraction, hiddenText, valueParts, valueText } from '../kit/figure.ts';
import { count, sentenceCase, day, moment, money } from '../kit/format.ts';
import { h, type Html, type Part } from '../kit/html.ts';
import { checkPlace } from '../kit/proof.ts';
import { asOfText } from '../present.ts';

/** A figure with its proof: value, what it is not, history, definition, and what it stands for. */
export async function figurePage(c: PageContext, id: string): Promise<Html | Refusal> {
  const figure = await readPublicFigure(c.s, c.view, id, c.query);
  if (isRefusal(figure)) return figure;
  const w = c.w.figure;
  const name = figure.definition.name[c.lang];
  const { value } = figure;
  const answer =
    value === null
      ? w.absent(name)
      : value.numerator === null
        ? w.hidden(name, smallestPublished(c.view.campaign.settings))
        : w.answer(
            name,
            cohort(c, figure.filter),
            `${valueText(c, value)}${value.denominator === null ? '' : c.lang === 'zh' ? `（${fraction(c, value)}）` : `, ${fraction(c, value)}`}`,
          );
  return campaignPage(c, {
    section: 'figures',
    title: name,
    answer,
    path: (where) => publicPaths.figure(where, id, figure.filter),
    checkable: figure.value !== null,
    main: h`${valueBlock(c, figure)}
${besideBlock(c, figure)}
${historyBlock(c, figure)}
${definitionBlock(c, figure)}
${proofBlock(c, figure)}`,
  });
}

function valueBlock(c: PageContext, f: PublicFigure): Part {
  const w = c.w.figure;
  const v = f.value;
  if (v === null || v.numerator === null)
    return h`<p class="lead">${v === null ? c.w.home.randomText : c.w.suppressionNote(smallestPublished(c.view.campaign.settings))}</p>`;
  const { number, unit } = valueParts(c, v);
  const records = (part: 'numerator' | 'denominator' | 'difference') =>
    publicPaths.records(c.where, v.id, part === 'numerator' ? f.filter : { ...f.filter, part });
  const open = (part: 'numerator' | 'denominator' | 'difference', text: string) =>
    f.listed ? h`<a href="${records(part)}">${text}</a>` : text;
  return h`<p class="big" id="proof-value">${number}<span class="c2"> ${unit}</span></p>
<dl class="kv"${c.lang === 'en' ? h` lang="en"` : ''}>${
    v.denominator === null
      ? ''
      : h`<dt>${w.numerator}</dt><dd>${open('numerator', count(v.numerator))}</dd><dt>${w.denominator}</dt><dd>${open('denominator', count(v.denominator))}</dd><dt>${w.open}</dt><dd>${open('difference', count(v.denominator - v.numerator))}</dd>`
  }${f.overall === null ? '' : h`<dt>${w.overall}</dt><dd>${figureLink(c, f.overall, valueText(c, f.overall))}${c.lang === 'zh' ? '，' : ', '}${fraction(c, f.overall)}</dd>`}</dl>
<p class="pages">${f.listed ? h`<a class="btn" href="${records('numerator')}">${w.records}</a>` : w.noRecords}</p>`;
}

function besideBlock(c: PageContext, f: PublicFigure): Part {
  const w = c.w.figure;
  if (f.beside.length === 0) return '';
  const row = (v: PublicValue) =>
    h`<tr><th scope="row">${figureName(c, v.id)}</th><td class="n">${v.numerator === null ? hiddenText(c, v.shown) : figureLink(c, v, valueText(c, v))}</td><td class="n c2">${fraction(c, v)}</td></tr>`;
  return h`<h2>${w.beside}</h2><p class="lead">${w.besideLead}</p><table class="slim"><tbody>${f.beside.map(row)}<tr><th scope="row">${figureName(c, 'clearance.verified')}</th><td class="n">${c.w.none}</td><td></td></tr></tbody></table>
<p class="cap">${sentenceCase(c.w.noDraw)}${c.w.stop}</p>`;
}

function historyBlock(c: PageContext, f: PublicFigure): Part {
  const w = c.w.figure;
  if (f.value === null || f.history.length === 0) return '';
  const ratio = f.value.unit === 'ratio';
  const of = (p: { numerator: number | null; denominator: number | null }) =>
    p.numerator === null || (ratio && (p.denominator ?? 0) === 0)
      ? null
      : ratio
        ? (p.numerator * 100) / (p.denominator as number)
        : p.numerator;
  const text = (n: number) =>
    ratio
      ? `${n.toFixed(2)}%`
      : f.value?.unit === 'fen'
        ? money(n, c.view.campaign.settings, c.lang).join(c.lang === 'en' ? ' ' : '')
        : count(n);
  const name = f.definition.name[c.lang];
  const table = h`<table class="slim"><thead><tr><th scope="col">${c.lang === 'zh' ? '公布时刻' : 'Release'}</th><th scope="col" class="n">${c.w.figures.value}</th>${ratio ? h`<th scope="col" class="n">${c.w.figures.fraction}</th>` : ''}</tr></thead><tbody>${f.history.map(
    (p) => {
      const v = of(p);
      const at = asOfText(c.view, p.at);
      const address = publicPaths.figure({ ...c.where, asOf: at }, f.definition.id, f.filter);
      return h`<tr><th scope="row"><a href="${address}">${moment(at, c.lang)}</a></th><td class="n">${v === null ? '—' : text(v)}</td>${ratio ? h`<td class="n c2">${p.numerator === null ? '' : c.w.fraction(count(p.numerator), count(p.denominator ?? 0))}</td>` : ''}</tr>`;
    },
  )}</tbody></table>`;
  const chart =
    f.history.length < 2
      ? ''
      : linesChart(
          `${name}${c.w.comma}${w.history}`,
          f.history.map((p) => ({ at: p.at, label: day(asOfText(c.view, p.at), c.lang) })),
          [{ name: '', values: f.history.map(of), color: 'var(--st-cleared)', dash: '' }],
          text,
        );
  return h`<h2>${w.history}</h2><p class="lead">${w.historyLead}</p><figure class="chart">${chart}${table}
<figcaption class="cap">${name}${c.w.comma}${c.lang === 'zh' ? `截至${instantOf(c)}。` : `as of ${instantOf(c)}.`}</figcaption></figure>`;
}

function definitionBlock(c: PageContext, f: PublicFigure): Part {
  const w = c.w.figure;
  return h`<h2>${w.definition}</h2><div class="prose"${c.lang === 'en' ? h` lang="en"` : ''}><p>${f.definition.predicate[c.lang]}${c.w.stop}<span class="c2">${w.version(f.definition.id, f.definition.version)}</span></p>
<p>${w.hash}<br><code class="addr">${f.definitionHash}</code></p></div>
<details><summary>${w.definitionText}</summary><pre class="wrapped" tabindex="0" id="proof-definition">${f.definitionText}</pre></details>
${
  f.value === null
    ? ''
    : h`<h3>${w.sqlCount}</h3><pre tabindex="0">${f.sql.count}</pre><details><summary>${w.sqlIds}</summary><pre tabindex="0">${f.sql.ids}</pre></details>`
}`;
}

/** What the browser's verifier reads: everything in `data-proof-*`; it writes into `#proof-check`. */
function proofBlock(c: PageContext, f: PublicFigure): Part {
  const w = c.w.figure;
  if (f.value === null) return '';
  const at = asOfText(c.view);
  const { campaign, watermark, logSize } = stampText(f.standing);
  const file = publicPaths.file({ ...c.where, asOf: at }, 'problems', 'csv');
  const ofProblems = f.fingerprint !== null && f.definition.id.match(/^(problems|clearance)\./) !== null;
  const column = (
    {
      'problems.claimed': 'claimed',
      'problems.rectified': 'cleared',
      'clearance.rate': 'cleared',
      'clearance.claimed': 'claimed',
      'problems.rebounded': 'rebounded',
      'problems.overdue': 'overdue',
      'problems.withdrawn': 'withdrawn',
    } as Record<string, string>
  )[f.definition.id];
  return h`<h2 id="proof">${w.proof}</h2>
<div class="proof" data-proof-campaign="${campaign}" data-proof-figure="${f.definition.id}" data-proof-version="${f.definition.version}" data-proof-filter="${JSON.stringify(f.filter)}" data-proof-as-of="${at}" data-proof-watermark="${watermark}" data-proof-log-size="${logSize}" data-proof-definition-hash="${f.definitionHash}" data-proof-numerator="${f.value.numerator}" data-proof-denominator="${f.value.denominator}" data-proof-unit="${f.value.unit}" data-proof-records-root="${f.fingerprint?.sha256}" data-proof-count="${f.fingerprint?.count}" data-proof-bulletin="${f.frozen?.no}" data-proof-checkpoint="${publicPaths.log(c.where)}">
<p>${w.proofLead}</p>
<dl class="kv"${c.lang === 'en' ? h` lang="en"` : ''}><dt>${w.logSize}</dt><dd>${count(logSize)}</dd><dt>${w.watermark}</dt><dd><code>${watermark}</code></dd><dt>${w.fingerprint}</dt><dd>${
    f.fingerprint === null
      ? w.noFingerprint
      : h`<code>${f.fingerprint.sha256}</code><br><span class="c2">${w.fingerprintText(count(f.fingerprint.count))}</span>`
  }</dd><dt>${w.root}</dt><dd>${
    f.frozen === undefined
      ? w.noRoot
      : h`<code id="proof-root">${f.frozen.frozen.recordsRoot}</code><br><span class="c2"><a href="${publicPaths.bulletin({ ...c.where, asOf: null }, f.frozen.no)}">${c.w.bulletins.quotedIn(f.frozen.no)}</a>${c.w.stop}${w.rootText}</span>`
  }</dd></dl>
<p class="c2">${w.signed}</p>
${checkPlace(c)}
${
  ofProblems
    ? h`<h3>${w.howTo}</h3><p>${w.howRecount('problems.csv')}</p><pre tabindex="0">curl -sO '${file}'   # ${c.lang === 'zh' ? '加上本站地址' : "with this site's address"}
sed '/^# rows:/,$d' problems.csv | sha256sum          # = # sha256
${recount(column, f)}</pre>`
    : ''
}
</div>`;
}

/** A command that counts the same records from the open data and makes their root. */
function recount(column: string | undefined, f: PublicFigure): string {
  const columns = [
    'key',
    'place',
    'name_zh',
    'name_en',
    'aspect',
    'batch',
    'state',
    'since',
    'claimed',
    'cleared',
    'rebounded',
    'withdrawn',
    'overdue',
  ];
  const tests: string[] = [];
  if (column !== undefined) tests.push(`$${columns.indexOf(column) + 1}==1`);
  if (f.filter.batches !== undefined) tests.push(`(${f.filter.batches.map((b) => `$6==${b}`).join('||')})`);
  if ((column === undefined && f.definition.id !== 'problems.supervised') || f.filter.city !== undefined) return '';
  return `sed '1d;/^# rows:/,$d' problems.csv | tr -d '\\r' | awk -F, '${tests.join('&&') || '1'}{print $1}' | LC_ALL=C sort | tee counted | wc -l
sha256sum counted                                     # = ${f.fingerprint?.sha256.slice(0, 12) ?? ''}…`;
}
