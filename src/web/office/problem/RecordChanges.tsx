import type { ActView } from '../../../contract/acts.ts';
import { placePath, useCampaign, useDates } from '../../ui/campaign.ts';
import { moneyText } from '../../ui/format.ts';
import { amountName, flagName, stateName, stepName } from '../../ui/register-words.ts';
import { useWords } from '../../ui/words.ts';
import { nameOf } from '../ledger/columns.tsx';
import { recordChanges, type Change, type Value } from './record-changes.ts';

/** What a later snapshot says otherwise: each value before and after. */
export function RecordChanges({ acts, act }: { readonly acts: readonly ActView[]; readonly act: ActView }) {
  const { campaign } = useCampaign();
  const words = useWords();
  const { t, lang } = words;
  const dates = useDates();
  const changes = recordChanges(acts, act);
  if (changes.length === 0) return null;

  const nameOfChange = ({ kind, name }: Change): string => {
    if (kind === 'amount') return amountName(campaign, name, words);
    if (kind === 'step') return stepName(campaign, name, words);
    if (kind === 'flag') return flagName(campaign, name, words);
    return kind === 'field' ? name : t(`problem:change.field.${name}`, { defaultValue: name });
  };
  const text = ({ kind, name }: Change, value: Value): string => {
    if (typeof value === 'boolean') return t(value ? 'problem:change.yes' : 'problem:change.no');
    if (value === null || value === '') return '';
    if (kind === 'amount') {
      return moneyText(Number(value), campaign, lang);
    }
    if (kind === 'field') return String(value);
    if (kind === 'step' || name === 'openedOn' || name === 'deadline') return dates.date(String(value));
    if (name === 'state') return stateName(campaign, String(value), words);
    if (name === 'place') return placePath(campaign, Number(value), lang);
    if (name === 'aspect') return nameOf(campaign.aspects, String(value), words);
    if (name === 'type') return nameOf(campaign.types, String(value), words);
    return String(value);
  };
  return (
    <table className="chg">
      <caption className="sk">{t('problem:change.caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('problem:change.name')}</th>
          <th scope="col">{t('problem:change.before')}</th>
          <th scope="col">{t('problem:change.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((c) => (
          <tr key={`${c.kind}.${c.name}`}>
            <th scope="row">{nameOfChange(c)}</th>
            <td className="c2">{text(c, c.before) || <span className="c3">{t('problem:change.none')}</span>}</td>
            <td>{text(c, c.after) || <span className="c3">{t('problem:change.none')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
