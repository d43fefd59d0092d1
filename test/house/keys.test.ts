import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// Keys of an input method are not ours: a handler that forgets it takes Escape and Enter away from whoever writes Chinese.
const web = fileURLToPath(new URL('../../src/web', import.meta.url));

/** Handlers of keys that do not leave compositions alone, as `file: text`. */
function careless(source: string): string[] {
  const found: string[] = [];
  for (const [text, handler = ''] of source.matchAll(/\bonKey(?:Down|Up|Press)(?:Capture)?\s*=\s*\{([^\n]{0,80})/g)) {
    if (!handler.trim().startsWith('unlessComposing(')) found.push(text.trim());
  }
  for (const [text, handler = ''] of source.matchAll(/addEventListener\(\s*['"]key(?:down|up|press)['"]\s*,\s*([^,)\n]+)/g)) {
    const name = handler.trim();
    if (!name.startsWith('unlessComposing(') && !new RegExp(`const ${name} = unlessComposing\\(`).test(source)) found.push(text.trim());
  }
  for (const [text] of source.matchAll(/\bonkey(?:down|up|press)\s*=|\bhandleKey(?:Down|Press)\b/g)) found.push(text);
  return found;
}

test('a handler that does not ask is found', () => {
  expect(careless('<input onKeyDown={(e) => go(e)} />')).toHaveLength(1);
  expect(careless("const onKey = (e) => 1;\ndocument.addEventListener('keydown', onKey);")).toHaveLength(1);
  expect(careless('element.onkeydown = go;')).toHaveLength(1);
  expect(careless('new Plugin({ props: { handleKeyDown: () => true } })')).toHaveLength(1);
  expect(careless("const onKey = unlessComposing((e) => 1);\ndocument.addEventListener('keydown', onKey);")).toEqual([]);
  expect(careless('<input onKeyDown={unlessComposing((e) => go(e))} />')).toEqual([]);
});

test('every handler of keys leaves an input method alone', () => {
  const found: string[] = [];
  let handlers = 0;
  for (const entry of readdirSync(web, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    const source = readFileSync(file, 'utf8');
    handlers += (source.match(/onKeyDown=|addEventListener\(\s*'keydown'/g) ?? []).length;
    found.push(...careless(source).map((text) => `${relative(web, file)}: ${text}`));
  }
  expect(found).toEqual([]);
  // None seen would mean that this looks in the wrong place.
  expect(handlers).toBeGreaterThanOrEqual(5);
});
