/**
 * How many times longer a parser takes a character of eight times the input: 1 where time grows with the input, 8 where it grows with
 * its square. The least of several tries, more of them while it looks like much, so that what else the machine does is left out;
 * inputs grow until there is something to measure.
 */
export function growth(parse: (text: string) => unknown, make: (n: number) => string): number {
  let n = 2_000;
  let short = fastest(parse, make(n));
  while (short < 1 && n < 250_000) short = fastest(parse, make((n *= 2)));
  const text = make(8 * n);
  let long = Infinity;
  const ratio = () => long / Math.max(short, 0.2) / 8;
  for (let round = 0; round < 12 && ratio() > 2.5; round++) long = Math.min(long, fastest(parse, text));
  return ratio();
}

function fastest(parse: (text: string) => unknown, text: string): number {
  let best = Infinity;
  for (let i = 0; i < 4; i++) {
    const began = performance.now();
    parse(text);
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/** Inputs that make a careless parser look at the same characters again and again. */
export const repeated: readonly [string, (n: number) => string][] = [
  ...['{{', '{{=', '}}', '\\', '|', '1', '1,', 'a', '第', '第1、', '一', '一万', ' ', '\n', '〔', '-', 'a-', '\u0301', '{{a@1 '].map(
    (unit): [string, (n: number) => string] => [JSON.stringify(unit), (n) => unit.repeat(Math.ceil(n / unit.length))],
  ),
  ['a gap of spaces', (n) => `甲${' '.repeat(n)}乙`],
  ['a gap of commas', (n) => `1${','.repeat(n)}1`],
  ['a token that does not end', (n) => `{{a@1${' '.repeat(n)}!}}`],
];
