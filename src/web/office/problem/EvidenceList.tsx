import type { ItemPage } from '../../../contract/items.ts';
import { useDates } from '../../ui/campaign.ts';
import { formatCount, shortHash } from '../../ui/format.ts';
import { useWords } from '../../ui/words.ts';

/** Evidence by its metadata and fingerprint; the files themselves are kept elsewhere. */
export function EvidenceList({ page }: { readonly page: ItemPage }) {
  const { t } = useWords();
  const dates = useDates();
  if (page.item.kind !== 'problem') return null;
  return (
    <section className="sec">
      <div className="hd">
        <h2>{t('problem:evidence.title')}</h2>
        <span className="c3 sm">{t('problem:evidence.count', { count: page.evidence.length })}</span>
      </div>
      {page.evidence.length === 0 ? (
        <p className="c2">{t('problem:evidence.none')}</p>
      ) : (
        <div className="wide" tabIndex={0}>
          <table>
            <caption className="sk">{t('problem:evidence.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('problem:evidence.act')}</th>
                <th scope="col">{t('problem:evidence.file')}</th>
                <th scope="col">{t('problem:evidence.taken')}</th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {page.evidence.map((e, i) => (
                <tr key={`${e.sha256}${i}`}>
                  <td className="nb">{t(`acts:${e.actKind}`, { defaultValue: e.actKind })}</td>
                  <td>
                    <span className="c2">{t(`problem:evidence.kind.${e.kind}`)}</span>　{e.name}
                    {e.bytes !== undefined && <span className="c3 sm nb">　{formatCount(Math.ceil(e.bytes / 1024))} KB</span>}
                  </td>
                  <td className="nb">{Number.isNaN(Date.parse(e.takenAt)) ? e.takenAt : dates.dayTime(e.takenAt)}</td>
                  <td>
                    <code className="mono" title={e.sha256}>
                      {shortHash(e.sha256)}
                    </code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="cap">{t('problem:evidence.caption')}</p>
    </section>
  );
}
