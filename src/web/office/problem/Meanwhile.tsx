import type { ActView } from '../../../contract/acts.ts';
import { useWords } from '../../ui/words.ts';
import { ActList } from './Timeline.tsx';

/** What others did to a problem since the version that a form was filled in on; the person goes on once they have seen it. */
export function Meanwhile({ acts, seen, goOn }: { readonly acts: readonly ActView[]; readonly seen: number; readonly goOn: () => void }) {
  const { t } = useWords();
  const later = acts.filter((act) => act.seq > seen);
  if (later.length === 0) return null;
  return (
    <section className="meanwhile" role="status">
      <p>{t('problem:meanwhile.lead', { count: later.length })}</p>
      <ActList acts={later} />
      <button type="button" className="btn small" onClick={goOn}>
        {t('problem:meanwhile.goOn')}
      </button>
    </section>
  );
}
