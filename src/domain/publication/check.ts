import type { CampaignSettings, FigureDefinition } from '../campaign/settings.ts';
import type { Instant } from '../kernel/instant.ts';
import { codePointName, undrawable, type CanDraw, type Undrawable } from '../kernel/drawable.ts';
import { dateOf, parseInstant } from '../kernel/instant.ts';
import { isRefusal, type Refusal } from '../kernel/refusal.ts';
import { partsOf, tokensOf, type Block, type Location } from './document.ts';
import { literalsIn, type Literal } from './literals.ts';
import { printPercent, printReading, type Money, type Reading, type TextLang } from './reading.ts';
import { figureKey, parseToken, printToken, type FigureToken } from './token.ts';

/** What the check of a text found. Errors stop the release; warnings are shown and may stand. */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Null for what concerns the whole text. */
  readonly at: Location | null;
  readonly details: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

export interface CheckInput {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly lang: TextLang;
  /** Instant of the whole bulletin, as its tokens without one are read. */
  readonly asOf: string;
  /** What each figure says, by `figureKey`; or why it cannot be said. */
  readonly readings: ReadonlyMap<string, Reading | Refusal>;
  readonly figures: readonly FigureDefinition[];
  readonly settings: CampaignSettings;
  readonly money: Money;
  /** Figures offered for numbers that were typed. */
  readonly candidates: readonly Reading[];
  /** Other texts that are printed with it: names of the campaign, of its issuer, of cohorts, the reason of a correction. */
  readonly beside: readonly string[];
  /** Which characters the fonts of the files have. */
  readonly canDraw: CanDraw;
}

interface Quoted {
  readonly token: FigureToken;
  readonly at: Location;
  readonly reading: Reading;
}

/**
 * Checks the figures of a text against each other (数字核对): every number bound or marked as plain, rates with the counts they are
 * made of, parts with their totals, one figure with one value and one instant unless the text says the other.
 *
 * Pure: the readings are handed in, so the same text over the same records always has the same findings.
 */
export function checkText(input: CheckInput): Finding[] {
  const quoted: Quoted[] = [];
  const findings: Finding[] = [...titleNumbers(input), ...looseNumbers(input), ...withoutGlyphs(input)];
  for (const { token, at } of tokensOf(input.blocks)) {
    const reading = input.readings.get(figureKey(token));
    if (reading === undefined) throw new Error(`no reading for ${figureKey(token)}`);
    if (isRefusal(reading)) findings.push({ code: reading.code, severity: 'error', at, details: reading.details });
    else if ((token.show === 'percent' && reading.unit !== 'ratio') || (token.show === 'denominator' && reading.denominator === null)) {
      findings.push({ code: 'token.not-rate', severity: 'error', at, details: { figure: token.id, show: token.show } });
    } else quoted.push({ token, at, reading });
  }
  findings.push(...rates(input, quoted), ...parts(input, quoted), ...instants(input, quoted), ...versions(quoted));
  if (quoted.length === 0 && findings.every((f) => f.severity !== 'error')) {
    findings.push({ code: 'text.no-figures', severity: 'warning', at: null, details: {} });
  }
  return findings.sort((a, b) => order(a) - order(b));
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((f) => f.severity === 'error');
}

const order = (f: Finding) => (f.at === null ? -1 : ((f.at.block * 1000 + f.at.part) * 1000 + f.at.inline) * 10_000 + f.at.from);

function titleNumbers(input: CheckInput): Finding[] {
  return literalsIn(input.title).map((l) => ({ code: 'title.number', severity: 'error', at: null, details: { number: l.text } }));
}

/** Characters that no font of the files has: they would be boxes on paper, so each is named. */
function withoutGlyphs(input: CheckInput): Finding[] {
  const found =
    (code: string, at: Location | null, text: string) =>
    (stretch: Undrawable): Finding => ({
      code,
      severity: 'error',
      at: at === null ? null : { ...at, from: at.from + stretch.from, to: at.from + stretch.to },
      details: { characters: stretch.characters.join(''), codePoints: stretch.characters.map(codePointName), text: text.slice(0, 80) },
    });
  const inBody = input.blocks.flatMap((block, b) =>
    partsOf(block).flatMap((inlines, part) =>
      inlines.flatMap((run, inline) => {
        if (run.kind !== 'text' && run.kind !== 'plain') return [];
        const stretches = undrawable(run.text, input.canDraw);
        return stretches.map(found('text.undrawable', { block: b, part, inline, from: 0, to: 0 }, run.text));
      }),
    ),
  );
  const aside = (code: string, text: string) => undrawable(text, input.canDraw).map(found(code, null, text));
  const names = [...new Set(input.beside)].flatMap((text) => aside('names.undrawable', text));
  return [...aside('title.undrawable', input.title), ...names, ...inBody];
}

/** Numbers typed into the text, and tokens that cannot be read. */
function looseNumbers(input: CheckInput): Finding[] {
  return input.blocks.flatMap((block, b) =>
    partsOf(block).flatMap((inlines, part) =>
      inlines.flatMap((run, inline): Finding[] => {
        const place = { block: b, part, inline };
        if (run.kind === 'broken') {
          const why = parseToken(run.raw);
          const refusal = isRefusal(why) ? why : { code: 'token.malformed', details: { token: run.raw } };
          return [{ code: refusal.code, severity: 'error', at: { ...place, from: 0, to: 1 }, details: refusal.details }];
        }
        if (run.kind !== 'text') return [];
        return literalsIn(run.text).map((l) => {
          const suggest = suggestion(l, input);
          const details = { number: l.text, ...(suggest === undefined ? {} : { suggest }) };
          return { code: 'number.loose', severity: 'error', at: { ...place, from: l.from, to: l.to }, details };
        });
      }),
    ),
  );
}

/** The token that says what was typed, if one of the offered figures does. */
function suggestion(literal: Literal, input: CheckInput): string | undefined {
  const found = input.candidates.find((c) => {
    if (literal.percent) return c.unit === 'ratio' && printPercent(c.numerator, c.denominator) === `${literal.value.toFixed(2)}%`;
    if (c.unit === 'ratio') return false;
    return c.unit === 'fen' ? c.numerator === Math.round(literal.value * 10 ** input.money.digits) : c.numerator === literal.value;
  });
  if (found === undefined) return undefined;
  const filter = Object.fromEntries(Object.entries(found.filter).map(([k, v]) => [k, Array.isArray(v) ? v.join(',') : String(v)]));
  return printToken({ id: found.id, version: found.version, filter, asOf: found.asOf === input.asOf ? null : found.asOf, show: 'value' });
}

/** Counts quoted in the same block as a rate must be those the rate is made of. */
function rates(input: CheckInput, quoted: readonly Quoted[]): Finding[] {
  const out: Finding[] = [];
  for (const rate of quoted) {
    const definition = input.figures.find((f) => f.id === rate.reading.id && f.version === rate.reading.version);
    if (definition?.ratio === undefined || rate.token.show === 'numerator' || rate.token.show === 'denominator') continue;
    const near = quoted.filter((q) => q.at.block === rate.at.block && q !== rate);
    for (const [side, terms, expected] of [
      ['numerator', definition.ratio.numerator, rate.reading.numerator],
      ['denominator', definition.ratio.denominator, rate.reading.denominator],
    ] as const) {
      // A numerator from which something is taken away has no count of its own to be compared with.
      if (terms.length !== 1) continue;
      const ids = input.figures.filter((f) => f.count?.fact === terms[0]?.fact).map((f) => f.id);
      const counts = near.filter((q) => ids.includes(q.reading.id) && q.token.show !== 'denominator');
      if (counts.length === 0 || counts.some((q) => q.reading.numerator === expected)) continue;
      out.push({
        code: `rate.${side}`,
        severity: 'error',
        at: rate.at,
        details: {
          rate: printReading(rate.reading, rate.token.show, input.money, input.lang),
          expected: expected ?? 0,
          quoted: counts.map((q) => printReading(q.reading, q.token.show, input.money, input.lang)),
        },
      });
    }
  }
  return out;
}

const partKeys = ['measure', 'type', 'aspect', 'city', 'batches'] as const;
/** Words that say the parts are not all of them. */
const among = /其中|包括|等|including|among|such as|of which|of whom/i;

/** Parts of one total by one key must add up to it. */
function parts(input: CheckInput, quoted: readonly Quoted[]): Finding[] {
  const sums = quoted.filter((q) => q.reading.unit !== 'ratio' && q.token.show !== 'denominator');
  const out: Finding[] = [];
  const seen = new Set<string>();
  for (const total of sums) {
    for (const key of partKeys) {
      const { [key]: own, ...rest } = total.token.filter;
      if (own !== undefined && key !== 'batches') continue;
      const name = `${total.reading.id} ${total.reading.asOf} ${JSON.stringify(rest)} ${own ?? ''} ${key}`;
      if (seen.has(name)) continue;
      seen.add(name);
      const members = distinct(sums.filter((q) => isPart(total, q, key)));
      if (members.length < 2 || overlapping(members, key)) continue;
      const sum = members.reduce((n, q) => n + q.reading.numerator, 0);
      const whole = total.reading.numerator;
      if (sum === whole) continue;
      const complete = sum > whole || covers(input, members, key, own);
      const said = input.blocks.some((b, i) => members.some((q) => q.at.block === i) && among.test(textOf(b)));
      if (!complete && said) continue;
      const details = { total: whole, sum, figure: total.reading.id, by: key };
      out.push({ code: complete ? 'parts.sum' : 'parts.incomplete', severity: complete ? 'error' : 'warning', at: total.at, details });
    }
  }
  return out;
}

function isPart(total: Quoted, q: Quoted, key: (typeof partKeys)[number]): boolean {
  const { [key]: part, ...rest } = q.token.filter;
  const { [key]: whole, ...base } = total.token.filter;
  if (q.reading.id !== total.reading.id || q.reading.asOf !== total.reading.asOf || part === undefined || part === whole) return false;
  if (JSON.stringify(Object.entries(rest).sort()) !== JSON.stringify(Object.entries(base).sort())) return false;
  return whole === undefined || part.split(',').every((b) => whole.split(',').includes(b));
}

function distinct(list: readonly Quoted[]): Quoted[] {
  return [...new Map(list.map((q) => [figureKey(q.token), q])).values()];
}

function overlapping(list: readonly Quoted[], key: (typeof partKeys)[number]): boolean {
  const all = list.flatMap((q) => (q.token.filter[key] as string).split(','));
  return new Set(all).size < all.length;
}

/** Whether parts name every value of the classification they divide by. */
function covers(input: CheckInput, list: readonly Quoted[], key: (typeof partKeys)[number], whole: string | undefined): boolean {
  const named = new Set(list.flatMap((q) => (q.token.filter[key] as string).split(',')));
  const all: Readonly<Record<string, readonly string[]>> = {
    measure: input.settings.measures.map((m) => m.code),
    type: input.settings.types.map((t) => t.code),
    aspect: input.settings.aspects.map((a) => a.code),
    city: input.settings.places.filter((p) => p.code % 100 === 0 && p.code % 10_000 !== 0).map((p) => String(p.code)),
    batches: whole?.split(',') ?? [],
  };
  const wanted = all[key] ?? [];
  return wanted.length > 0 && wanted.every((code) => named.has(code));
}

/** A figure of another instant than the bulletin's must stand beside the day it is of. */
function instants(input: CheckInput, quoted: readonly Quoted[]): Finding[] {
  const own = parseInstant(input.asOf);
  return quoted.flatMap((q): Finding[] => {
    const at = parseInstant(q.reading.asOf);
    if (at === own || at === undefined) return [];
    const block = input.blocks[q.at.block];
    if (block !== undefined && saysDay(textOf(block), at, input.settings.utcOffsetMinutes)) return [];
    const twice = quoted.some((o) => o.reading.id === q.reading.id && parseInstant(o.reading.asOf) !== at && sameCohort(o, q));
    return [
      { code: twice ? 'asof.two' : 'asof.unsaid', severity: 'error', at: q.at, details: { figure: q.reading.id, asOf: q.reading.asOf } },
    ];
  });
}

function sameCohort(a: Quoted, b: Quoted): boolean {
  return JSON.stringify(a.token.filter) === JSON.stringify(b.token.filter);
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function saysDay(text: string, at: Instant, offset: number): boolean {
  const date = dateOf(at, offset);
  const [, m, d] = date.split('-').map(Number) as [number, number, number];
  const name = months[m - 1] as string;
  return (
    text.includes(date) ||
    new RegExp(`(?<!\\d)${m}月${d}日`).test(text) ||
    new RegExp(`(?<!\\d)${d} ${name}[a-z]*\\b|\\b${name}[a-z]* ${d}(?!\\d)`).test(text)
  );
}

/** One figure under two definitions cannot be compared. */
function versions(quoted: readonly Quoted[]): Finding[] {
  const first = new Map<string, number>();
  return quoted.flatMap((q): Finding[] => {
    const version = first.get(q.reading.id) ?? q.reading.version;
    first.set(q.reading.id, version);
    if (version === q.reading.version) return [];
    return [
      {
        code: 'figure.two-versions',
        severity: 'error',
        at: q.at,
        details: { figure: q.reading.id, versions: [String(version), String(q.reading.version)] },
      },
    ];
  });
}

function textOf(block: Block): string {
  return partsOf(block)
    .flatMap((inlines) => inlines.map((run) => (run.kind === 'text' || run.kind === 'plain' ? run.text : ' ')))
    .join('');
}
