import { inflateSync } from 'node:zlib';
import { Rejected } from './finding.ts';

const active = /\/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|GoToE|ImportData|SubmitForm)(?![A-Za-z0-9])/;
const mostStreams = 2_000;
const mostUnpacked = 40_000_000;

/**
 * Refuses a PDF that runs or carries something.
 *
 * Names are read outside of streams and inside packed object streams. It is a filter and no proof: whatever passes is still only
 * ever sent as an attachment into a sandbox.
 */
export function inspectPdf(bytes: Buffer): void {
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - 2048));
  if (!tail.includes('%%EOF')) throw new Rejected('evidence.damaged', {});
  const plain: string[] = [];
  let at = 0;
  let streams = 0;
  let unpacked = 0;
  while (at < bytes.length) {
    const start = nextStream(bytes, at);
    plain.push(bytes.toString('latin1', at, start === -1 ? bytes.length : start));
    if (start === -1) break;
    const found = bytes.indexOf('endstream', start, 'latin1');
    const end = found === -1 ? bytes.length : found;
    const dictionary = bytes.toString('latin1', Math.max(at, start - 600), start);
    if (/\/ObjStm/.test(named(dictionary)) && streams++ < mostStreams && unpacked < mostUnpacked) {
      const text = inflated(bytes.subarray(start, end), mostUnpacked - unpacked);
      unpacked += text.length;
      plain.push(text);
    }
    at = end;
  }
  const hit = active.exec(named(plain.join('\n')));
  if (hit !== null) throw new Rejected('evidence.active-content', { found: hit[1] ?? '' });
}

/** Where the next stream's data begin; -1 when there is none. */
function nextStream(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf('stream', from, 'latin1'); at >= 0; at = bytes.indexOf('stream', at + 6, 'latin1')) {
    if (bytes.toString('latin1', at - 3, at) === 'end') continue;
    const next = bytes[at + 6];
    if (next === 0x0d || next === 0x0a) return at + (next === 0x0d && bytes[at + 7] === 0x0a ? 8 : 7);
  }
  return -1;
}

/** Names may be written with #xx. */
function named(text: string): string {
  return text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function inflated(data: Buffer, most: number): string {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(1, most), finishFlush: 2 }).toString('latin1');
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw new Rejected('evidence.archive-size', { limit: mostUnpacked });
    return '';
  }
}
