import type { PlaceVerb } from '../../../domain/access/policy.ts';
import { placeName, useCampaign } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';
import { mayAt, useSession } from '../shell/session.ts';

/** A county, by city; only those where the person may do it. */
export function PlaceSelect({
  id,
  verb,
  value,
  onChange,
  ...aria
}: {
  readonly id: string;
  readonly verb: PlaceVerb;
  readonly value: number | null;
  readonly onChange: (place: number | null) => void;
  readonly 'aria-invalid'?: boolean;
}) {
  const { campaign } = useCampaign();
  const { t, lang } = useWords();
  const session = useSession().data;
  const counties = campaign.places.filter((p) => p.level === 'county' && mayAt(session, verb, campaign.slug, p.code));
  const cities = [...new Set(counties.map((p) => p.code - (p.code % 100)))];
  return (
    <select
      id={id}
      value={value ?? ''}
      onChange={(e) => onChange(e.currentTarget.value === '' ? null : Number(e.currentTarget.value))}
      {...aria}
    >
      <option value="">{t('record:choose')}</option>
      {cities.map((city) => (
        <optgroup key={city} label={placeName(campaign, city, lang)}>
          {counties
            .filter((p) => p.code - (p.code % 100) === city)
            .map((p) => (
              <option key={p.code} value={p.code}>
                {placeName(campaign, p.code, lang)}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}
