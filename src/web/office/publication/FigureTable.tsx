import { useDates } from '../../ui/campaign.ts';
import { useWords } from '../../ui/words.ts';

export interface FigureLine {
  readonly name: string;
  /** Empty: over all. */
  readonly cohort: string;
  readonly shown: string;
  readonly unit?: string;
  readonly fraction: string | null;
  /** Where figures of several instants or places in a text stand together. */
  readonly from?: { readonly asOf: string; readonly role: string };
}

/** Figures that are about to become public or be frozen, as they are then shown. */
export function FigureTable({ lines }: { readonly lines: readonly FigureLine[] }) {
  const { t } = useWords();
  const dates = useDates();
  const several = lines.some((f) => f.from !== undefined);
  return (
    <div className="wide tall" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('bulletin:figure')}</th>
            <th scope="col">{t('bulletin:cohort')}</th>
            {several && <th scope="col">{t('bulletin:asOf')}</th>}
            <th scope="col" className="n">
              {t('bulletin:value')}
            </th>
            <th scope="col" className="n">
              {t('bulletin:fraction')}
            </th>
            {several && <th scope="col">{t('bulletin:roleLabel')}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((f, i) => (
            <tr key={i}>
              <th scope="row">{f.name}</th>
              <td className="nb">{f.cohort === '' ? t('bulletin:all') : f.cohort}</td>
              {several && <td className="nb">{f.from === undefined ? '' : dates.moment(f.from.asOf)}</td>}
              <td className="n nb">
                <b>{f.shown}</b> {f.unit}
              </td>
              <td className="n nb">{f.fraction}</td>
              {several && <td className="nb">{f.from === undefined ? '' : t(`bulletin:role.${f.from.role}`)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
