import type { MouseEvent } from 'react';
import { api } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { apiDownload } from '../../ui/api.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';

/** A letter as PDF and as Word. A file that is refused says why: the browser would only say that a download failed. */
export function LetterFiles({
  letter,
  name,
  refused,
}: {
  readonly letter: { readonly id: string; readonly docNo: string };
  /** What its files are called, without an ending. */
  readonly name: string;
  readonly refused: (error: unknown) => void;
}) {
  const { t } = useWords();
  const { where } = useCampaign();

  async function take(e: MouseEvent<HTMLAnchorElement>, file: string): Promise<void> {
    // Into another tab, or to be copied, it stays a link.
    if (e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    e.preventDefault();
    refused(null);
    try {
      await apiDownload(e.currentTarget.href, file);
    } catch (error) {
      refused(error);
    }
  }

  return (['pdf', 'docx'] as const).map((format) => (
    <a
      key={format}
      className="sm noprint"
      href={to(api.letterFile, { id: letter.id }, { campaign: where.slug, format })}
      onClick={(e) => void take(e, `${name}.${format}`)}
      aria-label={`${letter.docNo} ${t(`bulletin:format.${format}`)}`}
    >
      {t(`bulletin:format.${format}`)}{' '}
    </a>
  ));
}
