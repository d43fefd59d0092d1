import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderer } from '../publication/freeze.ts';
import { canDraw, drawn, fontPaths, fontsName } from './fonts.ts';
import { typeset } from './typst.ts';

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

describe('the fonts of the documents', () => {
  test('are the files that their notes and the name of the renderer say', () => {
    const notes = readFileSync(new URL('./fonts/README.md', import.meta.url), 'utf8');
    const hashes = fontPaths.map((path) => sha256(readFileSync(path)));
    for (const hash of hashes) expect(notes).toContain(hash);
    expect(fontsName).toBe(`noto-sans-sc/${hashes.map((h) => h.slice(0, 12)).join('+')}`);
    expect(renderer).toContain(fontsName);
    expect(readFileSync(new URL('./fonts/OFL.txt', import.meta.url), 'utf8')).toContain('SIL OPEN FONT LICENSE Version 1.1');
  });

  // Counted and listed by FreeType (fc-query), not by the reader under test.
  test('have the characters that another reader finds in them', () => {
    const points = Array.from({ length: 0x110000 }, (_, n) => n).filter(canDraw);
    expect(points).toHaveLength(30_890);
    expect(sha256(points.map((p) => p.toString(16)).join('\n'))).toBe('f1b76d44deb6198e641c6e9733195866dc8262f7b6216fb1febb8e3c2b100bcd');
  });

  test.each([
    ['当事人某、㛃某（U+36C3） 3／5 “甲”—— • é', '当事人某、㛃某（U+36C3） 3／5 “甲”—— • é'],
    ['当事人𠮷某', '当事人[U+20BB7]某'],
    ['𠮷😀', '[U+20BB7][U+1F600]'],
    ['e\u0301 两行\n一\t二 葛\u{e0100}\u200b', 'e\u0301 两行\n一\t二 葛\u{e0100}\u200b'],
  ])('draw %s', (text, shown) => {
    expect(drawn(text)).toBe(shown);
  });
});

/** A page with everything that a machine's own fonts could change: a rare character, both weights, a character of no font. */
const source = '#let d = json(bytes(sys.inputs.data))\n#set document(date: auto)\n#d.a #strong(d.b) #for t in d.list [- #t]';
const data = { a: '当事人𠮷某、㛃某', b: '粗𠮷ก', list: ['甲', 'ᠮᠣᠩᠭᠣᠯ'] };
const at = new Date('2019-08-05T10:00:00Z');

describe.runIf(process.platform === 'linux')('on machines with other fonts', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fonts-'));
    mkdirSync(join(folder, 'installed'));
    mkdirSync(join(folder, 'none'));
    for (const path of fontPaths) writeFileSync(join(folder, 'installed', path.replace(/.*\//, '')), twiceAsSmall(readFileSync(path)));
    for (const name of ['installed', 'none'])
      writeFileSync(join(folder, `${name}.conf`), `<?xml version="1.0"?><fontconfig><dir>${join(folder, name)}</dir></fontconfig>`);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What a process makes of the page on a machine with these fonts; `asked` without ours. */
  const elsewhere = (fonts: string) => {
    const script = `
      import { createHash } from 'node:crypto';
      import { createRequire } from 'node:module';
      import { typeset } from ${JSON.stringify(new URL('./typst.ts', import.meta.url).href)};
      const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
      const require = createRequire(${JSON.stringify(import.meta.url)});
      const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');
      const theirs = NodeCompiler.create({}).pdf({ mainFileContent: '#set text(font: "Noto Sans SC")\\n当' });
      console.log(sha256(typeset(${JSON.stringify(source)}, ${JSON.stringify(data)}, new Date(${at.getTime()}))));
      console.log(theirs.toString('latin1').includes('NotoSansSC'));`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, FONTCONFIG_FILE: join(folder, `${fonts}.conf`), HOME: folder },
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    });
    return run.stdout.trim().split('\n');
  };

  test('the same page has the same bytes: with theirs, with none, and with others of the same name', () => {
    const here = sha256(typeset(source, data, at));
    expect(elsewhere('installed')).toEqual([here, 'true']);
    expect(elsewhere('none')).toEqual([here, 'false']);
  });
});

/** The same font with another size of its square: what is drawn with it differs. */
function twiceAsSmall(font: Buffer): Buffer {
  const count = font.readUInt16BE(4);
  for (let i = 12; i < 12 + 16 * count; i += 16) {
    if (font.toString('latin1', i, i + 4) === 'head') font.writeUInt16BE(2000, font.readUInt32BE(i + 8) + 18);
  }
  return font;
}
