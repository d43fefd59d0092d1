import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { hostile } from '../../../test/generators/bulletin-texts.ts';
import { sampleModel } from '../../../test/generators/publication-model.ts';
import { qrPng, qrSvg } from '../kit/qr.ts';
import { freeze } from './freeze.ts';

const hashes = async (lang: 'zh' | 'en') => {
  const { model, proof } = sampleModel(lang);
  return (await freeze(model, proof)).map((f) => `${f.format} ${createHash('sha256').update(f.bytes).digest('hex')}`);
};
const fileOf = async (format: string) => {
  const { model, proof } = sampleModel();
  return (await freeze(model, proof)).find((f) => f.format === format)?.bytes as Uint8Array;
};
const utf8 = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescape = (xml: string) =>
  xml.replace(/&(?:#(\d+)|(\w+));/g, (_, n?: string, name?: string) =>
    n === undefined ? (named[name as string] as string) : String.fromCharCode(Number(n)),
  );

describe('the frozen files', () => {
  test('have the same bytes every time, in another process, and under another clock zone', async () => {
    const here = await hashes('zh');
    expect(await hashes('zh')).toEqual(here);
    const script = `
      import { createHash } from 'node:crypto';
      import { sampleModel } from ${JSON.stringify(new URL('../../../test/generators/publication-model.ts', import.meta.url).href)};
      import { freeze } from ${JSON.stringify(new URL('./freeze.ts', import.meta.url).href)};
      const { model, proof } = sampleModel('zh');
      for (const f of await freeze(model, proof)) console.log(f.format, createHash('sha256').update(f.bytes).digest('hex'));`;
    const other = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'America/St_Johns' },
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    });
    expect(other.stdout.trim().split('\n'), other.stderr).toEqual(here);
    expect(await hashes('en')).not.toEqual(here);
  }, 60_000);

  test('HTML: no script, no address of another site, hostile texts as text, every figure a link', async () => {
    const html = utf8(await fileOf('html'));
    expect(html).not.toMatch(/<script|<b>x|<img|@import|url\(/i);
    for (const text of hostile) expect(unescape(html)).toContain(text);
    expect(html.match(/href="[^"]*"/g)?.every((h) => /^href="(#f\d+|\/public\/)/.test(h))).toBe(true);
    expect(html).toContain('<a href="#f1">65.73%</a>');
    expect(html).toContain('id="f1"');
    expect(html).toContain('clearzero.example/sim');
  });

  test('Word: tags and markup in texts stay text, the picture and the seal are in it', async () => {
    const files = unzipSync(await fileOf('docx'));
    const xml = utf8(files['word/document.xml']);
    const shown = unescape(xml.replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, ''));
    for (const text of hostile) expect(shown).toContain(text);
    expect(xml.match(/<w:p[ >]/g)?.length).toBe(xml.match(/<\/w:p>/g)?.length);
    // A prefix without its namespace is a file that no office program opens.
    const prefixes = new Set([...xml.matchAll(/<([a-z]\w*):|\s([a-z]\w*):[a-z]\w*=/gi)].map((m) => m[1] ?? m[2]));
    for (const prefix of prefixes) if (prefix !== 'xmlns' && prefix !== 'xml') expect(xml).toContain(`xmlns:${prefix}=`);
    expect(Object.keys(files).some((name) => name.startsWith('word/media/'))).toBe(true);
    expect(Object.keys(files).some((name) => name.endsWith('/'))).toBe(false);
    expect(shown).toContain('— clearzero.example/sim sig==');
  });

  test('PDF: is made, with the fonts in it, and without what the texts would have asked for', async () => {
    const pdf = Buffer.from(await fileOf('pdf')).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf).toContain('NotoSansSC');
    expect(pdf).toContain('D:20190805');
    expect(pdf).not.toMatch(/\/JavaScript|\/Launch|\/EmbeddedFile/);
  });

  test('proof bundle: holds the records of each figure', async () => {
    const files = unzipSync(await fileOf('zip'));
    expect(Object.keys(files).sort()).toEqual(
      [
        'README.md',
        'bulletin.json',
        'checkpoint.txt',
        `definitions/${'a'.repeat(64)}.json`,
        'figures.json',
        'records/001.denominator.txt',
        'records/001.numerator.txt',
        'verify.mjs',
      ].sort(),
    );
    expect(utf8(files['records/001.numerator.txt']).trim().split('\n')).toHaveLength(3);
  });

  test('the code of the checkpoint is the same as picture and as drawing', () => {
    expect(Buffer.from(qrPng('x')).subarray(1, 4).toString()).toBe('PNG');
    expect(qrPng('x')).toEqual(qrPng('x'));
    expect(qrSvg('x', '"><script>')).not.toContain('<script');
  });
});
