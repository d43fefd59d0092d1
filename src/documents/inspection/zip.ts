import yauzl from 'yauzl';
import type { RefusalCode } from '../../domain/refusals.ts';
import { inspection as limits } from '../../domain/evidence/limits.ts';
import type { MediaType } from '../../domain/evidence/media.ts';
import { Rejected } from './finding.ts';

/** What the reader says of names that lead out of the archive. */
const badName = /absolute path|invalid relative path|invalid characters in fileName/;

/** First bytes of what must not lie inside a document. */
const inside: readonly [string, RefusalCode][] = [
  ['504b0304', 'evidence.archive-nested'],
  ['52617221', 'evidence.archive-nested'],
  ['377abcaf', 'evidence.archive-nested'],
  ['1f8b', 'evidence.archive-nested'],
  ['fd377a58', 'evidence.archive-nested'],
  ['425a68', 'evidence.archive-nested'],
  ['d0cf11e0', 'evidence.active-content'],
  ['4d5a', 'evidence.active-content'],
  ['7f454c46', 'evidence.active-content'],
];

/**
 * Looks through an Office document: every entry is unpacked, counted and thrown away.
 * Refuses archives that are no document, macros, links to outside parts, nested archives, odd names and bombs.
 */
export async function inspectZip(path: string, size: number): Promise<MediaType> {
  const zip = await opened(path);
  try {
    if (zip.entryCount > limits.zipEntries) throw new Rejected('evidence.archive-entries', { limit: limits.zipEntries });
    const names = new Set<string>();
    let entries = 0;
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      if (++entries > limits.zipEntries) throw new Rejected('evidence.archive-entries', { limit: limits.zipEntries });
      refuseEntry(entry);
      names.add(entry.fileName);
      if (entry.fileName.endsWith('/')) continue;
      total += await readEntry(zip, entry, (bytes) => {
        const sum = total + bytes;
        if (sum > limits.zipBytes) throw new Rejected('evidence.archive-size', { limit: limits.zipBytes });
        if (sum > size * limits.zipRatio) throw new Rejected('evidence.archive-ratio', { limit: limits.zipRatio });
      });
    }
    if (!names.has('[Content_Types].xml')) throw new Rejected('evidence.type-refused', { type: 'ZIP' });
    if (names.has('word/document.xml')) return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    if (names.has('xl/workbook.xml')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    throw new Rejected('evidence.type-refused', { type: 'ZIP' });
  } catch (error) {
    throw error instanceof Rejected ? error : new Rejected(badName.test(String(error)) ? 'evidence.archive-path' : 'evidence.damaged');
  } finally {
    zip.close();
  }
}

async function opened(path: string): Promise<yauzl.ZipFile> {
  try {
    return await yauzl.openPromise(path, { autoClose: false, strictFileNames: true, validateEntrySizes: true, decodeStrings: true });
  } catch {
    throw new Rejected('evidence.damaged', {});
  }
}

function refuseEntry(entry: yauzl.Entry): void {
  const name = entry.fileName;
  const unixMode = entry.externalFileAttributes >>> 16;
  if (/^([A-Za-z]:|\/)|\\|(^|\/)\.\.(\/|$)/.test(name) || (unixMode & 0o170000) === 0o120000) {
    throw new Rejected('evidence.archive-path', {});
  }
  if (/vbaProject\.bin$|vbaData\.xml$|\/activeX\//i.test(name)) throw new Rejected('evidence.macros', {});
  if (/\.(zip|rar|7z|gz|tgz|bz2|xz|jar|docx|xlsx|docm|xlsm|pptx)$/i.test(name)) throw new Rejected('evidence.archive-nested', {});
  if (/\.(exe|dll|com|scr|js|vbs|bat|cmd|ps1|hta|html?|svg|swf)$/i.test(name)) throw new Rejected('evidence.active-content', {});
  if (entry.isEncrypted()) throw new Rejected('evidence.encrypted', {});
}

/** Unpacks an entry into nothing, telling how many bytes there were so far. */
async function readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry, count: (bytes: number) => void): Promise<number> {
  const stream = await zip.openReadStreamPromise(entry);
  let bytes = 0;
  let text = '';
  const wanted = /\.rels$|^\[Content_Types\]\.xml$/.test(entry.fileName);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (bytes === 0) refuseInside(chunk);
      bytes += chunk.length;
      count(bytes);
      if (wanted && text.length < 1_000_000) text += chunk.toString('utf8');
    }
  } finally {
    stream.destroy();
  }
  if (/macroEnabled/i.test(text)) throw new Rejected('evidence.macros', {});
  for (const [relation = ''] of text.matchAll(/<Relationship\b[^>]*>/gi)) {
    // A link for people to follow stays; a part that is loaded from outside does not.
    if (/TargetMode\s*=\s*["']External/i.test(relation) && !/\/hyperlink["']/i.test(relation)) {
      throw new Rejected('evidence.active-content', {});
    }
  }
  return bytes;
}

function refuseInside(chunk: Buffer): void {
  const start = chunk.toString('hex', 0, 8);
  for (const [magic, code] of inside) if (start.startsWith(magic)) throw new Rejected(code, {});
}
