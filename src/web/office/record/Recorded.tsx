import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { paths } from '../../../contract/paths/office.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';
import type { Evidence } from '../problem/take-files.ts';
import { UploadLine } from '../problem/UploadLine.tsx';
import { useUploads } from '../problem/uploads.ts';

/** A problem that was just recorded: its number, how its files are on their way, and what comes next. */
export function Recorded({
  item,
  evidence,
  sourceId,
  again,
}: {
  readonly item: { readonly id: string; readonly no: string };
  readonly evidence: readonly Evidence[];
  readonly sourceId: string | null;
  readonly again: () => void;
}) {
  const { where } = useCampaign();
  const { t } = useWords();
  const stateOf = useUploads(item.id);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const states = evidence.map((e) => stateOf(e.sha256));
  const received = states.filter((s) => s?.phase === 'received').length;
  return (
    <section className="sec recorded">
      <h2 ref={heading} tabIndex={-1}>
        {t('record:done.title')}
        <Link className="mono" to={paths.item(where, item.no)}>
          {item.no}
        </Link>
      </h2>
      <p className="effect">{t('record:done.effect')}</p>
      {evidence.length > 0 && (
        <>
          <h3 role="status">
            {received === evidence.length
              ? t('record:done.allReceived', { count: evidence.length })
              : t('record:done.onTheWay', { received, count: evidence.length })}
          </h3>
          <ul className="onway">
            {evidence.map((e, i) => {
              const state = states[i];
              return (
                <li key={e.sha256}>
                  <span>{e.name}</span>
                  {state !== undefined && <UploadLine item={item.id} sha256={e.sha256} name={e.name} state={state} />}
                </li>
              );
            })}
          </ul>
          {received < evidence.length && <p className="cap">{t('record:done.stay')}</p>}
        </>
      )}
      <p className="ways">
        <Link className="btn main" to={paths.item(where, item.no)}>
          {t('record:done.open')}
        </Link>
        <button type="button" className="btn" onClick={again}>
          {t(sourceId === null ? 'record:done.again' : 'record:done.againHere')}
        </button>
        {sourceId !== null && <Link to={paths.source(where, sourceId)}>{t('record:done.source')}</Link>}
      </p>
    </section>
  );
}
