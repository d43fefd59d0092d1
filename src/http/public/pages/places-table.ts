import { publicPaths } from '../../../contract/paths/public.ts';
import type { PublicValue } from '../../../usecases/public/figures.ts';
import type { PlaceLine } from '../../../usecases/public/places.ts';
import type { PageContext } from '../kit/context.ts';
import { figureLink, numberCell, placeName, valueParts } from '../kit/figure.ts';
import { shareBar } from '../kit/chart.ts';
import { batches, sentenceCase } from '../kit/format.ts';
import { h, type Html } from '../kit/html.ts';

const counts = ['problems.supervised', 'problems.claimed', 'problems.rectified'] as const;

/** Table by place: claimed, cleared and verified are three columns; on a phone each place folds to two lines. */
export function placesTable(
  c: PageContext,
  q: { lines: readonly PlaceLine[]; total: readonly PublicValue[]; level: 'city' | 'county' },
): Html {
  const t = c.w.table;
  const words = [t.supervised, t.claimed, t.cleared];
  const cohortRate = q.total.find((v) => v.id === 'clearance.rate' && v.filter.batches !== undefined);
  const find = (list: readonly PublicValue[], id: string, cohort = false) =>
    list.find((v) => v.id === id && (v.filter.batches !== undefined) === cohort);
  const rateCell = (list: readonly PublicValue[]) => {
    const v = find(list, 'clearance.rate');
    if (v === undefined || v.numerator === null) return numberCell(c, v);
    return h`<td class="n">${figureLink(c, v, valueParts(c, v).number)}</td>`;
  };
  const bar = (list: readonly PublicValue[]) => {
    const v = find(list, 'clearance.rate');
    const share =
      v?.numerator === null || v === undefined || (v.denominator ?? 0) === 0 ? null : (v.numerator as number) / (v.denominator as number);
    return h`<td class="bar-cell only-wide">${share === null ? '' : shareBar(share)}</td>`;
  };
  const row = (name: Html | string, list: readonly PublicValue[], total: boolean) =>
    h`<tr${total ? h` class="tot"` : ''}><th scope="row">${name}</th>${counts.map((id, i) =>
      numberCell(c, find(list, id), { low: words[i] as string }),
    )}${cohortRate === undefined ? '' : numberCell(c, find(list, 'clearance.rate', true), { group: true })}${rateCell(list)}${bar(list)}${numberCell(c, find(list, 'problems.rebounded'))}<td class="n only-wide c3">${c.w.none}</td></tr>`;
  return h`<table class="fold"><thead>
<tr><th scope="col">${q.level === 'city' ? t.city : t.county}</th>${words.map((x) => h`<th scope="col" class="n lo">${x}</th>`)}${
    cohortRate === undefined ? '' : h`<th scope="col" class="n g">${sentenceCase(batches(cohortRate.filter.batches ?? [], c.lang))} %</th>`
  }<th scope="col" class="n">${cohortRate === undefined ? t.rate : t.all} %</th><th class="only-wide" aria-hidden="true"></th><th scope="col" class="n">${t.rebounded}</th><th scope="col" class="n only-wide">${t.verified}</th></tr>
</thead><tbody>
${q.lines.map((line) => {
  const name = placeName(c, line.place);
  return row(q.level === 'city' ? h`<a href="${publicPaths.city(c.where, line.place)}">${name}</a>` : name, line.figures, false);
})}
${row(t.total, q.total, true)}
</tbody></table>`;
}

/** Places with most problems first; those whose number is hidden last, in the order of their codes. */
export function byProblems(lines: readonly PlaceLine[]): PlaceLine[] {
  const n = (line: PlaceLine) => line.figures.find((v) => v.id === 'problems.supervised')?.numerator ?? -1;
  return [...lines].sort((a, b) => n(b) - n(a) || a.place - b.place);
}

/** Whether any number of a table is hidden. */
export function anyHidden(lines: readonly PlaceLine[]): boolean {
  return lines.some((line) => line.figures.some((v) => v.numerator === null));
}
