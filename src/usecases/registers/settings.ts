import type { AspectDefinition, Bilingual, CodeItem } from '../../domain/campaign/settings.ts';
import type { CodeList, Mapping } from '../../domain/registers/mapping.ts';
import type { RegisterSettings } from '../../domain/registers/settings.ts';

/** Minutes of an offset such as `-05:00`. */
export function offsetOf(text: string): number {
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4, 6));
  return text.startsWith('-') ? -minutes : minutes;
}

/**
 * Settings of the campaign that a mapping opens.
 * @param unlisted  values seen that no list names: lists that take their codes from what is seen grow by them
 */
export function settingsOf(m: Mapping, unlisted: ReadonlyMap<string, ReadonlyMap<string, number>>): RegisterSettings {
  const names = (list: readonly { readonly code: string; readonly name: Bilingual }[]) =>
    Object.fromEntries(list.map((x) => [x.code, x.name]));
  const items = (name: string | null): CodeItem[] => (name === null ? [] : codeItems(m.lists[name] as CodeList, unlisted.get(name)));
  return {
    slug: m.campaign,
    name: m.name,
    mode: 'historic',
    utcOffsetMinutes: offsetOf(m.utcOffset),
    currency: m.currency.code,
    phases: m.phases,
    root: m.places.root.code,
    places: [m.places.root, ...m.places.list.map(({ values: _values, ...place }) => place)],
    placesNote: m.places.note,
    types: items(m.types),
    measures: [],
    states: [...m.states.map((s) => s.code).filter((s) => s !== 'vanished'), 'vanished'],
    aspects: items(m.aspects).map(aspectOf),
    extensionRules: [],
    pressSet: m.pressSet,
    moments: m.moments,
    windows: [],
    facts: m.facts,
    notice: m.notice,
    defaultNoticeDays: 0,
    dashboard: m.dashboard,
    register: {
      currencyDigits: m.currency.digits,
      registers: names(m.registers),
      states: { vanished: { zh: '已从登记册消失', en: 'no longer in the register' }, ...names(m.states) },
      steps: names(m.registers.flatMap((r) => r.steps)),
      amounts: Object.fromEntries(m.registers.flatMap((r) => Object.entries(r.amounts).map(([code, a]) => [code, a.name]))),
      flags: names(m.registers.flatMap((r) => r.flags)),
      corrections: Object.fromEntries(m.registers.map((r) => [r.code, r.corrections])),
    },
  };
}

/** An outside register has no criteria or deadlines of ours: its classes are only counted by. */
function aspectOf(item: CodeItem): AspectDefinition {
  return {
    ...item,
    version: 1,
    unit: { zh: '项', en: 'record' },
    criteria: { zh: '', en: '' },
    evidence: [],
    acceptanceBody: '',
    noticeDays: 0,
    deadlineDays: 0,
  };
}

/** The entries in order, then what was seen: the most frequent first, ties by code point, as many as the list allows. */
function codeItems(list: CodeList, seen: ReadonlyMap<string, number> | undefined): CodeItem[] {
  const own = list.entries.map(({ code, name }) => ({ code, name }));
  const taken = new Set(own.map((e) => e.code));
  const more =
    list.seen === undefined
      ? []
      : [...(seen ?? [])]
          .filter(([value]) => value.length <= 60 && !taken.has(value))
          .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
          .slice(0, list.seen.max)
          .map(([value]) => ({ code: value, name: { zh: value, en: value } }));
  return [...own, ...more].map((e, i) => ({ ...e, no: i + 1 }));
}
