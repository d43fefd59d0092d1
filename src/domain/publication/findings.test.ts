import { describe, expect, test } from 'vitest';
import { fewSettings } from '../../../test/generators/settings.ts';
import { dictionary } from '../clearance/dictionary.ts';
import { refuse, type Refusal } from '../kernel/refusal.ts';
import { checkText, hasErrors, type CheckInput, type Finding } from './check.ts';
import { parseBody, tokensOf } from './document.ts';
import type { Reading } from './reading.ts';
import { figureKey, parseToken, type FigureToken } from './token.ts';

const asOf = '2019-08-05T18:00:00+08:00';
type Value = number | readonly [number, number | null] | Refusal;

/** A reading of a token: a count, or the two sides of a rate. */
function readingOf(token: FigureToken, value: Exclude<Value, Refusal>): Reading {
  const [numerator, denominator] = typeof value === 'number' ? [value, null] : value;
  const unit = dictionary.find((d) => d.id === token.id)?.unit ?? 'problem';
  const filter = Object.fromEntries(Object.entries(token.filter).map(([k, v]) => [k, k === 'batches' ? v.split(',').map(Number) : v]));
  return { id: token.id, version: token.version, filter, asOf: token.asOf ?? asOf, numerator, denominator, value: null, unit };
}
const isValue = (value: Value): value is Exclude<Value, Refusal> => typeof value === 'number' || Array.isArray(value);

/** Checks a body whose figures say what is given by the text of their tokens, without the side that is shown; others say 0. */
function check(body: string, values: Readonly<Record<string, Value>> = {}, more: Partial<CheckInput> = {}): Finding[] {
  const blocks = parseBody(body);
  const readings = new Map(
    tokensOf(blocks).map(({ token }) => {
      const key = figureKey(token);
      const value = values[key.slice(2, -2)] ?? 0;
      return [key, isValue(value) ? readingOf(token, value) : value] as const;
    }),
  );
  return checkText({
    title: '进展',
    blocks,
    lang: 'zh',
    asOf,
    readings,
    figures: dictionary,
    settings: fewSettings(),
    money: { currency: 'CNY', digits: 2 },
    candidates: [],
    beside: [],
    canDraw: () => true,
    ...more,
  });
}
const codes = (...args: Parameters<typeof check>) => check(...args).map((f) => f.code);
const ok = '{{problems.found@1}}';
const at = (block: number, part: number, inline: number, from = 0, to = 1) => ({ block, part, inline, from, to });

describe('what the check says of a single place', () => {
  test('a token that cannot be read, by its own reason', () => {
    expect(check(`甲{{x@1 show=all}}${ok}\n\n- 乙\n- {{clearance.rate}}`)).toEqual([
      {
        code: 'token.show-unknown',
        severity: 'error',
        at: at(0, 0, 1),
        details: { show: 'all', known: ['value', 'numerator', 'denominator', 'percent'] },
      },
      { code: 'token.malformed', severity: 'error', at: at(1, 1, 0), details: { token: 'clearance.rate' } },
    ]);
  });

  test('a figure that cannot be said, by the reason it was given', () => {
    const unknown = refuse('figure.unknown', { figure: 'x', known: ['y'] });
    expect(check(`甲{{x@1}}`, { 'x@1': unknown })).toEqual([
      { code: 'figure.unknown', severity: 'error', at: at(0, 0, 1), details: { figure: 'x', known: ['y'] } },
    ]);
    expect(() => check('{{x@1}}', {}, { readings: new Map() })).toThrow('no reading for {{x@1}}');
  });

  test('a side that a figure does not have', () => {
    expect(check('{{problems.found@1 show=percent}}和{{problems.found@1 show=denominator}}')).toEqual([
      { code: 'token.not-rate', severity: 'error', at: at(0, 0, 0), details: { figure: 'problems.found', show: 'percent' } },
      { code: 'token.not-rate', severity: 'error', at: at(0, 0, 2), details: { figure: 'problems.found', show: 'denominator' } },
    ]);
    expect(codes('{{clearance.rate@1 show=percent}}', { 'clearance.rate@1': [1, 2] })).toEqual([]);
  });

  test('a number that is typed, where it stands, and one in the title, in that order', () => {
    expect(check(`一\n\n| 甲 | 共12个和34件 |${ok}`, {}, { title: '7个问题' })).toEqual([
      { code: 'title.number', severity: 'error', at: null, details: { number: '7' } },
      { code: 'number.loose', severity: 'error', at: at(1, 1, 0, 1, 3), details: { number: '12' } },
      { code: 'number.loose', severity: 'error', at: at(1, 1, 0, 5, 7), details: { number: '34' } },
    ]);
  });

  test('in the order of reading, whatever was found first', () => {
    const found = check(`{{x}}甲9\n\n- 乙\n- 8丙{{y}}\n\n7\n\n${ok}`).map((f) => f.details.number ?? f.details.token);
    expect(found).toEqual(['x', '9', '8', 'y', '7']);
    const none = '{{problems.found@1 show=percent}}';
    expect(codes(`${none}甲9`)).toEqual(['token.not-rate', 'number.loose']);
    expect(codes(`8\n\n- 9\n- ${none}\n- 7\n\n${none}`)).toEqual([
      'number.loose',
      'number.loose',
      'token.not-rate',
      'number.loose',
      'token.not-rate',
    ]);
    expect(codes(`| 甲${none}乙1 | 2${none} |`, {}, { title: '3个' })).toEqual([
      'title.number',
      'token.not-rate',
      'number.loose',
      'number.loose',
      'token.not-rate',
    ]);
  });

  test('a character without a glyph, with the beginning of its text only', () => {
    const long = `${'甲'.repeat(90)}乙`;
    const [finding] = check(`${long}${ok}`, {}, { canDraw: (n) => n !== 0x4e59 });
    expect(finding).toEqual({
      code: 'text.undrawable',
      severity: 'error',
      at: at(0, 0, 0, 90, 91),
      details: { characters: '乙', codePoints: ['U+4E59'], text: '甲'.repeat(80) },
    });
  });

  test('a text without figures is worth a warning, unless something worse is wrong with it', () => {
    expect(check('正文')).toEqual([{ code: 'text.no-figures', severity: 'warning', at: null, details: {} }]);
    expect(codes('正文5个')).toEqual(['number.loose']);
    expect(codes(ok)).toEqual([]);
    expect([hasErrors(check('正文')), hasErrors(check('正文5个')), hasErrors([])]).toEqual([false, true, false]);
    expect(hasErrors([...check('正文'), ...check('5个')])).toBe(true);
  });
});

describe('what is offered for a number that was typed', () => {
  const offered = (body: string, token: string, value: Exclude<Value, Refusal>) => {
    const candidates = [readingOf(parseToken(token) as FigureToken, value)];
    return check(`${body}${ok}`, {}, { candidates }).find((f) => f.code === 'number.loose')?.details;
  };

  test('is the figure that says it, with its filter, and with its instant where that is another one', () => {
    expect(offered('共1,914个', 'problems.supervised@1 batches=1,2,3', 1914)).toEqual({
      number: '1,914',
      suggest: '{{problems.supervised@1 batches=1,2,3}}',
    });
    expect(offered('共363个', 'problems.supervised@1 city=140100 asOf=2019-07-07T18:00:00+08:00', 363)?.suggest).toBe(
      '{{problems.supervised@1 city=140100 asOf=2019-07-07T18:00:00+08:00}}',
    );
    expect(offered('共2508个', 'problems.supervised@1', 2507)).toEqual({ number: '2508' });
  });

  test('is a rate for its percentage to two decimals, and never for one of its sides', () => {
    expect(offered('清零率65.73%', 'clearance.rate@1', [1258, 1914])?.suggest).toBe('{{clearance.rate@1}}');
    expect(offered('清零率65.7%', 'clearance.rate@1', [1258, 1914])?.suggest).toBeUndefined();
    expect(offered('完成1258个', 'clearance.rate@1', [1258, 1914])?.suggest).toBeUndefined();
    expect(offered('占50%', 'problems.supervised@1', [1, 2])?.suggest).toBeUndefined();
  });

  test('is money for the sum in yuan, as it is kept in fen', () => {
    expect(offered('罚款3,555万元', 'fines.total@1', 3_555_000_000)?.suggest).toBe('{{fines.total@1}}');
    expect(offered('罚款3555000000元', 'fines.total@1', 3_555_000_000)?.suggest).toBeUndefined();
  });
});

describe('a rate and the counts beside it', () => {
  const values = {
    'clearance.rate@1': [3, 7] as const,
    'clearance.net@1': [2, 7] as const,
    'problems.rectified@1': 3,
    'problems.supervised@1': 7,
    'problems.supervised@1 batches=1': 5,
  };

  test('are told apart with what was expected and what stands there', () => {
    expect(check('{{problems.supervised@1 batches=1}}个，{{clearance.rate@1}}', values)).toEqual([
      { code: 'rate.denominator', severity: 'error', at: at(0, 0, 2), details: { rate: '42.86%', expected: 7, quoted: ['5'] } },
    ]);
    expect(check('{{problems.rectified@1}}个，{{clearance.rate@1}}', { ...values, 'problems.rectified@1': 4 })).toEqual([
      { code: 'rate.numerator', severity: 'error', at: at(0, 0, 2), details: { rate: '42.86%', expected: 3, quoted: ['4'] } },
    ]);
  });

  test('agree where one of the counts is the right one', () => {
    const both = '{{problems.supervised@1}}个中{{problems.supervised@1 batches=1}}个，{{clearance.rate@1}}';
    expect(codes(both, values).filter((c) => c.startsWith('rate'))).toEqual([]);
  });

  test('are compared in one block only, and only where the percentage itself is shown', () => {
    expect(codes('{{problems.supervised@1 batches=1}}个\n\n{{clearance.rate@1}}', values)).toEqual([]);
    for (const show of ['numerator', 'denominator']) {
      expect(codes(`{{problems.supervised@1 batches=1}}个，{{clearance.rate@1 show=${show}}}`, values)).toEqual([]);
    }
    expect(codes('{{problems.supervised@1 batches=1}}个，{{clearance.rate@1 show=percent}}', values)).toEqual(['rate.denominator']);
  });

  test('of a rate from which something is taken away are compared by the denominator alone', () => {
    expect(codes('{{problems.rectified@1}}个，{{clearance.net@1}}', values)).toEqual([]);
    expect(codes('{{problems.supervised@1 batches=1}}个，{{clearance.net@1}}', values)).toEqual(['rate.denominator']);
  });
});

describe('parts and their total', () => {
  const city = (code: number) => `problems.supervised@1 city=${code}`;
  const total = 'problems.supervised@1';
  const body = (list: readonly string[], word = '') => `共{{${total}}}个${word}：${list.map((t) => `{{${t}}}`).join('、')}`;
  const cities = [city(140_100), city(140_200)];

  test('of every city of the campaign must add up, whatever the text says', () => {
    const values = { [total]: 9, [city(140_100)]: 4, [city(140_200)]: 3 };
    const finding = {
      code: 'parts.sum',
      severity: 'error',
      at: at(0, 0, 1),
      details: { total: 9, sum: 7, figure: 'problems.supervised', by: 'city' },
    };
    expect(check(body(cities), values)).toEqual([finding]);
    expect(check(body(cities, '，其中'), values)).toEqual([finding]);
    expect(check(body(cities), { ...values, [total]: 7 })).toEqual([]);
  });

  test('of every batch of the total must add up, of every type and aspect too', () => {
    const whole = 'problems.supervised@1 batches=1,2';
    const batch = (n: number) => `problems.supervised@1 batches=${n}`;
    const text = `{{${whole}}}：{{${batch(1)}}}、{{${batch(2)}}}`;
    expect(check(text, { [whole]: 9, [batch(1)]: 4, [batch(2)]: 3 })).toMatchObject([{ code: 'parts.sum', details: { by: 'batches' } }]);
    expect(check(text, { [whole]: 7, [batch(1)]: 4, [batch(2)]: 3 })).toEqual([]);
    for (const key of ['type', 'aspect'] as const) {
      const list = (key === 'type' ? fewSettings().types : fewSettings().aspects).map((c) => `problems.supervised@1 ${key}=${c.code}`);
      const ones = Object.fromEntries(list.map((t) => [t, 1]));
      expect(check(body(list), { [total]: 12, ...ones })).toMatchObject([{ code: 'parts.sum', details: { sum: 11, by: key } }]);
      expect(check(body(list.slice(1)), { [total]: 12, ...ones })).toMatchObject([{ code: 'parts.incomplete', severity: 'warning' }]);
    }
  });

  test('that are more than their total are wrong even if they are some of them', () => {
    const two = ['boilers', 'other'].map((t) => `problems.supervised@1 type=${t}`);
    const values = { [total]: 5, [two[0] as string]: 3, [two[1] as string]: 3 };
    expect(check(body(two, '，其中'), values)).toMatchObject([{ code: 'parts.sum', severity: 'error', details: { total: 5, sum: 6 } }]);
    expect(check(body(two), { ...values, [total]: 6 })).toEqual([]);
  });

  test('that are some are worth a warning, unless the block that has them says so', () => {
    const two = ['boilers', 'other'].map((t) => `problems.supervised@1 type=${t}`);
    const values = { [total]: 9, [two[0] as string]: 3, [two[1] as string]: 3 };
    expect(check(body(two), values)).toEqual([
      {
        code: 'parts.incomplete',
        severity: 'warning',
        at: at(0, 0, 1),
        details: { total: 9, sum: 6, figure: 'problems.supervised', by: 'type' },
      },
    ]);
    for (const word of ['其中', '包括', '等', 'including', 'Among', 'such as', 'of which', 'of whom'])
      expect(codes(body(two, word), values)).toEqual([]);
    expect(codes(body(two, '{{=其中}}'), values)).toEqual([]);
    expect(codes(`其中\n\n${body(two)}`, values)).toEqual(['parts.incomplete']);
  });

  test('are of one figure, one instant and one filter beside the part, each once and apart from each other', () => {
    const july = 'asOf=2019-07-28T18:00:00+08:00';
    const wrong = { [total]: 99 };
    const said = '，7月28日';
    for (const list of [
      ['problems.found@1 city=140100', 'problems.found@1 city=140200'],
      [`${city(140_100)} ${july}`, `${city(140_200)} ${july}`],
      [`${city(140_100)} type=other`, `${city(140_200)} type=boilers`],
      [city(140_100), city(140_100)],
    ])
      expect([list, codes(body(list, said), wrong)]).toEqual([list, []]);
    const overlapping = ['problems.supervised@1 batches=1,2', 'problems.supervised@1 batches=2,3'];
    expect(codes(body(overlapping), wrong)).toEqual([]);
    const beyond = ['problems.supervised@1 batches=1', 'problems.supervised@1 batches=3'];
    expect(
      codes(`{{problems.supervised@1 batches=1,2}}：${beyond.map((t) => `{{${t}}}`).join()}`, { 'problems.supervised@1 batches=1,2': 9 }),
    ).toEqual([]);
  });

  test('of a list of batches lie in it whole, number by number', () => {
    const of = (whole: string, ...list: readonly string[]) => {
      const batches = (text: string) => `problems.supervised@1 batches=${text}`;
      return codes(`{{${batches(whole)}}}：${list.map((t) => `{{${batches(t)}}}`).join('、')}`, { [batches(whole)]: 9 });
    };
    expect(of('1,2', '1,3', '2,4')).toEqual([]);
    expect(of('1,12', '1', '2')).toEqual([]);
    expect(of('1,2,3', '1', '2')).toEqual(['parts.incomplete']);
  });

  test('may be said to be some in any block that has one of them', () => {
    const [one, two] = ['boilers', 'other'].map((t) => `{{problems.supervised@1 type=${t}}}`) as [string, string];
    expect(codes(`共{{${total}}}\n\n其中${one}\n\n${two}`, { [total]: 9 })).toEqual([]);
  });

  test('are named once, however often the total stands there', () => {
    const values = { [total]: 9, [city(140_100)]: 4, [city(140_200)]: 3 };
    expect(codes(`{{${total}}}、${body(cities)}`, values)).toEqual(['parts.sum']);
  });

  test('of a total that has a filter of its own go by that filter', () => {
    const whole = 'problems.supervised@1 type=other';
    const list = [140_100, 140_200].map((c) => `problems.supervised@1 city=${c} type=other`);
    const text = `{{${whole}}}：${list.map((t) => `{{${t}}}`).join('、')}`;
    expect(check(text, { [whole]: 9, [list[0] as string]: 1, [list[1] as string]: 1 })).toMatchObject([
      { code: 'parts.sum', details: { total: 9, sum: 2, by: 'city' } },
    ]);
  });

  test('are counts: rates have none', () => {
    const list = cities.map((t) => t.replace('problems.supervised', 'clearance.rate'));
    expect(codes(`{{clearance.rate@1}}：${list.map((t) => `{{${t}}}`).join('、')}`, { 'clearance.rate@1': [9, 10] })).toEqual([]);
  });
});

describe('a figure of another day', () => {
  const then = 'problems.found@1 asOf=2019-07-28T18:00:00+08:00';
  const details = { figure: 'problems.found', asOf: '2019-07-28T18:00:00+08:00' };

  test('has its day beside it, in either language, in the campaign’s own time', () => {
    expect(check(`原为{{${then}}}`)).toEqual([{ code: 'asof.unsaid', severity: 'error', at: at(0, 0, 1), details }]);
    for (const day of ['7月28日', '2019-07-28', '28 July', '28 Jul', 'July 28', 'Jul 28', '{{=7月28日}}'])
      expect(codes(`${day}{{${then}}}`)).toEqual([]);
    for (const day of ['7月27日', '17月28日', '128 Jul', 'July 280', '28 June', '7月28'])
      expect([day, codes(`${day}{{${then}}}`)]).toEqual([day, expect.arrayContaining(['asof.unsaid'])]);
    const late = 'problems.found@1 asOf=2019-07-28T18:00:00Z';
    expect(codes(`7月29日{{${late}}}`)).toEqual([]);
    expect(codes(`7月28日\n\n{{${then}}}`)).toEqual(['asof.unsaid']);
  });

  test.each(['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, i) => [name, i + 1] as const))(
    'may be one of %s',
    (name, month) => {
      const own = `2020-${String(month).padStart(2, '0')}-15T10:00:00+08:00`;
      expect(codes(`15 ${name} {{problems.found@1 asOf=${own}}}`)).toEqual([]);
      expect(codes(`15 days {{problems.found@1 asOf=${own}}}`)).toContain('asof.unsaid');
    },
  );

  test('is called a second one where the same figure of the same cohort stands beside it', () => {
    expect(check(`${ok}、{{${then}}}`)).toEqual([{ code: 'asof.two', severity: 'error', at: at(0, 0, 2), details }]);
    expect(codes(`{{problems.found@1 city=140100}}、{{${then}}}`)).toEqual(['asof.unsaid']);
    expect(codes(`{{problems.open@1}}、{{${then}}}`)).toEqual(['asof.unsaid']);
  });

  test('written in another offset is the same instant', () => {
    expect(codes('{{problems.found@1 asOf=2019-08-05T10:00:00Z}}')).toEqual([]);
  });
});

test('one figure under two definitions is named with both', () => {
  expect(check(`${ok}、{{problems.found@1 city=140100}}、{{problems.found@3}}、{{problems.open@2}}`)).toEqual([
    {
      code: 'figure.two-versions',
      severity: 'error',
      at: at(0, 0, 4),
      details: { figure: 'problems.found', versions: ['1', '3'] },
    },
  ]);
});
