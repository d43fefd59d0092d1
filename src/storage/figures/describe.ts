import { termsOf } from './definition.ts';
import type { FigureRequest } from './values.ts';

/** The two queries in words of SQL, with names in place of numbers: what the figure page shows. */
export function describeSql(request: FigureRequest): { count: string; ids: string } {
  const terms = termsOf(request.definition, request.filter);
  const where = (fact: string) =>
    [
      `fact = '${fact}'`,
      'from_at <= :as_of',
      'to_at > :as_of',
      ...Object.entries(request.filter).map(([key, value]) => {
        if (key === 'batches') return `batch in (${(value as number[]).join(', ')})`;
        if (key === 'city') return `place >= ${value} and place < ${Number(value) + 100}`;
        if (key === 'county') return `place = ${value}`;
        return `${key} = '${value}'`;
      }),
    ].join('\n  and ');
  const select = request.definition.count?.sum === 'amount' ? 'sum(amount)' : 'count(*)';
  const part = (list: readonly { fact: string; sign: number }[]) =>
    list.map((t, i) => `${t.sign < 0 ? '- ' : i > 0 ? '+ ' : ''}(select ${select} from fact_spans where ${where(t.fact)})`).join('\n');
  const count =
    terms.denominator === null ? part(terms.numerator) : `numerator:\n${part(terms.numerator)}\ndenominator:\n${part(terms.denominator)}`;
  const ids = terms.numerator
    .map((t) => `select subject_id from fact_spans where ${where(t.fact)}\norder by place, from_at, subject_id`)
    .join('\n-- taken away:\n');
  return { count, ids };
}
