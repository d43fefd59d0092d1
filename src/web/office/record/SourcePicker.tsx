import { useId, useState } from 'react';
import type { SourceRow, SourcesPage } from '../../../contract/sources.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { Link } from 'react-router';
import { placePath, useCampaign, useDates } from '../../ui/campaign.ts';
import { unlessComposing } from '../../ui/composing.ts';
import { Failure } from '../../ui/Outcome.tsx';
import { useApi } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { useLater } from './use-later.ts';

/** Finds a source by name, number or credit code; arrows and Enter choose, as in any list. */
export function SourcePicker({ choose, nameUnit }: { readonly choose: (row: SourceRow) => void; readonly nameUnit: () => void }) {
  const { campaign, where } = useCampaign();
  const { t, lang } = useWords();
  const dates = useDates();
  const list = useId();
  const [text, setText] = useState('');
  const [cursor, setCursor] = useState(-1);
  const asked = useLater(text.trim(), 250);
  const found = useApi<SourcesPage>(to(api.sources, {}, inCampaign(where, { q: asked, limit: 8 })));
  const rows = found.data?.rows ?? [];
  const onKey = (e: React.KeyboardEvent) => {
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      setCursor((c) => Math.max(-1, Math.min(rows.length - 1, c + (e.key === 'ArrowDown' ? 1 : -1))));
    } else if (e.key === 'Enter') {
      // Enter in a search must not send the form around it.
      e.preventDefault();
      const row = rows[cursor] ?? (rows.length === 1 && asked === text.trim() ? rows[0] : undefined);
      if (row !== undefined) choose(row);
    }
  };
  return (
    <div className="pick">
      <input
        id="source"
        type="search"
        role="combobox"
        aria-label={t('record:source.search')}
        aria-expanded={rows.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={cursor >= 0 ? `${list}-${cursor}` : undefined}
        placeholder={t('record:source.placeholder')}
        maxLength={100}
        autoComplete="off"
        value={text}
        onChange={(e) => {
          setText(e.currentTarget.value);
          setCursor(-1);
        }}
        onKeyDown={unlessComposing(onKey)}
      />
      <p className="cap" role="status">
        {found.isSuccess &&
          (rows.length === 0
            ? t('record:source.none')
            : t(found.data.next === null ? 'record:source.found' : 'record:source.foundMore', { count: rows.length }))}
      </p>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      <ul id={list} role="listbox" aria-label={t('record:source.title')} className="found">
        {rows.map((s, i) => (
          <li
            key={s.id}
            id={`${list}-${i}`}
            role="option"
            aria-selected={i === cursor}
            onMouseDown={(e) => e.preventDefault()}
            onClick={() => choose(s)}
          >
            <b>{s.name}</b>
            <span className={s.open > 0 ? 'late' : 'c2'}>{t('record:source.open', { count: s.open })}</span>
            <span className="c2">
              {placePath(campaign, s.place, lang)}　<span className="mono">{s.no}</span>
            </span>
            <span className="c2">
              {s.inspectedAt === null ? t('record:sources.never') : t('record:source.inspected', { day: dates.day(s.inspectedAt) })}
            </span>
          </li>
        ))}
      </ul>
      <p className="ways">
        <button type="button" className="linkbtn" onClick={nameUnit}>
          {t('record:source.nameUnit')}
        </button>
        <Link to={paths.newSource(where)}>{t('record:newSource.title')}</Link>
      </p>
    </div>
  );
}
