import { publicPaths } from '../../../contract/paths/public.ts';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal.ts';
import { findQuoted, readPublicFigure } from '../../../usecases/public/figures.ts';
import { readPublicRecords, type PublicRecord } from '../../../usecases/public/records.ts';
import { campaignPage, type PageContext } from '../kit/context.ts';
import { cohort, placeName, valueText } from '../kit/figure.ts';
import { count, date, money } from '../kit/format.ts';
import { h, type Html } from '../kit/html.ts';

const parts = ['numerator', 'denominator', 'difference'] as const;

/** The check in the browser reads the list in longer pages. */
const longPage = '1000';

/** The public records of a figure, a hundred a page. */
export async function recordsPage(c: PageContext, id: string): Promise<Html | Refusal> {
  const { part: partText, after, per, ...filter } = c.query;
  const part = parts.find((p) => p === (partText ?? 'numerator')) ?? 'numerator';
  const read = await readPublicRecords(c.s, c.view, { id, filter, part, after, limit: per === longPage ? Number(longPage) : 100 });
  if (isRefusal(read)) return (await unlistedPage(c, id, filter, read)) ?? read;
  const figure = await readPublicFigure(c.s, c.view, id, filter);
  if (isRefusal(figure)) return figure;
  const w = c.w.records;
  const name = figure.definition.name[c.lang];
  const ratio = figure.definition.ratio !== undefined;
  const v = figure.value;
  const known = typeof v?.numerator === 'number' && v.unit !== 'fen' && !ratio;
  const answer = known ? w.answer(name, cohort(c, figure.filter), count(v.numerator ?? 0), c.w.units[v.unit] ?? v.unit) : w.some(name);
  const settings = c.view.campaign.settings;
  const amounts = read.records.some((r) => r.amount !== null);
  const has = (key: keyof PublicRecord) => read.records.some((r) => r[key] !== null && r[key] !== '');
  const show = { aspect: has('aspect'), batch: has('batch'), state: has('state') };
  const here = (more: object) => publicPaths.records(c.where, id, { ...figure.filter, ...(part === 'numerator' ? {} : { part }), ...more });
  return campaignPage(c, {
    section: 'figures',
    title: w.title(name),
    answer,
    path: (where) =>
      publicPaths.records(where, id, {
        ...figure.filter,
        ...(part === 'numerator' ? {} : { part }),
        ...(after === undefined ? {} : { after }),
      }),
    main: h`<p><a href="${publicPaths.figure(c.where, id, figure.filter)}">${w.back}${c.lang === 'zh' ? '：' : ': '}${name}</a></p>
<p class="lead">${ratio ? h`${w.part[part]}${c.w.stop}` : ''}${w.privacy}</p>
${
  read.records.length === 0
    ? h`<p>${w.empty}</p>`
    : h`<div class="wide" tabindex="0" role="region" aria-label="${w.title(name)}"><table><thead><tr><th scope="col">${w.no}</th><th scope="col">${w.place}</th>${show.aspect ? h`<th scope="col">${w.aspect}</th>` : ''}${show.batch ? h`<th scope="col" class="n">${w.batch}</th>` : ''}${show.state ? h`<th scope="col">${w.state}</th>` : ''}<th scope="col">${w.since}</th>${amounts ? h`<th scope="col" class="n">${w.amount}</th>` : ''}</tr></thead><tbody>
${read.records.map(
  (r) =>
    h`<tr><th scope="row">${r.no}</th><td>${r.place === null ? c.w.withheld : placeName(c, r.place)}</td>${show.aspect ? h`<td>${r.aspect === null ? c.w.withheld : (settings.aspects.findLast((a) => a.code === r.aspect)?.name[c.lang] ?? r.aspect)}</td>` : ''}${show.batch ? h`<td class="n">${r.batch}</td>` : ''}${show.state ? h`<td>${r.state === null ? '' : (c.w.states[r.state] ?? r.state)}</td>` : ''}<td class="nb">${date(r.since, c.lang)}</td>${amounts ? h`<td class="n">${r.amount === null ? '' : money(r.amount, settings, c.lang).join(c.lang === 'en' ? ' ' : '')}</td>` : ''}</tr>`,
)}</tbody></table></div>`
}
${read.next === null ? '' : h`<p class="pages"><a class="btn" href="${here({ after: read.next })}">${w.next}</a></p>`}`,
  });
}

/** A released bulletin links to the records of all it quotes: where they are not listed, the page says what was quoted and why not. */
async function unlistedPage(c: PageContext, id: string, filter: Record<string, string>, why: Refusal): Promise<Html | undefined> {
  if (why.code !== 'figure.no-records' && why.code !== 'publication.closed-crossing') return undefined;
  const quoted = await findQuoted(c.s, c.view, id, filter);
  if (quoted === undefined) return undefined;
  const w = c.w.records;
  const name = quoted.definition.name[c.lang];
  const { numerator, denominator, unit } = quoted.frozen;
  const value = { id, version: quoted.frozen.version, unit, filter: quoted.filter, shown: 'shown' as const, numerator, denominator };
  return campaignPage(c, {
    section: 'figures',
    title: w.title(name),
    answer: w.unlisted(name, cohort(c, quoted.filter), valueText(c, value)),
    path: (where) => publicPaths.records(where, id, quoted.filter),
    main: h`<p class="lead">${w.unlistedWhy}</p>
<ul class="list"><li><a href="${publicPaths.bulletin({ ...c.where, asOf: null }, quoted.no)}">${c.w.bulletins.quotedIn(quoted.no)}</a></li>${
      quoted.reach === 'none'
        ? ''
        : h`<li><a href="${publicPaths.figure(c.where, id, quoted.filter)}">${w.back}${c.lang === 'zh' ? '：' : ': '}${name}</a></li>`
    }</ul>`,
  });
}
