import { useState } from 'react';
import type { LeadList } from '../../../contract/leads.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { orgName, useCampaign, useDates } from '../../ui/campaign.ts';
import { apiSend } from '../../ui/api.ts';
import { say } from '../../ui/notice.tsx';
import { forgetNow, useApi } from '../../ui/query.ts';
import { useWords } from '../../ui/words.ts';
import { ReasonDialog } from '../publication/ReasonDialog.tsx';
import { may, useSession } from '../shell/session.ts';

/** Leads for the command office and the auditor (线索): nothing is shown to others, nor when there is none. */
export function Leads() {
  const { campaign, where } = useCampaign();
  const { t } = useWords();
  const dates = useDates();
  const mayRead = may(useSession().data, 'lead.read', campaign);
  const leads = useApi<LeadList>(mayRead ? to(api.leads, {}, inCampaign(where)) : null).data?.leads ?? [];
  const [closing, setClosing] = useState<string | null>(null);
  if (leads.length === 0) return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('lead:title')}</h2>
        <span className="c3 sm">{t('lead:open', { count: leads.filter((l) => l.closed === null).length })}</span>
      </div>
      <ul className="leads">
        {leads.map((lead) => (
          <li key={lead.id}>
            <p>
              {t('lead:rapid', { name: lead.by.name, org: orgName(campaign, lead.by.org), count: lead.count, minutes: lead.minutes })}
              {lead.fast > 0 && t('lead:fast', { count: lead.fast })}
            </p>
            <p className="c3 sm">
              {dates.dayTime(lead.raisedAt)}
              {'　'}
              {lead.closed === null ? t('lead:standing') : t('lead:closed', { by: lead.closed.by, finding: lead.closed.finding })}
              {lead.canClose && (
                <>
                  {'　'}
                  <button type="button" className="linkbtn" onClick={() => setClosing(lead.id)}>
                    {t('lead:close')}
                  </button>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
      {closing !== null && (
        <ReasonDialog
          form="lead.close"
          object={closing}
          title={t('lead:close')}
          effect={t('lead:effect')}
          action={t('lead:close')}
          close={() => setClosing(null)}
          send={async (finding, id) => {
            await apiSend('POST', to(api.leadClose, { id: closing }, { campaign: where.slug }), { id, finding });
            say(t('lead:done'));
            setClosing(null);
            await forgetNow();
          }}
        />
      )}
    </section>
  );
}
