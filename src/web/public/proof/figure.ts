import type { PublicWhere } from '../../../contract/paths/public.ts';
import { printCount, printPercent } from '../../../domain/publication/reading.ts';
import { definitionHash } from '../../../../verifier/clearzero-verify.mjs';
import { isOfAddress } from './address.ts';
import { inByteOrder } from './byte-order.ts';
import { crypto, sha256Hex, utf8 } from './crypto.ts';
import { checkEntry, figureIn } from './entry.ts';
import { checkLog } from './log.ts';
import { readNumbers } from './records.ts';
import { Bad, type Report } from './report.ts';

type Claim = Readonly<Record<string, string | undefined>>;

/** Checks a figure page: log, release when a bulletin froze it, definition, number, records. */
export async function checkFigurePage(report: Report, claim: Claim): Promise<void> {
  const w = report.words;
  const where: PublicWhere = { lang: 'zh', slug: claim.proofCampaign ?? '', asOf: claim.proofAsOf ?? '' };
  const id = claim.proofFigure ?? '';
  const filter = JSON.parse(claim.proofFilter ?? '{}') as Record<string, unknown>;
  const page = {
    numerator: Number(claim.proofNumerator),
    denominator: claim.proofDenominator === '' || claim.proofDenominator === undefined ? null : Number(claim.proofDenominator),
  };
  const bulletin = claim.proofBulletin ?? '';
  const seen = await checkLog(report, where);
  const signed = seen === undefined || bulletin === '' ? undefined : await checkEntry(report, where, seen, bulletin);
  if (bulletin === '') await report.step(w.entry.name, () => ({ text: w.entry.none, state: 'not', value: undefined }));
  const frozen = signed && figureIn(signed, { id, version: Number(claim.proofVersion), filter, asOf: claim.proofAsOf ?? '' });

  await report.step(w.definition.name, () => {
    const hash = definitionHash(crypto, JSON.parse(document.getElementById('proof-definition')?.textContent ?? ''));
    if (hash !== claim.proofDefinitionHash) throw new Bad(w.definition.bad);
    if (frozen !== undefined && frozen.definitionHash !== hash) throw new Bad(w.definition.act);
    return { text: w.definition.good, value: hash };
  });

  const said = (x: { numerator: number; denominator: number | null }) =>
    x.denominator === null ? printCount(x.numerator) : `${printCount(x.numerator)}／${printCount(x.denominator)}`;
  await report.step(w.number.name, () => {
    if (!isOfAddress(location, id, filter)) throw new Bad(w.number.other);
    if (signed !== undefined && frozen === undefined) throw new Bad(w.number.missing);
    if (frozen !== undefined && (frozen.numerator !== page.numerator || frozen.denominator !== page.denominator))
      throw new Bad(w.number.act(said(page), said(frozen)));
    const shown = document.getElementById('proof-value')?.textContent.trim() ?? '';
    const expected =
      claim.proofUnit === 'ratio' ? printPercent(page.numerator, page.denominator).replace('%', '') : printCount(page.numerator);
    // Money is shown in larger units; its exact value is compared above.
    if (claim.proofUnit !== 'fen' && shown.split(/\s/)[0] !== expected) throw new Bad(w.number.shown(shown, expected));
    const root = document.getElementById('proof-root')?.textContent.trim();
    if (frozen !== undefined && root !== frozen.recordsRoot) throw new Bad(w.number.root);
    return { text: frozen === undefined ? w.number.alone(said(page)) : w.number.good(said(page)), value: page };
  });

  await report.step(w.records.name, async () => {
    const root = claim.proofRecordsRoot ?? '';
    if (root === '') return { text: w.records.none, state: 'not', value: 0 };
    const numbers = await readNumbers(where, id, filter, 'numerator', (n) => report.progress(w.records.reading(printCount(n))));
    const expected = claim.proofUnit === 'fen' ? Number(claim.proofCount) : (frozen ?? page).numerator;
    if (numbers.length !== expected) throw new Bad(w.records.count(printCount(numbers.length), printCount(expected)));
    if (new Set(numbers).size !== numbers.length) throw new Bad(w.records.twice);
    if (
      sha256Hex(
        utf8(
          inByteOrder(numbers)
            .map((no) => `${no}\n`)
            .join(''),
        ),
      ) !== root
    )
      throw new Bad(w.records.root);
    return { text: w.records.good(printCount(numbers.length)), value: numbers.length };
  });
}
