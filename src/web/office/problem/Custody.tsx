import { Drawer, Input } from 'antd';
import { useState } from 'react';
import type { Custody as CustodyAnswer, EvidenceList } from '../../../contract/evidence.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { fileNameOf } from '../../../domain/evidence/media.ts';
import { Ant } from '../../ui/Ant.tsx';
import { apiFile, saveFile } from '../../ui/api.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { say } from '../../ui/notice.tsx';
import { Loaded, Refused } from '../../ui/Outcome.tsx';
import { forgetNow, useApi } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { DraftNote } from '../drafts/DraftNote.tsx';
import { useDraft } from '../drafts/use-draft.ts';
import { ActList } from './Timeline.tsx';

/** One object: the copy that may be seen, its custody, and the export of its original. */
export default function Custody({
  object,
  view,
  mayExport,
  close,
}: {
  readonly object: EvidenceList['objects'][number];
  /** Opened to be viewed, which is recorded; else only the custody is shown. */
  readonly view: boolean;
  readonly mayExport: boolean;
  readonly close: () => void;
}) {
  const { t } = useWords();
  const { where } = useCampaign();
  const query = useApi<CustodyAnswer>(to(api.custody, { sha256: object.sha256 }, inCampaign(where)));
  const address = to(api.evidenceView, { sha256: object.sha256 }, inCampaign(where));
  return (
    <Ant>
      <Drawer open onClose={close} title={object.name} size={640} destroyOnHidden>
        {view && object.copy && (
          <figure className="evi-view">
            <img src={address} alt={t('problem:evidence.picture', { name: object.name })} onLoad={() => void query.refetch()} />
            <figcaption className="cap">{t('problem:evidence.viewed')}</figcaption>
          </figure>
        )}
        {view && !object.copy && (
          <p>
            <a
              href={address}
              download={fileNameOf(object.name, object.mediaType)}
              onClick={() => setTimeout(() => void query.refetch(), 1500)}
            >
              {t('problem:evidence.save')}
            </a>
          </p>
        )}
        <h3>{t('problem:evidence.custody')}</h3>
        <p className="sm">
          <code className="mono sha">{object.sha256}</code>
        </p>
        <Loaded query={query}>{(c) => <ActList acts={c.acts} />}</Loaded>
        {mayExport && <Export object={object} done={() => void query.refetch()} />}
      </Drawer>
    </Ant>
  );
}

function Export({ object, done }: { readonly object: EvidenceList['objects'][number]; readonly done: () => void }) {
  const { t } = useWords();
  const { where } = useCampaign();
  const draft = useDraft({ form: 'evidence.export', object: object.sha256, start: { purpose: '' } });
  const [purpose, setPurpose] = useState(draft.values.purpose);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function submit(): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      const blob = await apiFile(to(api.evidenceExport, { sha256: object.sha256 }, inCampaign(where)), { purpose });
      saveFile(blob, fileNameOf(object.name, object.mediaType));
      say(t('problem:evidence.exported'));
      setPurpose('');
      draft.sent();
      done();
      await forgetNow();
    } catch (refusal) {
      setError(refusal);
    }
    setBusy(false);
  }

  return (
    <form
      className="evi-export"
      onSubmit={(e) => {
        e.preventDefault();
        void submit();
      }}
    >
      <DraftNote
        at={draft.restoredAt}
        discard={() => {
          draft.discard();
          setPurpose('');
        }}
      />
      <label htmlFor="export-purpose">{t('problem:evidence.purpose')}</label>
      <Input
        id="export-purpose"
        value={purpose}
        maxLength={400}
        disabled={busy}
        onChange={(e) => {
          setPurpose(e.currentTarget.value);
          draft.keep({ purpose: e.currentTarget.value });
        }}
      />
      <button type="submit" className="btn" disabled={busy}>
        {t('problem:evidence.export')}
      </button>
      <Refused error={error} />
    </form>
  );
}
