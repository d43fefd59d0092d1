import fc from 'fast-check';
import type { Block, Inline } from '../../src/domain/publication/document.ts';
import { shows, type FigureToken } from '../../src/domain/publication/token.ts';

const id = fc.constantFrom('clearance.rate', 'problems.supervised', 'fines.total', 'x', 'cases.typical-new.v2');
const value = fc.stringMatching(/^[A-Za-z0-9:+,.-]{1,20}$/);

export const tokens: fc.Arbitrary<FigureToken> = fc.record({
  id,
  version: fc.integer({ min: 1, max: 9999 }),
  filter: fc.oneof(
    fc.constant({}),
    fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1 }).map((b) => ({ batches: b.sort((x, y) => x - y).join(',') })),
    fc.record({ city: fc.constant('140100'), measure: value, unknown: value }, { requiredKeys: [] }),
  ),
  asOf: fc.option(fc.constantFrom('2019-08-05T18:00:00+08:00', '2019-10-31T10:00:00Z'), { nil: null }),
  show: fc.constantFrom(...shows),
});

/** Texts that look like markup, templates, formulas and scripts, and any others. */
export const hostile = [
  '<script>alert(1)</script>',
  '#eval("1+1") #import "x" $x^2$ *b* _i_ @ref <lab>',
  '{title} {#blocks}{/blocks} {{{x}}} \\{{=1}} }} {{',
  '=HYPERLINK("http://x","y")',
  '| a | b |',
  '# h',
  '- x',
  '12. y',
  '&amp;<b>"\'`',
  '</w:t></w:r><w:r>',
  '\\',
  '"); read("/etc/passwd")',
];
const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 10 }),
);

export const inlines: fc.Arbitrary<Inline> = fc.oneof(
  texts.map((text): Inline => ({ kind: 'text', text })),
  texts.map((text): Inline => ({ kind: 'plain', text })),
  tokens.map((token): Inline => ({ kind: 'figure', token })),
  texts.map((raw): Inline => ({ kind: 'broken', raw })),
);
const run = fc.array(inlines, { maxLength: 4 });

export const bodies: fc.Arbitrary<Block[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('heading' as const), level: fc.constantFrom(1, 2, 3) as fc.Arbitrary<1 | 2 | 3>, inlines: run }),
    fc.record({ kind: fc.constant('paragraph' as const), inlines: run }),
    fc.record({ kind: fc.constant('list' as const), ordered: fc.boolean(), items: fc.array(run, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('table' as const), rows: fc.array(fc.array(run, { maxLength: 3 }), { maxLength: 3 }) }),
  ),
  { maxLength: 5 },
);
