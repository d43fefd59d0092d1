import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { SourcePage } from '../../../contract/sources.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { RecordForm } from './RecordForm.tsx';
import { localTime, typeFor, type Values } from './values.ts';
import './record.css';

/** 登记问题: records a problem that was found, on a source or on a unit that is on no list. */
export function RecordPage() {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const id = search.get('source');
  const query = useApi<SourcePage>(id === null ? null : to(api.source, { id }, inCampaign(where)));
  // Another problem begins a form of its own.
  const [round, setRound] = useState(0);
  useTitle(t('record:title'));
  const startWith = (source: SourcePage['source'] | null): Values => ({
    sourceId: source?.id ?? null,
    sourceNo: source?.no ?? '',
    unit: source?.name ?? '',
    place: source?.place ?? null,
    found: search.get('found') ?? localTime(Date.now(), campaign.utcOffsetMinutes),
    aspect: search.get('aspect') ?? '',
    type: typeFor(search.get('aspect') ?? '', campaign.types, ''),
    clue: 'inspection',
    text: '',
    evidence: [],
  });
  if (where.asOf !== null || campaign.mode === 'historic')
    return (
      <main id="content" className="record">
        <div className="empty">
          <h2>{t('record:title')}</h2>
          <p>{t('record:onlyNow')}</p>
          <p>
            <Link to={paths.ledger(where)}>{t('shell:ledger')}</Link>
          </p>
        </div>
      </main>
    );
  const form = (source: SourcePage['source'] | null) => (
    <RecordForm
      key={`${source?.id ?? ''}/${round}`}
      object={source === null ? campaign.slug : `${campaign.slug}/${source.id}`}
      start={startWith(source)}
      preset={source !== null}
      again={(v) => {
        // The next one of the same inspection: at the same source, found at the same time, under the same aspect.
        void navigate(paths.record(where, v.sourceId === null ? {} : { source: v.sourceId, found: v.found, aspect: v.aspect }));
        setRound(round + 1);
      }}
    />
  );
  return (
    <main id="content" className="record">
      {id === null ? (
        form(null)
      ) : (
        <Loaded query={query} bones={<Bones rows={10} />}>
          {(page) => form(page.source)}
        </Loaded>
      )}
    </main>
  );
}
