import type { MediaType } from '../../domain/evidence/media.ts';
import { Rejected } from './finding.ts';

/** How much of a file's beginning and end is looked at. */
export const headBytes = 4096;
/** A ZIP directory ends at most this far before the end. */
export const tailBytes = 65_557;

const ascii = (b: Buffer, from: number, to: number) => b.toString('latin1', from, to);

/** Types that are known, so that the refusal can name them, and refused. */
const refused: readonly [string, (h: Buffer) => boolean][] = [
  ['Windows EXE', (h) => ascii(h, 0, 2) === 'MZ'],
  ['ELF', (h) => ascii(h, 0, 4) === '\x7fELF'],
  ['Mach-O', (h) => ['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'].includes(h.toString('hex', 0, 4))],
  ['script', (h) => ascii(h, 0, 2) === '#!'],
  ['RAR', (h) => ascii(h, 0, 4) === 'Rar!'],
  ['7z', (h) => h.toString('hex', 0, 4) === '377abcaf'],
  ['gzip', (h) => h.toString('hex', 0, 2) === '1f8b'],
  ['bzip2', (h) => ascii(h, 0, 3) === 'BZh'],
  ['xz', (h) => h.toString('hex', 0, 4) === 'fd377a58'],
  ['zstd', (h) => h.toString('hex', 0, 4) === '28b52ffd'],
  ['tar', (h) => ascii(h, 257, 262) === 'ustar'],
  ['OLE (doc, xls, msi)', (h) => h.toString('hex', 0, 8) === 'd0cf11e0a1b11ae1'],
  ['GIF', (h) => ascii(h, 0, 4) === 'GIF8'],
  ['BMP', (h) => ascii(h, 0, 2) === 'BM' && h.readUInt32LE(6) === 0],
];

/** Brands of the ISO container (MP4 and its relatives). */
function isoType(head: Buffer): MediaType | undefined {
  const brand = ascii(head, 8, 12);
  if (brand === 'qt  ') return 'video/quicktime';
  if (/^(isom|iso\d|mp4\d|avc1|M4V |MSNV|3gp\d|dash|mmp4)/.test(brand)) return 'video/mp4';
  // HEIC cannot be decoded here, so no copy without the place and the device could be made of it.
  throw new Rejected('evidence.type-refused', { type: /^(heic|heix|hevc|mif1|msf1|heim|heis)/.test(brand) ? 'HEIC' : `ISO ${brand}` });
}

/** The type that the first bytes show; `zip` and `text` need a closer look. Throws Rejected for what is never taken. */
export function sniff(head: Buffer): MediaType | 'zip' | 'text' {
  const h = head.length < 512 ? Buffer.concat([head, Buffer.alloc(512 - head.length)]) : head;
  for (const [type, is] of refused) if (is(h)) throw new Rejected('evidence.type-refused', { type });
  if (h[0] === 0xff && h[1] === 0xd8 && h[2] === 0xff) return 'image/jpeg';
  if (h.toString('hex', 0, 8) === '89504e470d0a1a0a') return 'image/png';
  if (ascii(h, 0, 4) === 'RIFF' && ascii(h, 8, 12) === 'WEBP') return 'image/webp';
  if (['49492a00', '4d4d002a'].includes(h.toString('hex', 0, 4))) return 'image/tiff';
  if (ascii(h, 0, 5) === '%PDF-') return 'application/pdf';
  if (['504b0304', '504b0506'].includes(h.toString('hex', 0, 4))) return 'zip';
  if (ascii(h, 4, 8) === 'ftyp') return isoType(h) as MediaType;
  return 'text';
}

const markup = /<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?php|\?xml)\b/i;

/** Refuses a file that is two things at once: an archive at its end, or a page or a PDF at its beginning. */
export function refusePolyglot(type: string, head: Buffer, tail: Buffer): void {
  // The end record of an archive: its signature, then numbers that fit into the file. Chance makes one in some hundred million files.
  for (let at = tail.indexOf('PK\x05\x06', 0, 'latin1'); at >= 0; at = tail.indexOf('PK\x05\x06', at + 1, 'latin1')) {
    if (tail.length - at >= 22 && tail.readUInt16LE(at + 4) === 0 && tail.readUInt16LE(at + 20) <= tail.length - at - 22) {
      throw new Rejected('evidence.polyglot', { type, also: 'ZIP' });
    }
  }
  const text = head.toString('latin1', 0, 1024);
  if (type !== 'application/pdf' && text.includes('%PDF-')) throw new Rejected('evidence.polyglot', { type, also: 'PDF' });
  if (markup.test(text.replace(/<\?xpacket|<\?xml/gi, ''))) throw new Rejected('evidence.polyglot', { type, also: 'HTML' });
}

/** Plain text or a table; refuses pages, drawings and anything that is no text. */
export function textType(bytes: Buffer, name: string): MediaType {
  const sample = bytes.toString('latin1');
  if (markup.test(sample)) throw new Rejected('evidence.type-refused', { type: /<\s*svg/i.test(sample) ? 'SVG' : 'HTML, XML' });
  const text = decoded(bytes);
  if (text === undefined || /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)) {
    throw new Rejected('evidence.type-refused', { type: 'unknown' });
  }
  // Both are text and are served as text; only which one it is comes from the name.
  return /\.(csv|tsv)$/i.test(name) ? 'text/csv' : 'text/plain';
}

function decoded(bytes: Buffer): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return undefined;
}
