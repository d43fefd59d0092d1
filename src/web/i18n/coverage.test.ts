import { describe, expect, test } from 'vitest';
import { explain } from '../../contract/refusals.ts';
import { roles } from '../../domain/access/policy.ts';
import { streamRules } from '../../domain/acts/streams.ts';
import { filterKeys } from '../../domain/clearance/filter.ts';
import { dictionary } from '../../domain/clearance/dictionary.ts';
import { evidenceKinds } from '../../domain/evidence/limits.ts';
import { problemVerbs } from '../../domain/problems/commands.ts';
import { artefactFormats, bulletinKinds } from '../../domain/publication/acts.ts';
import { shows } from '../../domain/publication/token.ts';
import { refusals, type RefusalCode } from '../../domain/refusals.ts';
import { refusalOf } from '../../domain/kernel/refusal.ts';
import { columns, caseColumns } from '../office/ledger/columns.tsx';
import { builtInViews, dayKeys, listKeys, orders } from '../office/ledger/query.ts';
import { commandFields } from '../office/problem/command-fields.ts';
import { tools } from '../office/publication/editor/view.ts';
import { texts } from './en/index.ts';
import { wordsOf } from './words-of.ts';

const [zh, en] = [await wordsOf('zh'), await wordsOf('en')];

/** Keys of a closed set that a language has no text for. */
const without = (keys: readonly string[]) =>
  keys.flatMap((key) =>
    [zh, en].filter((words) => words.t(key, { count: 1, defaultValue: 'no text' }) === 'no text').map((words) => `${words.lang} ${key}`),
  );

/** Where the page that lists an act looks for its name; leads and the campaign's own stream are listed by none. */
function keyOfAct(stream: string, kind: string): string[] {
  if (stream === 'campaign' || stream === 'lead') return [];
  return [stream === 'bulletin' ? `bulletin:step.${kind}` : `acts:${kind}`];
}

test('a key that is missing is found', () => {
  expect(without(['shell:brand', 'shell:nothing.of.the.kind', 'acts:Nothing'])).toEqual([
    'zh shell:nothing.of.the.kind',
    'en shell:nothing.of.the.kind',
    'zh acts:Nothing',
    'en acts:Nothing',
  ]);
});

describe('every member of a closed set has words in both languages', () => {
  test.each<readonly [string, readonly string[]]>([
    [
      'acts that a history lists',
      Object.entries(streamRules).flatMap(([stream, rule]) => [...rule.opens, ...rule.takes].flatMap((k) => keyOfAct(stream, k))),
    ],
    ['roles', roles.map((r) => `session:role.${r}`)],
    ['orders of the ledger', orders.map((o) => `find:order.${o}`)],
    ['days of the ledger', dayKeys.flatMap((k) => [`find:days.${k}`, `find:days.chip.${k}`])],
    ['verbs', problemVerbs.map((v) => `problem:verb.${v}`)],
    ['what verbs do', problemVerbs.map((v) => `problem:effect.${v}`)],
    ['fields of commands', Object.values(commandFields).flatMap((fields) => fields.map((f) => `problem:field.${f.name}`))],
    ['keys of filters', filterKeys.map((k) => `figure:key.${k}`)],
    ['units of figures', dictionary.filter((d) => d.unit !== 'ratio' && d.unit !== 'fen').map((d) => `units:${d.unit}`)],
    ['kinds of evidence', evidenceKinds.map((k) => `problem:evidence.kind.${k}`)],
    ['kinds of bulletins', bulletinKinds.flatMap((k) => [`bulletin:kind.${k}`, `bulletin:kindHint.${k}`])],
    ['sides of a figure', shows.map((s) => `bulletin:show.${s}`)],
    ['tools of the editor', tools.map(([name]) => `bulletin:tool.${name}`)],
    ['what a paste left out', ['merged', 'nested', 'deleted', 'comments', 'hidden'].map((k) => `bulletin:pasted.${k}`)],
    ['formats of files', artefactFormats.map((f) => `bulletin:format.${f}`)],
    ['states of bulletins', ['draft', 'submitted', 'returned', 'released'].map((s) => `bulletin:state.${s}`)],
    ['views of the ledger', builtInViews.map((v) => `ledger:view.${v}`)],
    ['facets', listKeys.map((k) => `ledger:facet.${k}`)],
    ['columns', [...columns.map((c) => c.key), ...caseColumns].map((k) => `ledger:column.${k}`)],
    [
      'bulk operations',
      ['confirm', 'assign', 'extend', 'batch'].flatMap((o) => [`ledger:bulk.${o}`, `ledger:bulk.go.${o}`, `ledger:bulk.effect.${o}`]),
    ],
    ['parts of a waterfall', ['enteredInTime', 'enteredOverdue', 'entered', 'late', 'left'].map((p) => `figure:part.${p}`)],
    ['parts of records', ['numerator', 'denominator', 'difference'].map((p) => `figure:${p}`)],
    ['levels of owners', ['province', 'city', 'county', 'department', 'unit', 'office', 'person'].map((l) => `problem:level.${l}`)],
    ['roles of figures', ['quoted', 'beside'].map((r) => `bulletin:role.${r}`)],
    ['results of inspections', ['clean', 'problems'].map((r) => `acts:detail.result.${r}`)],
    ['modes of campaigns', ['live', 'synthetic', 'historic'].map((m) => `method:mode.${m}`)],
  ])('%s', (_, keys) => {
    expect(keys.length).toBeGreaterThan(0);
    expect(without(keys)).toEqual([]);
  });
});

describe('every refusal', () => {
  const codes = Object.keys(refusals) as RefusalCode[];

  test('has words in both languages, each in its own script', () => {
    expect(codes.length).toBeGreaterThan(100);
    const wrong = codes.filter(
      (code) => !/\p{Script=Han}/u.test(refusals[code].zh) || /\p{Script=Han}/u.test(refusals[code].en) || refusals[code].en.trim() === '',
    );
    expect(wrong).toEqual([]);
  });

  test('names the same details in both, and is answered as a refusal', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
    const wrong = codes.filter(
      (code) => names(refusals[code].zh).join() !== names(refusals[code].en).join() || refusals[code].status < 400,
    );
    expect(wrong).toEqual([]);
  });

  test('shows no brace to people once its details are put in', () => {
    const left = codes.filter((code) => {
      const details = Object.fromEntries([...refusals[code].zh.matchAll(/\{(\w+)\}/g)].map((m) => [m[1] ?? '', '七']));
      const words = explain(refusalOf(code, details));
      return /[{}]/.test(words.zh + words.en);
    });
    expect(left).toEqual([]);
  });
});

describe('plurals', () => {
  test('follow the count in English; Chinese has one form', () => {
    const units = (n: number) => [en.t('units:problem', { count: n }), zh.t('units:problem', { count: n })];
    expect([0, 1, 2, 1914].map((n) => units(n)[0])).toEqual(['problems', 'problem', 'problems', 'problems']);
    expect(new Set([0, 1, 2].map((n) => units(n)[1])).size).toBe(1);
  });

  test('a text with a count in it holds the count', () => {
    for (const words of [zh, en]) {
      expect(words.t('shell:draft.signOut', { count: 3 })).toContain('3');
      expect(words.t('problem:meanwhile.lead', { count: 2 })).toContain('2');
    }
    expect(en.t('problem:meanwhile.lead', { count: 1 })).toMatch(/^One more step was/);
  });

  test('a number is not followed by more things than it counts', () => {
    const wrong: string[] = [];
    const walk = (texts: object, path: string) => {
      for (const [key, value] of Object.entries(texts)) {
        if (typeof value !== 'string') walk(value as object, `${path}${key}.`);
        else if (
          !key.endsWith('_other') &&
          /(?<!–)\{\{\w+\}\} (?:more |open |full )?(?:day|time|step|file|problem|place|letter|original|figure|column|entrie|record|form|citie)s\b(?! or more)/.test(
            value,
          )
        )
          wrong.push(`${path}${key}: ${value}`);
      }
    };
    walk(texts, '');
    expect(wrong).toEqual([]);
    expect([1, 2].map((count) => en.t('problem:clock.left', { count }))).toEqual(['1 day left', '2 days left']);
    expect([1, 2].map((count) => en.t('ledger:bulk.go.batch', { count }))).toEqual(['Issue with 1 problem', 'Issue with 2 problems']);
    expect([1, 3].map((count) => en.t('source:inspected', { count }))).toEqual(['inspected once', 'inspected 3 times']);
    expect(zh.t('problem:clock.left', { count: 1 })).toContain('1');
  });

  test('what is filled in is not taken for markup: a name with brackets stays as it is', () => {
    expect(en.t('problem:evidence.tooLarge', { name: '<b>&"x".jpg', limit: 40 })).toContain('<b>&"x".jpg');
    // Nor for a text of ours, when it looks like one.
    expect(zh.t('problem:evidence.tooLarge', { name: '{{limit}}$t(shell:brand)', limit: 40 })).toContain('{{limit}}$t(shell:brand)');
  });
});
