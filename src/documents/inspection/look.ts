import { open, readFile } from 'node:fs/promises';
import { maxBytesOf, type EvidenceKind } from '../../domain/evidence/limits.ts';
import { mayBe, type MediaType } from '../../domain/evidence/media.ts';
import { Rejected, type Finding } from './finding.ts';
import { inspectPdf } from './pdf.ts';
import { headBytes, refusePolyglot, sniff, tailBytes, textType } from './sniff.ts';
import { inspectVideo } from './video.ts';
import { inspectZip } from './zip.ts';

export interface Look {
  readonly path: string;
  readonly name: string;
  readonly kind: EvidenceKind;
  /** An empty folder for the copies. */
  readonly scratch: string;
}

/** Looks at a file from its bytes; throws Rejected for what is not taken. Runs in a process of its own: see `run`. */
export async function look(q: Look): Promise<Finding> {
  const file = await open(q.path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) throw new Rejected('evidence.empty', {});
    if (size > maxBytesOf[q.kind]) throw new Rejected('evidence.too-large', { limit: maxBytesOf[q.kind] / 1_000_000 });
    const part = async (from: number, length: number) => {
      const buffer = Buffer.alloc(Math.min(length, size));
      await file.read(buffer, 0, buffer.length, from);
      return buffer;
    };
    const head = await part(0, headBytes);
    const sniffed = sniff(head);
    if (sniffed !== 'zip') refusePolyglotUnlessText(sniffed, head, await part(Math.max(0, size - tailBytes), tailBytes));
    const none = { deviceTakenAt: null, hasLocation: false, likeness: null, copies: [] };
    switch (sniffed) {
      case 'zip': {
        refuseKind('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', q.kind);
        return { mediaType: await inspectZip(q.path, size), ...none };
      }
      case 'text': {
        const type = textType(await readFile(q.path), q.name);
        refuseKind(type, q.kind);
        return { mediaType: type, ...none };
      }
      case 'application/pdf':
        refuseKind(sniffed, q.kind);
        inspectPdf(await readFile(q.path));
        return { mediaType: sniffed, ...none };
      case 'video/mp4':
      case 'video/quicktime':
        refuseKind(sniffed, q.kind);
        await inspectVideo(file, size);
        return { mediaType: sniffed, ...none };
      default: {
        refuseKind(sniffed, q.kind);
        // The image library is only loaded for images.
        const { inspectImage } = await import('./image.ts');
        return { mediaType: sniffed, ...(await inspectImage(q.path, q.scratch)) };
      }
    }
  } finally {
    await file.close();
  }
}

function refuseKind(type: MediaType, kind: EvidenceKind): void {
  if (!mayBe(type, kind)) throw new Rejected('evidence.kind-mismatch', { type, kind });
}

function refusePolyglotUnlessText(type: string, head: Buffer, tail: Buffer): void {
  if (type !== 'text') refusePolyglot(type, head, tail);
}
