import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { texts as en } from './en/index.ts';
import { texts as zh } from './zh-CN/index.ts';

const web = join(import.meta.dirname, '..');

/** Every key of a catalogue as `namespace:a.b`; plural endings are one key. */
function keysOf(texts: object, prefix: string, separator: string): Map<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    const path = `${prefix}${separator}${key}`;
    if (typeof value === 'string') out.set(path.replace(/_(one|other)$/, ''), value);
    else for (const [k, v] of keysOf(value as object, path, separator === '' ? ':' : '.')) out.set(k, v);
  }
  return out;
}

const [zhKeys, enKeys] = [keysOf(zh, '', ''), keysOf(en, '', '')];

describe('the two catalogues', () => {
  test('have the same keys', () => {
    expect([...enKeys.keys()].sort()).toEqual([...zhKeys.keys()].sort());
  });

  test('have no empty text, and the same values to fill in', () => {
    const filled = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((m) => m[1]).sort();
    for (const [key, text] of zhKeys) {
      expect(text, key).not.toBe('');
      const other = filled(enKeys.get(key) ?? '');
      expect(
        filled(text).filter((name) => !other.includes(name)),
        key,
      ).toEqual([]);
    }
  });

  test('Chinese has no half-width punctuation between Chinese characters', () => {
    const wrong = [...zhKeys].filter(([, text]) => /[\u4e00-\u9fff][,;:?!][\u4e00-\u9fff]/.test(text));
    expect(wrong).toEqual([]);
  });
});

test('every key used on a page exists', () => {
  const missing: string[] = [];
  for (const entry of readdirSync(web, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const source = readFileSync(file, 'utf8');
    for (const [, key = ''] of source.matchAll(
      /['"`]((?:acts|batch|bulletin|dashboard|figure|ledger|method|problem|record|screen|session|shell|source|states|units):[\w.${}]+)/g,
    )) {
      const fixed = key.split('${')[0] ?? '';
      const known = key.includes('${') ? [...zhKeys.keys()].some((k) => k.startsWith(fixed)) : zhKeys.has(key);
      if (!known) missing.push(`${entry.name}: ${key}`);
    }
  }
  expect(missing).toEqual([]);
});
