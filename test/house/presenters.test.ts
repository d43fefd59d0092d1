import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

// A use-case answers what somebody may see as the domain knows it. What the contract makes of that (texts of time, links, media types)
// is written by `http/<feature>/present.ts`. That nothing here imports the contract is a rule of the layers (`layer-usecases`).
const source = fileURLToPath(new URL('../../src/usecases', import.meta.url));

const tables = 'tables to take away are documents';
const files = 'frozen files are documents';
const bulletinText = 'the instant of a bulletin is part of its text, and frozen as such';
const report = 'a report of an import is a text for whoever ran it';

interface Rule {
  readonly what: string;
  readonly sign: RegExp;
  /** Files that may, and why. Nobody is added without a reason. */
  readonly exempt: Readonly<Record<string, string>>;
}

const rules: readonly Rule[] = [
  {
    what: 'instants in the time of a campaign',
    sign: /\b(?:formatWithOffset|inCampaignTime|stampText)\s*\(/,
    exempt: {
      'export/names.ts': tables,
      'export/table.ts': tables,
      'public/data.ts': 'open data are documents with a trailer',
      'log/bundle.ts': 'a bundle is a document',
      'publication/model.ts': files,
      'publication/propose.ts': bulletinText,
      'publication/readings.ts': bulletinText,
      'publication/write.ts': bulletinText,
      'registers/collect.ts': report,
      'registers/import.ts': report,
    },
  },
  {
    what: 'addresses of pages and of the API',
    sign: /['"`]\/(?:api|public)\b/,
    exempt: { 'publication/model.ts': files },
  },
  {
    what: 'media types',
    sign: /['"`](?:application|audio|image|text|video)\/[a-z]/,
    exempt: {
      'evidence/custody.ts': 'what the bytes of an object are is recorded with it',
      'log/anchors.ts': 'sent to a witness, by its own protocol',
      'log/timestamp.ts': 'sent to a time-stamp authority, by its own protocol',
    },
  },
];

const all = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((f) => f.split(sep).join('/'))
  .filter((f) => /\.ts$/.test(f) && !/\.test\.ts$/.test(f))
  .map((f) => ({ file: f, text: readFileSync(join(source, f), 'utf8') }));

describe('use-cases do not write', () => {
  test.each(rules)('$what', ({ sign, exempt }) => {
    expect(all.length).toBeGreaterThan(80);
    const found = all.filter(({ text }) => sign.test(text)).map(({ file }) => file);
    expect(found.filter((file) => exempt[file] === undefined)).toEqual([]);
    // A reason without its text is out of date.
    expect(Object.keys(exempt).filter((file) => !found.includes(file))).toEqual([]);
  });
});
