import type { EvidenceKind } from './limits.ts';

/** What may be handed in, by the type that its bytes show (the name's extension says nothing). */
export const mediaTypes = {
  'image/jpeg': { extension: 'jpg', kinds: ['photo', 'document', 'monitoring'] },
  'image/png': { extension: 'png', kinds: ['photo', 'document', 'monitoring'] },
  'image/webp': { extension: 'webp', kinds: ['photo', 'document', 'monitoring'] },
  'image/tiff': { extension: 'tif', kinds: ['photo', 'document', 'monitoring'] },
  'application/pdf': { extension: 'pdf', kinds: ['document', 'monitoring'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { extension: 'docx', kinds: ['document', 'monitoring'] },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { extension: 'xlsx', kinds: ['document', 'monitoring'] },
  'text/plain': { extension: 'txt', kinds: ['document', 'monitoring'] },
  'text/csv': { extension: 'csv', kinds: ['document', 'monitoring'] },
  'video/mp4': { extension: 'mp4', kinds: ['video'] },
  'video/quicktime': { extension: 'mov', kinds: ['video'] },
} as const satisfies Record<string, { extension: string; kinds: readonly EvidenceKind[] }>;

export type MediaType = keyof typeof mediaTypes;

export const isMediaType = (text: string): text is MediaType => Object.hasOwn(mediaTypes, text);

export function mayBe(type: MediaType, kind: EvidenceKind): boolean {
  return (mediaTypes[type].kinds as readonly string[]).includes(kind);
}

/** The kind that a media type most likely is; for pages that take files without asking. */
export function kindOfMime(mime: string): EvidenceKind {
  if (mime.startsWith('image/')) return 'photo';
  return mime.startsWith('video/') ? 'video' : 'document';
}

/**
 * A file name that is safe to send: no path, no control characters, no direction marks, and the extension of what the bytes are, so
 * that a table called `x.jpg.exe` arrives as `x.csv`.
 */
export function fileNameOf(name: string, type: string): string {
  const extension = isMediaType(type) ? mediaTypes[type].extension : 'bin';
  const plain = name
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/(\.[A-Za-z0-9]{1,8}){1,3}$/, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120);
  return `${plain === '' ? 'evidence' : plain}.${extension}`;
}
