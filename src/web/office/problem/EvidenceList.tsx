import { lazy, Suspense, useState } from 'react';
import type { EvidenceList as Kept } from '../../../contract/evidence.ts';
import type { ItemPage } from '../../../contract/items.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { isMediaType, mediaTypes } from '../../../domain/evidence/media.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { formatCount, shortHash } from '../../ui/format.ts';
import { useApi } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { Alike } from './Alike.tsx';

const EvidenceInput = lazy(() => import('./EvidenceInput.tsx').then((m) => ({ default: m.EvidenceInput })));
const BringOriginal = lazy(() => import('./BringOriginal.tsx'));
const Custody = lazy(() => import('./Custody.tsx'));

type KeptObject = Kept['objects'][number];

/** Evidence of a problem: what its steps name, whether the original was received, and what has been done with it. */
export function EvidenceList({ page }: { readonly page: ItemPage }) {
  const { t } = useWords();
  const { where } = useCampaign();
  const now = where.asOf === null && page.item.kind === 'problem';
  const kept = useApi<Kept>(now ? to(api.itemEvidence, { id: page.item.id }, inCampaign(where)) : null).data;
  const [open, setOpen] = useState<{ object: KeptObject; view: boolean } | null>(null);
  const [adding, setAdding] = useState(false);
  if (page.item.kind !== 'problem') return null;
  const named = new Set(page.evidence.map((e) => e.sha256));
  const loose = kept?.objects.filter((o) => !named.has(o.sha256)) ?? [];
  const sealed = kept?.objects.filter((o) => o.sealed).length ?? 0;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('problem:evidence.title')}</h2>
        <span className="c3 sm">
          {t('problem:evidence.count', { count: page.evidence.length + loose.length })}
          {sealed > 0 && <>　{t('problem:evidence.originals', { count: sealed })}</>}
        </span>
      </div>
      {page.evidence.length + loose.length === 0 ? (
        <p className="c2">{t('problem:evidence.none')}</p>
      ) : (
        <ul className="evi">
          {page.evidence.map((e, i) => (
            <Row
              key={`${e.sha256}${i}`}
              {...e}
              act={t(`acts:${e.actKind}`, { defaultValue: e.actKind })}
              kept={kept?.objects.find((o) => o.sha256 === e.sha256)}
              known={kept !== undefined}
              item={page.item.id}
              mayBring={kept?.can.upload === true}
              open={setOpen}
              alike={page.alike.some((a) => a.sha256 === e.sha256) ? <Alike page={page} sha256={e.sha256} /> : null}
            />
          ))}
          {loose.map((o) => (
            <Row
              key={o.sha256}
              {...o}
              takenAt={o.receivedAt}
              act={t('problem:evidence.loose')}
              kept={o}
              known
              item={page.item.id}
              mayBring={false}
              open={setOpen}
            />
          ))}
        </ul>
      )}
      {kept?.can.upload === true &&
        (adding ? (
          <Suspense fallback={null}>
            <Adding item={page.item.id} />
          </Suspense>
        ) : (
          <p>
            <button type="button" className="linkbtn" onClick={() => setAdding(true)}>
              {t('problem:evidence.add')}
            </button>
          </p>
        ))}
      <p className="cap">{t('problem:evidence.caption')}</p>
      {open !== null && (
        <Suspense fallback={null}>
          <Custody object={open.object} view={open.view} mayExport={kept?.can.export === true} close={() => setOpen(null)} />
        </Suspense>
      )}
    </section>
  );
}

const extensionOf = (type: string) => (isMediaType(type) ? mediaTypes[type].extension.toUpperCase() : '');

function Adding({ item }: { readonly item: string }) {
  const [value, setValue] = useState<React.ComponentProps<typeof EvidenceInput>['value']>([]);
  return <EvidenceInput item={item} value={value ?? []} onChange={setValue} />;
}

interface RowProps {
  readonly sha256: string;
  readonly kind: string;
  readonly name: string;
  readonly takenAt: string;
  readonly bytes?: number | undefined;
  readonly act: string;
  readonly kept: KeptObject | undefined;
  readonly known: boolean;
  readonly item: string;
  readonly mayBring: boolean;
  readonly open: (what: { object: KeptObject; view: boolean }) => void;
  readonly alike?: React.ReactNode;
}

function Row({ sha256, kind, name, takenAt, bytes, act, kept, known, item, mayBring, open, alike }: RowProps) {
  const { t } = useWords();
  const { where } = useCampaign();
  const dates = useDates();
  return (
    <li>
      <span className="pic">
        {kept !== undefined && !kept.thumbnail && <span aria-hidden="true">{extensionOf(kept.mediaType)}</span>}
        {kept?.thumbnail === true && (
          <img src={to(api.evidenceThumbnail, { sha256 }, inCampaign(where))} alt={t('problem:evidence.thumb', { name })} loading="lazy" />
        )}
      </span>
      <div>
        <p className="nm">
          <span className="c2">{t(`problem:evidence.kind.${kind}`)}</span>　{name}
          {bytes !== undefined && <span className="c3 sm nb">　{formatCount(Math.ceil(bytes / 1024))} KB</span>}
        </p>
        <p className="c3 sm">
          {act}　{Number.isNaN(Date.parse(takenAt)) ? takenAt : dates.dayTime(takenAt)}
          {'　'}
          <code className="mono" title={sha256}>
            {shortHash(sha256)}
          </code>
        </p>
        {known && (
          <p className="sm">
            {kept === undefined ? (
              <>
                {mayBring ? (
                  <Suspense fallback={null}>
                    <BringOriginal
                      item={item}
                      evidence={{ sha256, kind, name, takenAt }}
                      missing={<span className="noorig">{t('problem:evidence.onlyPrint')}</span>}
                    />
                  </Suspense>
                ) : (
                  <span className="noorig">{t('problem:evidence.onlyPrint')}</span>
                )}
              </>
            ) : (
              <>
                {kept.sealed && <span>{t('problem:evidence.sealed')}</span>}
                {'　'}
                <button type="button" className="linkbtn" onClick={() => open({ object: kept, view: true })}>
                  {t('problem:evidence.view')}
                </button>
                {'　'}
                <button type="button" className="linkbtn" onClick={() => open({ object: kept, view: false })}>
                  {t('problem:evidence.custody')}
                </button>
              </>
            )}
          </p>
        )}
        {alike}
      </div>
    </li>
  );
}
