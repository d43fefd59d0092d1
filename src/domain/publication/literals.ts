/** A number written into a text. */
export interface Literal {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** What it says, with 万, 亿 and the like multiplied out; a percentage stays as printed. */
  readonly value: number;
  readonly percent: boolean;
}

const month =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const hanDigits = '〇零一二三四五六七八九十百千两';
const han = `[${hanDigits}]`;

/** Words that count, and those that measure: what stands before them is a number. */
const counters = '(?:批|个|项|家|件|起|条|类|种|名|次|市|县|组|天|人)';
const measures = '元|吨|辆|户|处|台|套|份|座|所|艘|亩|米|公里|平方|小时';
const things = '(?:of|problem|source|batch|letter|case|task|measure|unit|enterprise|inspection|record|yuan|tonne)(?:s|es)?\\b';

const counted = new RegExp(`^\\s?(?:余|多|几)?[百千万亿]*(?:${counters}|${measures}|${things})`);
const countedInside = new RegExp(`[\\d${hanDigits}万亿]\\s?(?:余|多)?(?:${counters}|${measures}|${things})`);

/** Whether a number says how many or how much there is of something: by what is written with it, or right after it. */
export function countsSomething(text: string, after: string): boolean {
  return counted.test(after) || countedInside.test(text);
}

/**
 * What looks like a number and is none: dates and times, ordinals, numbers of documents and things, names of substances. What may be
 * of any length begins only where its run begins (the look-behinds), so that a long run is read once.
 */
const names: readonly RegExp[] = [
  /\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?/g,
  /\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日/g,
  /\d{1,2}(?:时|点)(?:\d{1,2}分)?|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?/g,
  new RegExp(`\\b\\d{1,2} ${month}\\b(?:,? \\d{4})?|\\b${month} \\d{1,2}\\b(?:, \\d{4})?|\\b${month} \\d{4}\\b`, 'g'),
  // A year, unless it is as many of something: 1914个, 2000元, 1914 problems.
  new RegExp(`\\b(?:19|20)\\d{2}\\b(?![\\d,.%％万亿])(?!\\s?(?:${counters}|${measures}|${things}))`, 'g'),
  new RegExp(`第(?:\\d+|${han}+)(?:[、至到—–-](?:第)?(?:\\d+|${han}+))*`, 'g'),
  /〔\d{4}〕\d*号?|(?<!\d)\d+号/g,
  /\b(?:batch|batches|No\.|article|section) \d+(?:(?:,| and| to|–|-) ?\d+)*/gi,
  /PM(?:2\.5|10)|(?<![A-Za-z])[A-Za-z]+-?\d[\d.-]*/g,
];

const digits = /\d[\d,]*(?:\.\d+)?(?:\s?(?:%|％|万亿|亿|万|千|百|percent|per cent|million|billion|thousand))?/g;
/**
 * A count in words, before a word that counts: 四批, 三项, 两万家. 一个 is an article more often than a number, and 万 or 亿 begin no
 * number: 万家寨 is a place.
 */
const words = new RegExp(
  `(?<![${hanDigits}万亿统同逐每各另某唯进])(?!一(?:个|种|次|类|批次))${han}[${hanDigits}万亿]*(?=${counters})`,
  'g',
);
const english = /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred)\b/gi;

const factors: Readonly<Record<string, number>> = {
  百: 100,
  千: 1000,
  万: 1e4,
  亿: 1e8,
  万亿: 1e12,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
};

/** Numbers written into a run of text, in reading order. */
export function literalsIn(run: string): Literal[] {
  // Full-width digits count like the others and are as long; a full-width comma separates clauses, not thousands.
  const text = run.replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const masked = names.reduce((t, name) => t.replace(name, (m) => '\u0001'.repeat(m.length)), text);
  const found: Literal[] = [];
  for (const m of masked.matchAll(digits)) {
    const whole = m[0].replace(/(?<!,),+$/, '');
    const value = Number(/^[\d,.]+/.exec(whole)?.[0].replace(/,/g, '') ?? Number.NaN);
    const suffix = whole.replace(/^[\d,.]+\s?/, '').toLowerCase();
    const percent = /^(%|％|per ?cent)$/.test(suffix);
    found.push({
      text: run.slice(m.index, m.index + whole.length),
      from: m.index,
      to: m.index + whole.length,
      value: value * (factors[suffix] ?? 1),
      percent,
    });
  }
  for (const pattern of [words, english]) {
    for (const m of masked.matchAll(pattern)) {
      found.push({ text: m[0], from: m.index, to: m.index + m[0].length, value: wordValue(m[0]), percent: false });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

const englishWords: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  twenty: 20,
  thirty: 30,
  hundred: 100,
};

/** What a count in words says; 万 and 亿 multiply what stands before them. */
function wordValue(text: string): number {
  return englishWords[text.toLowerCase()] ?? hanValue(text);
}

function hanValue(text: string): number {
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const c of text) {
    const unit = { 十: 10, 百: 100, 千: 1000 }[c];
    if (c === '亿' || c === '万') {
      // 三万亿 is thirty thousand times 亿; 一亿二千万 is 亿 and twenty million.
      const before = section + digit;
      total = c === '亿' ? (total + before) * 1e8 : total + before * 1e4;
      section = 0;
      digit = 0;
    } else if (unit === undefined) digit = c === '两' ? 2 : '一二三四五六七八九'.indexOf(c) + 1;
    else {
      section += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    }
  }
  return total + section + digit;
}
