import { Link } from 'react-router';
import type { TokenValueView } from '../../../contract/bulletins.ts';
import { paths } from '../../../contract/paths/office.ts';
import { parseBody, type Inlines } from '../../../domain/publication/document.ts';
import { printToken } from '../../../domain/publication/token.ts';
import { useCampaign } from '../../ui/campaign.ts';

/** The text of a bulletin; each figure is a link to its page as of its instant. */
export function Body({
  body,
  values,
  lang,
}: {
  readonly body: string;
  readonly values: readonly TokenValueView[];
  readonly lang: 'zh' | 'en';
}) {
  const { where } = useCampaign();
  const known = new Map(values.map((v) => [v.token, v]));
  const runs = (inlines: Inlines) =>
    inlines.map((run, i) => {
      if (run.kind === 'broken') return <mark key={i}>{run.raw}</mark>;
      if (run.kind !== 'figure') return <span key={i}>{run.text}</span>;
      const text = printToken(run.token);
      const value = known.get(text);
      if (value === undefined || value.figure === null) return <mark key={i}>{text}</mark>;
      const { id, filter, asOf } = value.figure;
      return (
        <Link key={i} to={paths.figure({ slug: where.slug, asOf }, id, filter)} title={text}>
          {value.shown}
        </Link>
      );
    });
  return (
    <article className="read" lang={lang === 'zh' ? 'zh-CN' : 'en'}>
      {parseBody(body).map((block, i) => {
        switch (block.kind) {
          case 'heading': {
            const H = `h${block.level + 1}` as 'h2';
            return <H key={i}>{runs(block.inlines)}</H>;
          }
          case 'paragraph':
            return <p key={i}>{runs(block.inlines)}</p>;
          case 'list': {
            const L = block.ordered ? 'ol' : 'ul';
            return (
              <L key={i}>
                {block.items.map((item, k) => (
                  <li key={k}>{runs(item)}</li>
                ))}
              </L>
            );
          }
          case 'table':
            return (
              <div key={i} className="wide" tabIndex={0}>
                <table>
                  <thead>
                    <tr>
                      {block.rows[0]?.map((cell, k) => (
                        <th key={k} scope="col">
                          {runs(cell)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {block.rows.slice(1).map((row, r) => (
                      <tr key={r}>
                        {row.map((cell, k) => (
                          <td key={k}>{runs(cell)}</td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            );
        }
      })}
    </article>
  );
}
