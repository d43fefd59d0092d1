import type { ReleasePreview } from '../../../contract/bulletins.ts';
import { useWords } from '../../ui/words.ts';

/** Numbers that nobody checks, each with its sentence; shares and counts are asked to be looked at by themselves. */
export function PlainNumbers({
  list,
  seen,
  see,
}: {
  readonly list: ReleasePreview['plain'];
  readonly seen: boolean;
  readonly see: (seen: boolean) => void;
}) {
  const { t } = useWords();
  if (list.length === 0) return null;
  const like = list.filter((n) => n.kind !== 'other').length;
  return (
    <section className="plainlist">
      <h3>{t('bulletin:plain.title', { count: list.length })}</h3>
      <ul>
        {list.map((n, i) => (
          <li key={i}>
            <b className={n.kind === 'other' ? '' : 'st-rebound'}>{n.text}</b>
            <span className="c2">{n.sentence}</span>
          </li>
        ))}
      </ul>
      {like > 0 && (
        <label className="tick">
          <input type="checkbox" checked={seen} onChange={(e) => see(e.currentTarget.checked)} />{' '}
          {t('bulletin:plain.seen', { count: like })}
        </label>
      )}
    </section>
  );
}

/** Whether somebody has to say that they looked at them. */
export function mustSee(list: ReleasePreview['plain']): boolean {
  return list.some((n) => n.kind !== 'other');
}
