import { Link } from 'react-router';
import type { ItemPage } from '../../../contract/items.ts';
import { api, inCampaign } from '../../../contract/paths/api.ts';
import { paths } from '../../../contract/paths/office.ts';
import { to } from '../../../contract/paths/pattern.ts';
import { useCampaign, useDates } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';

/** Pictures of the claim beside those that they look like (同图比对); of a problem out of sight only that there is one. */
export function Alike({ page, sha256 }: { readonly page: ItemPage; readonly sha256?: string }) {
  const { t } = useWords();
  const { where } = useCampaign();
  const dates = useDates();
  const list = page.alike.filter((a) => sha256 === undefined || a.sha256 === sha256);
  if (list.length === 0) return null;
  return (
    <ul className="alike">
      {list.map((a) => (
        <li key={`${a.sha256}${a.other}${a.receivedAt}`}>
          <span className="sm">
            {a.no === null ? (
              t('problem:alike.outside', { time: dates.dayTime(a.receivedAt) })
            ) : (
              <>
                {t('problem:alike.line', { time: dates.dayTime(a.receivedAt) })}
                <Link to={paths.item(where, a.no)}>{a.no}</Link>
              </>
            )}
          </span>
          {a.other !== null && (
            <span className="pair">
              <img src={to(api.evidenceThumbnail, { sha256: a.sha256 }, inCampaign(where))} alt={t('problem:alike.this')} loading="lazy" />
              <img
                src={to(api.evidenceThumbnail, { sha256: a.other }, inCampaign(where))}
                alt={t('problem:alike.earlier', { no: a.no })}
                loading="lazy"
              />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
