import { useDates } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';

/** Says that what stands in the form was typed before and not sent, and lets it go. */
export function DraftNote({ at, discard }: { readonly at: number | null; readonly discard: () => void }) {
  const { t } = useWords();
  const dates = useDates();
  if (at === null) return null;
  return (
    <p className="draftnote" role="status">
      <span>{t('shell:draft.restored', { moment: dates.dayTime(new Date(at).toISOString()) })}</span>
      <button type="button" className="linkbtn" onClick={discard}>
        {t('shell:draft.discard')}
      </button>
    </p>
  );
}
