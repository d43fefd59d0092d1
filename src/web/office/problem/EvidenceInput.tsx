import { useLayoutEffect, useRef, useState } from 'react';
import type { EvidenceList } from '../../../contract/evidence.ts';
import { api } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { formatCount, shortHash } from '../../ui/format.ts';
import { useApi } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { may, useSession } from '../shell/session.ts';
import BringOriginal from './BringOriginal.tsx';
import { fingerprint } from './fingerprint.ts';
import { type Evidence, takeFiles } from './take-files.ts';
import { UploadLine } from './UploadLine.tsx';
import { cancelUpload, startUpload, useUploads } from './uploads.ts';
import './problem.css';

export type { Evidence } from './take-files.ts';

/**
 * Takes files and fingerprints them in the browser; for a problem that exists it uploads them as well, for one that is about to be
 * recorded it keeps them in hand. Hands on name, time, size and SHA-256, which is what a command names.
 */
export function EvidenceInput({
  value = [],
  onChange,
  id,
  item,
  held,
}: {
  readonly value?: readonly Evidence[];
  readonly onChange?: (next: readonly Evidence[]) => void;
  readonly id?: string;
  /** Id of the problem; without one nothing can be uploaded yet. */
  readonly item?: string;
  /** Files by their hash, for whoever uploads them once the problem exists. */
  readonly held?: Map<string, File>;
}) {
  const { campaign } = useCampaign();
  const { t } = useWords();
  const session = useSession().data;
  const uploadOf = useUploads(item);
  // How many times files were chosen that are still being read: a film takes its time, and a photograph is chosen meanwhile.
  const [reading, setReading] = useState(0);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const now = useRef(value);
  const change = useRef(onChange);
  useLayoutEffect(() => {
    now.current = value;
    change.current = onChange;
  });
  const choose = (next: readonly Evidence[]) => {
    now.current = next;
    change.current?.(next);
  };
  const uploads = item !== undefined && may(session, 'evidence.upload', campaign);

  // What was chosen before a reload is named again; its original may lie with the problem already.
  const address = uploads && item !== undefined ? to(api.itemEvidence, { id: item }, { campaign: campaign.slug }) : null;
  const kept = useApi<EvidenceList>(address).data?.objects;

  async function take(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    setReading((n) => n + 1);
    setRefused([]);
    const untaken = await takeFiles(files, {
      utcOffsetMinutes: campaign.utcOffsetMinutes,
      fingerprint,
      chosen: () => now.current,
      choose,
      taken: (file, { sha256, kind, name, takenAt }) => {
        held?.set(sha256, file);
        // Chosen again after a reload: the list is the same, and whoever holds it learns that the file is in hand.
        if (held !== undefined && now.current.some((e) => e.sha256 === sha256)) choose([...now.current]);
        if (uploads && item !== undefined) void startUpload(file, { campaign: campaign.slug, item, sha256, kind, name, takenAt });
      },
    });
    const why = untaken.map((u) =>
      u.why === 'tooLarge'
        ? t('problem:evidence.tooLarge', { name: u.name, limit: u.limit / 1_000_000 })
        : t('problem:evidence.unreadable', { name: u.name }),
    );
    setRefused((before) => [...new Set([...before, ...why])]);
    setReading((n) => n - 1);
  }

  function remove(sha256: string): void {
    if (item !== undefined) cancelUpload(item, sha256);
    held?.delete(sha256);
    choose(now.current.filter((o) => o.sha256 !== sha256));
  }

  const chosen = (e: React.ChangeEvent<HTMLInputElement>) => {
    const input = e.currentTarget;
    void take([...(input.files ?? [])]).then(() => {
      input.value = '';
    });
  };
  return (
    <div className="evi-in">
      <label className="btn small take">
        {t('problem:evidence.choose')}
        <input id={id} type="file" multiple onChange={chosen} />
      </label>
      <label className="btn small shoot">
        {t('problem:evidence.camera')}
        <input type="file" accept="image/*" capture="environment" onChange={chosen} />
      </label>
      <p className="cap">
        {reading > 0 ? t('problem:evidence.hashing') : t(uploads ? 'problem:evidence.uploads' : 'record:evidence.goesAlong')}
      </p>
      {refused.map((why) => (
        <p key={why} className="fail" role="alert">
          {why}
        </p>
      ))}
      <ul>
        {value.map((e) => {
          const state = uploadOf(e.sha256);
          return (
            <li key={e.sha256}>
              <span>
                {t(`problem:evidence.kind.${e.kind}`)}　{e.name}
                {'　'}
                <span className="c3 sm">
                  {formatCount(Math.ceil((e.bytes ?? 0) / 1024))} KB　{e.takenAt.slice(0, 16).replace('T', ' ')}
                </span>
                {'　'}
                <code className="mono">{shortHash(e.sha256)}</code>
                {held !== undefined &&
                  (held.has(e.sha256) ? (
                    <span className="up ok">{t('record:evidence.inHand')}</span>
                  ) : (
                    <span className="up bad">{t('record:evidence.chooseAgain')}</span>
                  ))}
                {state === undefined &&
                  item !== undefined &&
                  kept !== undefined &&
                  (kept.some((o) => o.sha256 === e.sha256) ? (
                    <span className="up ok">{t('problem:evidence.received')}</span>
                  ) : (
                    <BringOriginal item={item} evidence={e} />
                  ))}
                {state !== undefined && item !== undefined && <UploadLine item={item} sha256={e.sha256} name={e.name} state={state} />}
              </span>
              <button type="button" className="linkbtn" onClick={() => remove(e.sha256)}>
                {t('problem:evidence.remove')}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
