import { writableText } from '../../domain/kernel/text.ts';
import type { Handover } from '../../usecases/evidence/custody.ts';
import { Download } from '../server/download.ts';

/** Sends bytes that others made: to be saved and never shown as a page of ours, whatever they are. */
export function evidenceDownload(h: Handover): Download {
  return new Download(h.open.stream, h.mediaType, h.name, {
    'content-length': String(h.open.bytes),
    'content-disposition': disposition(h.name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
}

/** RFC 6266: a plain name for old programs and the real one as RFC 5987 writes it. */
export function disposition(stored: string): string {
  const name = writableText(stored);
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const full = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}
