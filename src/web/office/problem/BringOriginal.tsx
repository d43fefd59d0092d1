import { useState } from 'react';
import type { EvidenceKind } from '../../../domain/evidence/limits.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';
import { fingerprint } from './fingerprint.ts';
import { UploadLine } from './UploadLine.tsx';
import { startUpload, useUploads } from './uploads.ts';

/** Takes the original that a fingerprint stands for; any other file is turned away before it leaves the browser. */
export default function BringOriginal({
  item,
  evidence,
  missing,
}: {
  readonly item: string;
  readonly evidence: { readonly sha256: string; readonly kind: string; readonly name: string; readonly takenAt: string };
  /** Says that only the fingerprint is here; not while the original is on its way. */
  readonly missing?: React.ReactNode;
}) {
  const { campaign } = useCampaign();
  const { t } = useWords();
  const state = useUploads(item)(evidence.sha256);
  const [wrong, setWrong] = useState<string | null>(null);

  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const found = await fingerprint(file).catch(() => null);
    const same = found === evidence.sha256;
    setWrong(found === null ? t('problem:evidence.unreadable', { name: file.name }) : same ? null : t('problem:evidence.notSame'));
    if (same) await startUpload(file, { ...evidence, campaign: campaign.slug, item, kind: evidence.kind as EvidenceKind });
  }

  return (
    <>
      {state === undefined && missing}
      {'　'}
      {state === undefined || state.phase === 'failed' ? (
        <label className="linkbtn bring">
          {t('problem:evidence.bring')}
          <input type="file" onChange={(e) => void take(e.currentTarget.files?.[0])} />
        </label>
      ) : null}
      {state !== undefined && <UploadLine item={item} sha256={evidence.sha256} name={evidence.name} state={state} />}
      {wrong !== null && (
        <span className="up bad" role="alert">
          {wrong}
        </span>
      )}
    </>
  );
}
