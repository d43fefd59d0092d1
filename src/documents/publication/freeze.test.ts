import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  // Recorded when PDFs were still made with fonts of a package. Whoever changes these bytes gives the renderer another name.
  test('have the bytes that releases before them had', async () => {
    expect(await hashes('zh')).toEqual([
      'html ee492e427d7cedd6f6f0a7a61b221edce84b13c94a192cd2bb9e4952e587d0c6',
      'docx 2a8e8f6776c3a6619e38a9e13c0db0eef027a7783623d5b5c5bcc33aab53fbe3',
      'pdf eb220a493509138de62e513127b35c40bd32ab82fc62433340c91a30f4ba0b7d',
      'zip 0c5e74fa9d820a2bead04435624d5eb0dfcbc5a30ff47dca3006eb1222fe140a',
    ]);
    expect(await hashes('en')).toEqual([
      'html 684a06006ac044a024828dcf46d789ea64d2e67c7480805718f3eda75ab403b8',
      'docx 137ac3ef03a940ef19f0fc2adff47db30dbdb56dd56bcb33f21f42995017d6b4',
      'pdf d4a0d96a52e856ccf39b9a86a3ff6f4d209266f64c2c19ef2ea5c98adc7779ae',
      'zip 046d6ffcae6f54e43088d8dce694ff6720a66a5a56fb089c496fcf95e9d65a7c',
    ]);
  });

  test('have the same bytes every time, in another process, without fonts of the machine, and under another clock zone', async () => {
    const here = await hashes('zh');
    expect(await hashes('zh')).toEqual(here);
    const script = `
      import { createHash } from 'node:crypto';
      import { sampleModel } from ${JSON.stringify(new URL('../../../test/generators/publication-model.ts', import.meta.url).href)};
      import { freeze } from ${JSON.stringify(new URL('./freeze.ts', import.meta.url).href)};
      const { model, proof } = sampleModel('zh');
      for (const f of await freeze(model, proof)) console.log(f.format, createHash('sha256').update(f.bytes).digest('hex'));`;
    const fonts = join(tmpdir(), `no-fonts-${process.pid}.conf`);
    writeFileSync(fonts, '<?xml version="1.0"?><fontconfig><dir>/dev/null</dir></fontconfig>');
    const other = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      // Fontconfig with one folder, which has no fonts.
      env: { ...process.env, TZ: 'America/St_Johns', FONTCONFIG_FILE: fonts },
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    });
    rmSync(fonts);
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
