import type { FigureDefinition } from '../../src/domain/campaign/settings.ts';

/** Pages of the dictionary: a list, and one page a figure. */
export function figurePages(list: readonly FigureDefinition[]): Map<string, string> {
  const pages = new Map<string, string>();
  const rows = list.map((f) => `| [${f.id}](${f.id}.md) | ${f.name.zh} | ${f.name.en} | ${f.unit} |`);
  pages.set(
    'README.md',
    `# Figures\n\nThe dictionary that every campaign of our own uses. A register loaded from elsewhere brings its own entries as data.\n\n| id | 名称 | name | unit |\n|---|---|---|---|\n${rows.join('\n')}\n`,
  );
  for (const f of list) pages.set(`${f.id}.md`, page(f));
  return pages;
}

function page(f: FigureDefinition): string {
  const terms = (t: readonly { fact: string; sign: number }[]) =>
    t.map((x, i) => `${x.sign < 0 ? '− ' : i > 0 ? '+ ' : ''}\`${x.fact}\``).join(' ');
  const how =
    f.estimate !== undefined
      ? 'Estimated from random draws; absent until a draw exists.'
      : f.ratio !== undefined
        ? `Numerator: ${terms(f.ratio.numerator)}. Denominator: ${terms(f.ratio.denominator)}. Both are kept; the ratio is never stored.`
        : `${f.count?.sum === 'amount' ? 'Sum of the amounts' : 'Count'} of the intervals of \`${f.count?.fact}\` that contain the instant.${Object.entries(
            f.count?.byFilter ?? {},
          )
            .map(([k, v]) => ` With the filter \`${k}\`: \`${v}\`.`)
            .join('')}`;
  return `# ${f.id}, version ${f.version}\n\n**${f.name.zh}** · ${f.name.en}\n\n- 计什么：${f.predicate.zh}\n- What it counts: ${f.predicate.en}\n- Unit: ${f.unit}\n- Filters: ${f.filters.length === 0 ? 'none' : f.filters.map((x) => `\`${x}\``).join(', ')}\n- How: ${how}\n- As of T: all acts recorded at or before T.\n`;
}
