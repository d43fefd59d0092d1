import { z } from 'zod';
import type { FactRule } from '../../domain/campaign/settings.ts';
import { isPlainDate, parseInstant } from '../../domain/kernel/instant.ts';
import { levelOf, rangeOf, covers } from '../../domain/kernel/place.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { dateFormat } from '../../domain/registers/dates.ts';
import type { Mapping, RegisterMapping, ValueRule } from '../../domain/registers/mapping.ts';
import { templateColumns } from '../../domain/registers/reader.ts';

const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$/, 'letters, digits, points and hyphens, at most 60');
const column = z.string().min(1).max(200);
const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const date = z.string().refine(isPlainDate, 'a date YYYY-MM-DD');
const pattern = z.string().refine((text) => {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}, 'a regular expression');
const format = z
  .string()
  .refine((text) => dateFormat(text) !== undefined, 'a date format with one year, one month and one day, such as M/D/YY');
const encoding = z.string().refine((text) => {
  try {
    return new TextDecoder(text).encoding !== '';
  } catch {
    return false;
  }
}, 'an encoding such as utf-8 or big5');
const template = z.string();
const figureRef = z.strictObject({ id: z.string(), filter: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.number())])) });
const tile = z.tuple([z.number().int(), z.number().int()]);
const placeCode = z.number().int().min(100_000).max(999_999);
const place = {
  code: placeCode,
  name: z.string().min(1),
  nameEn: z.string().optional(),
  validFrom: date.optional(),
  validTo: date.optional(),
  statisticsOnly: z.boolean().optional(),
  tile: tile.optional(),
};
const rowCondition = z.strictObject({
  column,
  equals: z.array(z.string()).optional(),
  matches: pattern.optional(),
  present: z.boolean().optional(),
});
const itemCondition = z.strictObject({ field: z.string().min(1), equals: z.array(z.string()).optional(), present: z.boolean().optional() });
const valueRule = { value: template, extract: pattern.optional() };
const bound = z.union([date, z.literal('recorded'), z.strictObject({ date: z.string(), days: z.number().int() })]);
const term = z.strictObject({ fact: z.string(), sign: z.union([z.literal(1), z.literal(-1)]) });
const malformed = z.enum(['leaveOut', 'reject']).optional();

const register = z.strictObject({
  code,
  name: words,
  file: z.strictObject({
    columns: z.array(column).min(1),
    name: pattern.optional(),
    encoding: encoding.optional(),
    delimiter: z.string().length(1).optional(),
  }),
  snapshot: z.enum(['full', 'partial']),
  key: z.array(column).min(1),
  duplicates: z.union([z.enum(['first', 'reject']), z.strictObject({ latest: column })]),
  no: template.min(1),
  unit: template.min(1),
  unitKey: template.optional(),
  text: template,
  place: z.strictObject({ ...valueRule, otherwise: placeCode.optional() }),
  lon: column.optional(),
  lat: column.optional(),
  type: z.strictObject(valueRule).optional(),
  aspect: z.strictObject(valueRule).optional(),
  state: z.array(z.strictObject({ state: code, when: z.array(rowCondition) })).min(1),
  dates: z.record(
    z.string(),
    z.strictObject({
      column,
      formats: z.array(format).min(1),
      pivot: z.number().int().min(0).max(100).optional(),
      notBefore: bound.optional(),
      notAfter: bound.optional(),
      odd: z.enum(['leaveOut', 'keep']).optional(),
      malformed,
    }),
  ),
  openedOn: z.string().optional(),
  deadline: z.string().optional(),
  steps: z.array(z.strictObject({ code, name: words, date: z.string() })),
  amounts: z.record(
    code,
    z.strictObject({
      column,
      name: words,
      decimal: z.enum(['.', ',']).optional(),
      thousands: z.enum([',', '.', ' ', "'"]).optional(),
      negative: z.boolean().optional(),
      max: z.number().positive().optional(),
      malformed,
    }),
  ),
  flags: z.array(z.strictObject({ code, name: words, when: z.array(rowCondition).min(1) })),
  fields: z.array(column),
  corrections: z.array(z.string()),
  asOf: z.strictObject({ column, formats: z.array(format).min(1), rule: z.enum(['sameDay', 'notAfter']) }).optional(),
});

/** The form of a mapping file. */
const mappingForm: z.ZodType<Mapping> = z.strictObject({
  mapping: z.literal(1),
  campaign: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens'),
  name: words,
  notice: words,
  utcOffset: z.string().regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'an offset such as +08:00'),
  currency: z.strictObject({ code: z.string().regex(/^[A-Z]{3}$/, 'three capital letters'), digits: z.number().int().min(0).max(4) }),
  phases: z.array(z.strictObject({ code, name: words, from: date, to: date })).min(1),
  places: z.strictObject({
    root: z.strictObject(place),
    list: z.array(z.strictObject({ ...place, values: z.array(z.string()) })),
    note: words,
  }),
  lists: z.record(
    z.string(),
    z.strictObject({
      entries: z.array(
        z.strictObject({
          code: z.string().min(1).max(60),
          name: words,
          values: z.array(z.string()).optional(),
          matches: pattern.optional(),
        }),
      ),
      seen: z.strictObject({ max: z.number().int().min(1).max(1000) }).optional(),
      otherwise: z.string().nullable(),
    }),
  ),
  types: z.string().nullable(),
  aspects: z.string().nullable(),
  states: z.array(z.strictObject({ code, name: words })).min(1),
  registers: z.array(register).min(1),
  facts: z.array(z.strictObject({ fact: code, when: z.array(itemCondition), amount: z.string().optional() })).min(1),
  figures: z.array(
    z.strictObject({
      id: code,
      version: z.number().int().min(1),
      unit: z.string().min(1),
      name: words,
      predicate: words,
      filters: z.array(z.enum(['city', 'county', 'aspect', 'type'])),
      count: z.strictObject({ fact: z.string(), sum: z.enum(['n', 'amount']).optional() }).optional(),
      ratio: z.strictObject({ numerator: z.array(term).min(1), denominator: z.array(term).min(1) }).optional(),
    }),
  ),
  pressSet: z.array(figureRef),
  dashboard: z.strictObject({
    headline: z.array(figureRef),
    placeColumns: z.array(figureRef),
    curve: z.array(figureRef),
    map: figureRef.nullable(),
  }),
  moments: z.array(
    z.strictObject({ at: z.string().refine((t) => parseInstant(t) !== undefined, 'an instant with an offset'), name: words }),
  ),
  bridges: z.array(
    z.strictObject({
      code,
      name: words,
      register: z.string(),
      amount: z.string(),
      rows: words,
      rejected: words,
      repeated: words,
      records: words,
      minus: z.array(z.strictObject({ name: words, when: z.array(itemCondition).min(1) })),
      result: z.strictObject({ name: words, fact: z.string() }),
    }),
  ),
});

/**
 * Reads the text of a mapping file and checks it; all that is wrong is named at once, each with its path.
 * @refuses import.mapping-invalid
 */
export function readMapping(text: string): Mapping | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return invalid([`not JSON: ${(error as Error).message}`]);
  }
  const parsed = mappingForm.safeParse(value);
  if (!parsed.success) return invalid(parsed.error.issues.map((i) => `${pathText(i.path)}: ${i.message}`));
  const problems = inconsistencies(parsed.data);
  return problems.length > 0 ? invalid(problems) : parsed.data;
}

function invalid(problems: readonly string[]): Refusal {
  return refuse('import.mapping-invalid', { problems });
}

function pathText(path: readonly PropertyKey[]): string {
  return path.length === 0
    ? 'the mapping'
    : path.map((p, i) => (typeof p === 'number' ? `[${p}]` : `${i === 0 ? '' : '.'}${String(p)}`)).join('');
}

/** Names that refer to nothing, and rules that contradict each other. */
function inconsistencies(m: Mapping): string[] {
  const out: string[] = [];
  const say = (path: string, what: string) => out.push(`${path}: ${what}`);
  const unique = (path: string, list: readonly (string | number)[]) => {
    for (const x of new Set(list.filter((value, i) => list.indexOf(value) !== i))) say(path, `"${x}" stands twice`);
  };
  unique(
    'states',
    m.states.map((s) => s.code),
  );
  unique(
    'registers',
    m.registers.map((r) => r.code),
  );
  unique(
    'facts',
    m.facts.map((f) => f.fact),
  );
  unique(
    'figures',
    m.figures.map((f) => `${f.id} version ${f.version}`),
  );
  unique(
    'bridges',
    m.bridges.map((b) => b.code),
  );
  checkPlaces(m, say);
  for (const [name, list] of Object.entries(m.lists)) {
    unique(
      `lists.${name}.entries`,
      list.entries.map((e) => e.code),
    );
    if (list.otherwise !== null && list.otherwise !== 'reject' && !list.entries.some((e) => e.code === list.otherwise)) {
      say(`lists.${name}.otherwise`, `"${list.otherwise}" is not one of its entries`);
    }
  }
  for (const key of ['types', 'aspects'] as const) {
    const name = m[key];
    if (name !== null && m.lists[name] === undefined) say(key, `there is no list "${name}"`);
  }
  m.registers.forEach((r, i) => checkRegister(m, r, `registers[${i}]`, say));
  const fields = knownFields(m);
  const conditions = (path: string, when: FactRule['when']) =>
    when.forEach((c, i) => {
      if (!fields.has(c.field)) say(`${path}.when[${i}].field`, `"${c.field}" is nothing that a record has`);
      if (c.equals === undefined && c.present === undefined) say(`${path}.when[${i}]`, 'give equals or present');
      const allowed = {
        register: m.registers.map((r) => r.code),
        state: m.states.map((s) => s.code),
        flag: m.registers.flatMap((r) => r.flags.map((f) => f.code)),
      }[c.field];
      for (const value of c.equals ?? [])
        if (allowed !== undefined && !allowed.includes(value)) say(`${path}.when[${i}].equals`, `there is no ${c.field} "${value}"`);
    });
  const amounts = new Set(m.registers.flatMap((r) => Object.keys(r.amounts)));
  m.facts.forEach((f, i) => {
    conditions(`facts[${i}]`, f.when);
    if (f.amount !== undefined && !amounts.has(f.amount)) say(`facts[${i}].amount`, `there is no amount "${f.amount}"`);
  });
  checkFigures(m, say);
  m.bridges.forEach((b, i) => {
    const r = m.registers.find((x) => x.code === b.register);
    if (r === undefined) say(`bridges[${i}].register`, `there is no register "${b.register}"`);
    else if (r.amounts[b.amount] === undefined) say(`bridges[${i}].amount`, `the register has no amount "${b.amount}"`);
    b.minus.forEach((line, j) => conditions(`bridges[${i}].minus[${j}]`, line.when));
    const fact = m.facts.find((f) => f.fact === b.result.fact);
    if (fact === undefined) say(`bridges[${i}].result.fact`, `there is no fact "${b.result.fact}"`);
    else if (fact.amount !== b.amount) say(`bridges[${i}].result.fact`, `it sums ${fact.amount ?? 'nothing'}, not ${b.amount}`);
  });
  return out;
}

type Say = (path: string, what: string) => void;

function checkPlaces(m: Mapping, say: Say): void {
  const { root, list } = m.places;
  if (levelOf(root.code) !== 'province') say('places.root.code', `${root.code} does not end in four zeros`);
  const seen = new Map<string, number>();
  const codes = new Set([root.code]);
  list.forEach((p, i) => {
    if (codes.has(p.code)) say(`places.list[${i}].code`, `${p.code} stands twice`);
    codes.add(p.code);
    if (!covers(rangeOf(root.code), p.code)) say(`places.list[${i}].code`, `${p.code} is not below ${root.code}`);
    for (const v of p.values) {
      if (seen.has(v)) say(`places.list[${i}].values`, `"${v}" also stands for ${seen.get(v)}`);
      seen.set(v, p.code);
    }
  });
}

function checkRegister(m: Mapping, r: RegisterMapping, path: string, say: Say): void {
  const dates = Object.keys(r.dates);
  const isDate = (at: string, name: string | undefined) => {
    if (name !== undefined && !dates.includes(name)) say(`${path}.${at}`, `there is no date "${name}"`);
  };
  isDate('openedOn', r.openedOn);
  isDate('deadline', r.deadline);
  r.steps.forEach((s, i) => isDate(`steps[${i}].date`, s.date));
  dates.forEach((name, i) => {
    for (const side of ['notBefore', 'notAfter'] as const) {
      const b = r.dates[name]?.[side];
      if (typeof b === 'object' && !dates.slice(0, i).includes(b.date))
        say(`${path}.dates.${name}.${side}`, `"${b.date}" is not a date declared before it`);
    }
  });
  const latest = typeof r.duplicates === 'object' ? r.duplicates.latest : undefined;
  if (latest !== undefined && !Object.values(r.dates).some((d) => d.column === latest))
    say(`${path}.duplicates.latest`, `no date reads the column "${latest}"`);
  r.state.forEach((s, i) => {
    if (!m.states.some((x) => x.code === s.state) || s.state === 'vanished')
      say(`${path}.state[${i}].state`, `"${s.state}" is not in states`);
  });
  const outside = templateColumns(r.no).filter((c) => !r.key.includes(c));
  if (outside.length > 0) say(`${path}.no`, `a number is made of key columns only, not of ${outside.join(', ')}`);
  if (r.key.some((c) => !templateColumns(r.no).includes(c)))
    say(`${path}.no`, 'a number names every key column, so that no two records have one number');
  if ((r.lon === undefined) !== (r.lat === undefined)) say(`${path}.lon`, 'give lon and lat, or neither');
  for (const key of ['type', 'aspect'] as const) {
    if (r[key] !== undefined && m[`${key}s`] === null) say(`${path}.${key}`, `the mapping names no list under ${key}s`);
  }
  const values: [string, ValueRule | undefined][] = [
    ['place', r.place],
    ['type', r.type],
    ['aspect', r.aspect],
  ];
  for (const [name, rule] of values) {
    if (rule?.extract !== undefined && !/\((?!\?[:=!<])/.test(rule.extract))
      say(`${path}.${name}.extract`, 'the pattern has no group to take');
  }
  if (r.place.otherwise !== undefined && ![m.places.root, ...m.places.list].some((p) => p.code === r.place.otherwise)) {
    say(`${path}.place.otherwise`, `${r.place.otherwise} is not in places`);
  }
  const names = changeNames(r);
  r.corrections.forEach((name, i) => {
    if (!names.has(name)) say(`${path}.corrections[${i}]`, `"${name}" is nothing that a change can name`);
  });
}

const plainNames = ['unit', 'unitKey', 'place', 'lon', 'lat', 'aspect', 'type', 'state', 'text', 'openedOn', 'deadline'];

function changeNames(r: RegisterMapping): Set<string> {
  return new Set([
    ...plainNames,
    ...r.steps.map((s) => `step.${s.code}`),
    ...Object.keys(r.amounts).map((a) => `amount.${a}`),
    ...r.flags.map((f) => `flag.${f.code}`),
    ...r.fields.map((f) => `field.${f}`),
  ]);
}

/** What a condition of a fact may name (see `matches`). */
function knownFields(m: Mapping): Set<string> {
  return new Set([
    'register',
    'state',
    'type',
    'aspect',
    'flag',
    'deadline',
    ...m.registers.flatMap((r) => [
      ...Object.keys(r.amounts).map((a) => `amount.${a}`),
      ...r.steps.map((s) => `step.${s.code}`),
      ...r.fields,
    ]),
  ]);
}

function checkFigures(m: Mapping, say: Say): void {
  const facts = new Set(m.facts.map((f) => f.fact));
  m.figures.forEach((f, i) => {
    if ((f.count === undefined) === (f.ratio === undefined)) say(`figures[${i}]`, 'give either count or ratio');
    const terms = [
      ...(f.count === undefined ? [] : [f.count.fact]),
      ...[...(f.ratio?.numerator ?? []), ...(f.ratio?.denominator ?? [])].map((t) => t.fact),
    ];
    for (const t of terms) if (!facts.has(t)) say(`figures[${i}]`, `there is no fact "${t}"`);
    if (f.count?.sum === 'amount' && m.facts.find((x) => x.fact === f.count?.fact)?.amount === undefined)
      say(`figures[${i}].count`, `the fact "${f.count.fact}" has no amount`);
  });
  const refs: [string, readonly { readonly id: string }[]][] = [
    ['pressSet', m.pressSet],
    ['dashboard.headline', m.dashboard.headline],
    ['dashboard.placeColumns', m.dashboard.placeColumns],
    ['dashboard.curve', m.dashboard.curve],
    ['dashboard.map', m.dashboard.map === null ? [] : [m.dashboard.map]],
  ];
  for (const [path, list] of refs)
    for (const ref of list) if (!m.figures.some((f) => f.id === ref.id)) say(path, `there is no figure "${ref.id}"`);
}
