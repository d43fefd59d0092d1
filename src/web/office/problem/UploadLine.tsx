import { useWords } from '../../ui/words.ts';
import { mayResume } from './upload-state.ts';
import { cancelUpload, resumeUpload, type UploadState } from './uploads.ts';

/** How one upload stands, with what can be done about it. */
export function UploadLine({
  item,
  sha256,
  name,
  state,
}: {
  readonly item: string;
  readonly sha256: string;
  readonly name: string;
  readonly state: UploadState;
}) {
  const { t, pick } = useWords();
  const label = t('problem:evidence.progress', { name });
  switch (state.phase) {
    case 'received':
      return <span className="up ok">{t('problem:evidence.received')}</span>;
    case 'failed':
      return (
        <span className="up bad" role="alert">
          {state.error === null
            ? t('problem:evidence.failed', { reason: t('problem:evidence.offline') })
            : t('problem:evidence.refused', { reason: pick(state.error.problem.messages) })}
          {'　'}
          {mayResume(state) && (
            <button type="button" className="linkbtn" onClick={() => resumeUpload(item, sha256)}>
              {t('problem:evidence.resume')}
            </button>
          )}
        </span>
      );
    case 'uploading':
    case 'checking':
      return (
        <span className="up">
          <progress max={100} value={state.percent} aria-label={label} />
          <span>
            {state.phase === 'checking' ? t('problem:evidence.checking') : t('problem:evidence.uploading', { percent: state.percent })}
          </span>
          <button type="button" className="linkbtn" onClick={() => cancelUpload(item, sha256)}>
            {t('problem:evidence.cancel')}
          </button>
        </span>
      );
  }
}
