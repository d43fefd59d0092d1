import { diffTexts } from '../../../domain/publication/diff.ts';
import type { BulletinPage } from '../../../contract/bulletins.ts';
import { useDates } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';

/** What somebody else did to a bulletin while it was being written: the steps, and their text against the one that was begun from. */
export function Conflict({
  base,
  theirs,
  keepMine,
  takeTheirs,
}: {
  readonly base: string;
  readonly theirs: { readonly title: string; readonly body: string; readonly version: number; readonly history: BulletinPage['history'] };
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}) {
  const { t } = useWords();
  const dates = useDates();
  const last = theirs.history.at(-1);
  return (
    <section className="conflict" role="status">
      <p>
        <b>{t('bulletin:conflict.lead', { version: theirs.version })}</b>
        {last !== undefined && (
          <>
            {'　'}
            {dates.moment(last.at)}　{last.by}　{t(`bulletin:step.${last.kind}`)}
            {last.reason === null ? '' : `：${last.reason}`}
          </>
        )}
      </p>
      <p className="c2">{t('bulletin:conflict.theirs', { title: theirs.title })}</p>
      <p className="diff tall">
        {base === theirs.body
          ? t('bulletin:conflict.sameText')
          : diffTexts(base, theirs.body).map((x, i) =>
              x.kind === 'same' ? (
                <span key={i}>{middleOut(x.text)}</span>
              ) : x.kind === 'gone' ? (
                <del key={i}>{x.text}</del>
              ) : (
                <ins key={i}>{x.text}</ins>
              ),
            )}
      </p>
      <div className="act">
        <button type="button" className="btn small" onClick={takeTheirs}>
          {t('bulletin:conflict.takeTheirs')}
        </button>
        <button type="button" className="btn small" onClick={keepMine}>
          {t('bulletin:conflict.keepMine')}
        </button>
      </div>
    </section>
  );
}

/** A long stretch without a change is cut in the middle. */
function middleOut(text: string): string {
  const all = [...text];
  return all.length <= 120 ? text : `${all.slice(0, 50).join('')} … ${all.slice(-50).join('')}`;
}
