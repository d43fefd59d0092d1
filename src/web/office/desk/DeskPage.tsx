import { Link, useSearchParams } from 'react-router';
import type { DeskView } from '../../../contract/desk.ts';
import { paths } from '../../../contract/paths/office.ts';
import { useCampaign } from '../../ui/campaign.ts';
import { Bones, Loaded } from '../../ui/Outcome.tsx';
import { useTitle } from '../../ui/title.ts';
import { useWords } from '../../ui/words.ts';
import { useReadsLedger } from '../shell/place-link.ts';
import { useStamp } from '../shell/stamp.ts';
import { Ahead } from './Ahead.tsx';
import { deskAnswer } from './answer.ts';
import { linkOfGroup } from './links.ts';
import { Queue } from './Queue.tsx';
import { useDesk } from './use-desk.ts';
import { Returned, Sent } from './Ways.tsx';
import './desk.css';

/** 今日: what waits for the signed-in person, what they sent away, what came back. */
export function DeskPage() {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  const [search] = useSearchParams();
  const query = useDesk(search.get('scope'));
  const has = useReadsLedger() && campaign.mode !== 'historic';
  useTitle(t('desk:page'));
  useStamp(query.data);
  return (
    <main id="content" className="desk">
      {has ? (
        <Loaded query={query} bones={<Bones rows={12} />}>
          {(view) => <Desk view={view} />}
        </Loaded>
      ) : (
        <div className="empty">
          <h1>{t('desk:page')}</h1>
          <p>{t('desk:noDesk')}</p>
          <p>
            <Link to={paths.dashboard(where)}>{t('shell:dashboard')}</Link>
          </p>
        </div>
      )}
    </main>
  );
}

function Desk({ view }: { readonly view: DeskView }) {
  const { where } = useCampaign();
  const words = useWords();
  const { t } = words;
  const first = view.groups.find((g) => g.count > 0);
  return (
    <>
      <div className="lead">
        <h1>{deskAnswer(view.groups, words)}</h1>
        {first !== undefined && view.current && (
          <div className="act noprint">
            <Link className="btn main" to={linkOfGroup(where, first)}>
              {t('desk:first', { act: t(`desk:act.${first.code}`) })}
            </Link>
          </div>
        )}
      </div>
      {view.groups.length > 0 && <Ahead view={view} />}
      {view.scopes.length > 1 && <Scopes view={view} />}
      <div className="two">
        <Queue view={view} />
        <div className="side">
          <Sent view={view} />
          <Returned view={view} />
        </div>
      </div>
      {view.groups.length > 0 && <p className="cap">{t('desk:rule')}</p>}
    </>
  );
}

function Scopes({ view }: { readonly view: DeskView }) {
  const { where } = useCampaign();
  const { t } = useWords();
  return (
    <nav className="tabs scopes" aria-label={t('desk:scope.label')}>
      {view.scopes.map((scope) => (
        <Link
          key={scope}
          to={paths.desk(where, { scope: scope === 'all' ? null : scope })}
          aria-current={scope === view.scope ? 'true' : undefined}
        >
          {t(`desk:scope.${scope}`)}
        </Link>
      ))}
    </nav>
  );
}
