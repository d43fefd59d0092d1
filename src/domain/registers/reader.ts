import type { PlainDate } from '../kernel/instant.ts';
import { addDays } from '../kernel/instant.ts';
import { readAmount } from './amounts.ts';
import { dateFormat, readDate, type DateFormat, type LocalTime } from './dates.ts';
import type { RegisterItem } from './item.ts';
import type { Bound, CodeList, Mapping, RegisterMapping, RowCondition, ValueRule } from './mapping.ts';

/** Something about a value that a person should look at; `reason` is a stable code. */
export interface Finding {
  readonly reason: FindingReason;
  readonly column: string;
  readonly value: string;
}

/** Why a row is rejected, or a value of an accepted row is listed. */
export type FindingReason =
  | 'ragged'
  | 'key-missing'
  | 'key-too-long'
  | 'key-repeated'
  | 'number-taken'
  | 'control-character'
  | 'too-long'
  | 'state-unknown'
  | 'place-unknown'
  | 'code-unknown'
  | 'date-malformed'
  | 'date-implausible'
  | 'position-malformed'
  | 'amount-malformed'
  | 'amount-implausible';

/** A row as the mapping reads it. */
export interface ReadRow {
  /** The parts of the key, joined; empty when one is missing. */
  readonly key: string;
  /** Undefined when the row is rejected; `reasons` then says why. */
  readonly item: RegisterItem | undefined;
  readonly reasons: readonly Finding[];
  /** Values of an accepted row that were left out or look wrong. */
  readonly odd: readonly Finding[];
  /** The readable amounts, even of a rejected row: bridges start from all rows. */
  readonly amounts: Readonly<Record<string, number>>;
  /** By which a later row of the same key is told; empty when the mapping does not ask. */
  readonly order: string;
  /** What the file says of when it was made. */
  readonly asOf: LocalTime | undefined;
  /** Values that no code list names, with the code they fell to. */
  readonly unlisted: readonly { readonly list: string; readonly value: string }[];
}

export interface RowReader {
  /** Columns that the mapping needs and the header lacks. */
  readonly missing: readonly string[];
  read(cells: readonly string[]): ReadRow;
}

const maxKey = 200;
const maxText = 20_000;
/** Separates the parts of a key; no accepted text holds it. */
export const keySeparator = '\u001f';

/** Columns named in braces in a template. */
export function templateColumns(template: string): string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map((m) => m[1] as string);
}

/** Every column a register's mapping reads. */
export function columnsOf(r: RegisterMapping): string[] {
  const values: (ValueRule | undefined)[] = [r.place, r.type, r.aspect];
  const conditions = [...r.state.flatMap((s) => s.when), ...r.flags.flatMap((f) => f.when)];
  return [
    ...new Set([
      ...r.file.columns,
      ...r.key,
      ...[r.no, r.unit, r.unitKey ?? '', r.text, ...values.map((v) => v?.value ?? '')].flatMap(templateColumns),
      ...[r.lon, r.lat, r.asOf?.column, typeof r.duplicates === 'object' ? r.duplicates.latest : undefined].filter((c) => c !== undefined),
      ...conditions.map((c) => c.column),
      ...Object.values(r.dates).map((d) => d.column),
      ...Object.values(r.amounts).map((a) => a.column),
      ...r.fields,
    ]),
  ];
}

/**
 * Makes the function that turns rows of a file into records.
 * @param header    column names as they stand in the file
 * @param recorded  the day of recording, for bounds that name it
 */
export function rowReader(mapping: Mapping, r: RegisterMapping, header: readonly string[], recorded: PlainDate): RowReader {
  const index = new Map(header.map((name, i) => [name, i]));
  const missing = columnsOf(r).filter((c) => !index.has(c));
  const cell = (cells: readonly string[], column: string): string => (cells[index.get(column) ?? -1] ?? '').trim();
  const fill = compileTemplate(cell);
  const no = fill(r.no);
  const unit = fill(r.unit);
  const unitKey = r.unitKey === undefined ? undefined : fill(r.unitKey);
  const text = fill(r.text);
  const place = compileValue(r.place, fill);
  const places = new Map(mapping.places.list.flatMap((p) => p.values.map((v) => [v, p.code] as const)));
  const type = r.type === undefined ? undefined : compileCode(r.type, mapping.types, mapping, fill);
  const aspect = r.aspect === undefined ? undefined : compileCode(r.aspect, mapping.aspects, mapping, fill);
  const states = r.state.map((s) => ({ state: s.state, holds: compileConditions(s.when, cell) }));
  const flags = r.flags.map((f) => ({ code: f.code, holds: compileConditions(f.when, cell) }));
  const dates = Object.entries(r.dates).map(([name, rule]) => ({
    name,
    rule,
    formats: rule.formats.map(dateFormat).filter((f) => f !== undefined),
  }));
  const asOfFormats = (r.asOf?.formats ?? []).map(dateFormat).filter((f): f is DateFormat => f !== undefined);
  const latest = typeof r.duplicates === 'object' ? r.duplicates.latest : undefined;
  const orderRule = latest === undefined ? undefined : dates.find((d) => d.rule.column === latest);

  const read = (cells: readonly string[]): ReadRow => {
    const reasons: Finding[] = [];
    const odd: Finding[] = [];
    const unlisted: { list: string; value: string }[] = [];
    if (cells.length !== header.length)
      reasons.push({ reason: 'ragged', column: '', value: `${cells.length} cells, ${header.length} columns` });
    for (let i = 0; i < cells.length; i++) {
      const value = cells[i] as string;
      // PostgreSQL stores no NUL, and the separator of keys must not stand in one.
      if (value.includes('\u0000') || value.includes(keySeparator))
        reasons.push({ reason: 'control-character', column: header[i] ?? '', value: shown(value) });
      if (value.length > maxText) reasons.push({ reason: 'too-long', column: header[i] ?? '', value: `${value.length} characters` });
    }
    const parts = r.key.map((column) => cell(cells, column));
    r.key.forEach((column, i) => {
      if (parts[i] === '') reasons.push({ reason: 'key-missing', column, value: '' });
    });
    const key = parts.includes('') ? '' : parts.join(keySeparator);
    if (key.length > maxKey) reasons.push({ reason: 'key-too-long', column: r.key.join(', '), value: shown(key) });

    const amounts: Record<string, number> = {};
    for (const [name, rule] of Object.entries(r.amounts)) {
      const value = cell(cells, rule.column);
      if (value === '') continue;
      const amount = readAmount(value, rule, mapping.currency.digits);
      if (amount === undefined)
        (rule.malformed === 'leaveOut' ? odd : reasons).push({ reason: 'amount-malformed', column: rule.column, value: shown(value) });
      else {
        amounts[name] = amount;
        if (rule.max !== undefined && amount > rule.max * 10 ** mapping.currency.digits)
          odd.push({ reason: 'amount-implausible', column: rule.column, value });
      }
    }

    const known = new Map<string, LocalTime>();
    for (const { name, rule, formats } of dates) {
      const value = cell(cells, rule.column);
      if (value === '') continue;
      const date = readDate(value, formats, rule.pivot);
      if (date === undefined)
        (rule.malformed === 'reject' ? reasons : odd).push({ reason: 'date-malformed', column: rule.column, value: shown(value) });
      else if (!outOfBounds(date.date, rule, known, recorded)) known.set(name, date);
      else {
        odd.push({ reason: 'date-implausible', column: rule.column, value });
        if (rule.odd === 'keep') known.set(name, date);
      }
    }
    const dateOf = (name: string | undefined) => (name === undefined ? null : (known.get(name)?.date ?? null));

    const state = states.find((s) => s.holds(cells))?.state;
    if (state === undefined) {
      const columns = [...new Set(r.state.flatMap((s) => s.when.map((w) => w.column)))];
      reasons.push({ reason: 'state-unknown', column: columns.join(', '), value: shown(columns.map((c) => cell(cells, c)).join(', ')) });
    }
    const placeValue = place(cells);
    const placeCode = places.get(placeValue) ?? r.place.otherwise;
    if (placeCode === undefined) reasons.push({ reason: 'place-unknown', column: r.place.value, value: shown(placeValue) });
    else if (!places.has(placeValue)) unlisted.push({ list: 'places', value: placeValue });
    const coded = (code: CodeOf | undefined): string | null => {
      const found = code?.of(cells);
      if (found === undefined || code === undefined) return null;
      if (found.code === 'reject' && found.unlisted)
        reasons.push({ reason: 'code-unknown', column: code.column, value: shown(found.value) });
      else if (found.unlisted && found.value !== '') unlisted.push({ list: code.list, value: found.value });
      return found.code;
    };
    const typeCode = coded(type);
    const aspectCode = coded(aspect);
    const position = readPosition(cells, r, cell, odd);

    const item: RegisterItem = {
      key,
      register: r.code,
      no: no(cells),
      unit: unit(cells),
      unitKey: unitKey === undefined ? null : emptyToNull(unitKey(cells)),
      place: placeCode ?? 0,
      ...position,
      aspect: aspectCode,
      type: typeCode,
      state: state ?? '',
      text: text(cells),
      openedOn: dateOf(r.openedOn),
      deadline: dateOf(r.deadline),
      steps: r.steps.flatMap((s) => {
        const on = dateOf(s.date);
        return on === null ? [] : [{ code: s.code, on }];
      }),
      amounts,
      flags: flags.filter((f) => f.holds(cells)).map((f) => f.code),
      fields: Object.fromEntries(r.fields.map((c) => [c, cell(cells, c)]).filter(([, value]) => value !== '')),
    };
    const rejected = reasons.length > 0;
    const moment =
      orderRule === undefined ? undefined : readDate(cell(cells, orderRule.rule.column), orderRule.formats, orderRule.rule.pivot);
    const asOf = r.asOf === undefined ? undefined : readDate(cell(cells, r.asOf.column), asOfFormats);
    return {
      key,
      item: rejected ? undefined : item,
      reasons,
      odd: rejected ? [] : odd,
      amounts,
      order: moment === undefined ? '' : `${moment.date}T${moment.time}`,
      asOf,
      unlisted: rejected ? [] : unlisted,
    };
  };
  return { missing, read };
}

type Cells = readonly string[];
type CellOf = (cells: Cells, column: string) => string;

function compileTemplate(cell: CellOf): (template: string) => (cells: Cells) => string {
  return (template) => {
    const parts = template.split(/\{([^{}]*)\}/g);
    return (cells) =>
      parts
        .map((part, i) => (i % 2 === 0 ? part : cell(cells, part)))
        .join('')
        .trim();
  };
}

function compileValue(rule: ValueRule, fill: (t: string) => (cells: Cells) => string): (cells: Cells) => string {
  const value = fill(rule.value);
  if (rule.extract === undefined) return value;
  const pattern = new RegExp(rule.extract, 'u');
  return (cells) => (pattern.exec(value(cells))?.[1] ?? '').trim();
}

interface CodeOf {
  readonly list: string;
  readonly column: string;
  of(cells: Cells): { readonly code: string | null; readonly value: string; readonly unlisted: boolean };
}

function compileCode(
  rule: ValueRule,
  name: string | null,
  mapping: Mapping,
  fill: (t: string) => (cells: Cells) => string,
): CodeOf | undefined {
  const list = name === null ? undefined : mapping.lists[name];
  if (list === undefined || name === null) return undefined;
  const value = compileValue(rule, fill);
  const find = codeFinder(list);
  return { list: name, column: rule.value, of: (cells) => find(value(cells)) };
}

/** Finds the code of a value; with a list that grows by what is seen, an unlisted value stands for itself. */
export function codeFinder(list: CodeList): (value: string) => { code: string | null; value: string; unlisted: boolean } {
  const exact = new Map<string, string>();
  for (const entry of list.entries) for (const v of entry.values ?? []) if (!exact.has(v)) exact.set(v, entry.code);
  const patterns = list.entries
    .filter((e) => e.matches !== undefined)
    .map((e) => ({ code: e.code, pattern: new RegExp(e.matches as string, 'u') }));
  return (value) => {
    const code = exact.get(value) ?? patterns.find((p) => p.pattern.test(value))?.code;
    if (code !== undefined) return { code, value, unlisted: false };
    return { code: list.seen !== undefined && value !== '' ? value : list.otherwise, value, unlisted: true };
  };
}

function compileConditions(conditions: readonly RowCondition[], cell: CellOf): (cells: Cells) => boolean {
  const compiled = conditions.map((c) => {
    const equals = c.equals === undefined ? undefined : new Set(c.equals);
    const pattern = c.matches === undefined ? undefined : new RegExp(c.matches, 'u');
    return (cells: Cells) => {
      const value = cell(cells, c.column);
      if (c.present !== undefined && c.present !== (value !== '')) return false;
      if (equals !== undefined && !equals.has(value)) return false;
      return pattern === undefined || pattern.test(value);
    };
  });
  return (cells) => compiled.every((holds) => holds(cells));
}

function outOfBounds(
  date: PlainDate,
  rule: { readonly notBefore?: Bound; readonly notAfter?: Bound },
  known: ReadonlyMap<string, LocalTime>,
  recorded: PlainDate,
): boolean {
  const day = (bound: Bound): PlainDate | undefined => {
    if (typeof bound === 'string') return bound === 'recorded' ? recorded : bound;
    const other = known.get(bound.date)?.date;
    return other === undefined ? undefined : addDays(other, bound.days);
  };
  const from = rule.notBefore === undefined ? undefined : day(rule.notBefore);
  const to = rule.notAfter === undefined ? undefined : day(rule.notAfter);
  return (from !== undefined && date < from) || (to !== undefined && date > to);
}

function readPosition(cells: Cells, r: RegisterMapping, cell: CellOf, odd: Finding[]): { lon: number | null; lat: number | null } {
  if (r.lon === undefined || r.lat === undefined) return { lon: null, lat: null };
  const texts = [cell(cells, r.lon), cell(cells, r.lat)] as const;
  if (texts[0] === '' && texts[1] === '') return { lon: null, lat: null };
  const [lon, lat] = texts.map((t) => (/^-?\d+(\.\d+)?$/.test(t) ? Number(t) : Number.NaN)) as [number, number];
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return { lon, lat };
  odd.push({ reason: 'position-malformed', column: `${r.lon}, ${r.lat}`, value: shown(texts.join(', ')) });
  return { lon: null, lat: null };
}

function emptyToNull(text: string): string | null {
  return text === '' ? null : text;
}

/** A value as reports show it: short and without control characters. */
function shown(value: string): string {
  const clean = value.replace(/\p{Cc}/gu, '\u00b7');
  return clean.length > 80 ? `${clean.slice(0, 79)}\u2026` : clean;
}
