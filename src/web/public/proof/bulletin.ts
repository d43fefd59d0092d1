import { publicPaths, type PublicLang, type PublicWhere } from '../../../contract/paths/public.ts';
import type { FrozenFigure } from '../../../domain/publication/acts.ts';
import { printCount, printReading, type Money } from '../../../domain/publication/reading.ts';
import { sha256Hex } from './crypto.ts';
import { checkEntry, type Signed } from './entry.ts';
import { checkLog } from './log.ts';
import { readNumbers } from './records.ts';
import { Bad, type Report } from './report.ts';

type Claim = Readonly<Record<string, string | undefined>>;

/** Checks a bulletin page: log, release, the text against the frozen file, every figure against the release, every public list. */
export async function checkBulletinPage(report: Report, claim: Claim): Promise<void> {
  const where: PublicWhere = { lang: 'zh', slug: claim.proofCampaign ?? '', asOf: null };
  const no = claim.proofBulletin ?? '';
  const seen = await checkLog(report, where);
  const signed = seen === undefined ? undefined : await checkEntry(report, where, seen, no);
  if (signed === undefined) return;
  const frozen = await checkText(report, where, no, signed);
  // A page that says something else than what was released has nothing more to be checked.
  if (frozen === undefined) return;
  const money: Money = { currency: claim.proofCurrency ?? '', digits: Number(claim.proofDigits ?? 2) };
  await checkFigures(report, frozen, signed, money, claim.proofLang === 'en' ? 'en' : 'zh');
  await checkLists(
    report,
    where,
    signed,
    (claim.proofListed ?? '').split(',').filter((x) => x !== ''),
  );
}

const textOf = (e: Element | null) => (e?.textContent ?? '').replace(/\s+/g, '');

/** The frozen page by its hash, and this page word for word against it. */
function checkText(report: Report, where: PublicWhere, no: string, signed: Signed): Promise<Document | undefined> {
  const w = report.words.text;
  return report.step(w.name, async () => {
    const r = await fetch(publicPaths.bulletinFile(where, Number(no), 'html'), { credentials: 'omit', cache: 'no-store' });
    const bytes = new Uint8Array(await r.arrayBuffer());
    if (!r.ok || sha256Hex(bytes) !== signed.artefacts.find((a) => a.format === 'html')?.sha256) throw new Bad(w.hash);
    const value = new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'text/html');
    const shown = document.getElementById('frozen');
    const copy = value.querySelector('article')?.cloneNode(true) as Element | null;
    const title = copy?.querySelector('h1') ?? null;
    if (textOf(title) !== textOf(document.querySelector('h1'))) throw new Bad(w.differs);
    title?.remove();
    copy?.querySelector('p.notice')?.remove();
    if (copy === null || textOf(copy) !== textOf(shown)) throw new Bad(w.differs);
    return { text: w.good, value };
  });
}

/** Every number that the frozen text binds to a figure says what was signed of it. */
function checkFigures(report: Report, frozen: Document, signed: Signed, money: Money, lang: PublicLang): Promise<number | undefined> {
  const w = report.words.figures;
  const forms = (f: FrozenFigure) =>
    (['value', 'numerator', 'denominator', 'percent'] as const).map((show) => printReading(f, show, money, lang));
  return report.step(w.name, () => {
    for (const link of frozen.querySelectorAll('a[href^="#f"]')) {
      const f = signed.figures[Number(link.getAttribute('href')?.slice(2)) - 1];
      const shown = link.textContent;
      if (f === undefined || !forms(f).includes(shown)) throw new Bad(w.bad(shown, f === undefined ? '—' : (forms(f)[0] ?? '')));
    }
    for (const [i, f] of signed.figures.entries()) {
      const shown = frozen.querySelector(`#f${i + 1} td.n a`)?.textContent ?? '';
      if (shown !== forms(f)[0]) throw new Bad(w.bad(shown, forms(f)[0] ?? ''));
    }
    return { text: w.good(signed.figures.length), value: signed.figures.length };
  });
}

/** The public list of each figure that has one, counted. */
function checkLists(report: Report, where: PublicWhere, signed: Signed, listed: readonly string[]): Promise<number | undefined> {
  const w = report.words;
  return report.step(w.lists.name, async () => {
    let rows = 0;
    let figures = 0;
    for (const n of listed) {
      const f = signed.figures[Number(n) - 1];
      if (f === undefined || f.unit === 'fen') continue;
      figures++;
      for (const part of ['numerator', 'denominator'] as const) {
        const expected = f[part];
        if (expected === null) continue;
        const at = { ...where, asOf: f.asOf };
        const found = await readNumbers(at, f.id, f.filter, part, (m) => report.progress(w.records.reading(printCount(rows + m))));
        if (found.length !== expected) throw new Bad(w.lists.bad(f.id, printCount(found.length), printCount(expected)));
        if (new Set(found).size !== found.length) throw new Bad(w.records.twice);
        rows += found.length;
      }
    }
    return figures === 0
      ? { text: w.records.none, state: 'not', value: 0 }
      : { text: w.lists.good(figures, printCount(rows)), value: rows };
  });
}
