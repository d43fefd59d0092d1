import type { FastifyReply, FastifyRequest } from 'fastify';
import { uploadMetadata } from '../../contract/evidence.ts';
import { maxBytesOfAny } from '../../domain/evidence/limits.ts';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import type { NewUpload, Part, UploadState } from '../../usecases/evidence/upload.ts';
import { Empty } from '../server/empty.ts';

// tus 1.0.0 (https://tus.io/protocols/resumable-upload), with what it names creation, creation-with-upload, termination, checksum and
// expiration.
const version = '1.0.0';
export const partType = 'application/offset+octet-stream';

/** How long a connection may send nothing. */
const idleMs = 60_000;

/** Marks an answer as one of the protocol, refusals too; refuses other versions of it. */
export function wrongVersion(request: FastifyRequest, reply: FastifyReply): Refusal | undefined {
  reply.header('tus-resumable', version).header('tus-version', version);
  return request.headers['tus-resumable'] === version ? undefined : refuse('evidence.upload-version', {});
}

export function capabilities(): Empty {
  return new Empty(204, {
    'tus-resumable': version,
    'tus-version': version,
    'tus-max-size': String(maxBytesOfAny),
    'tus-extension': 'creation,creation-with-upload,termination,checksum,expiration',
    'tus-checksum-algorithm': 'sha256,sha1',
  });
}

/** What the headers of a new upload say. */
export function readNewUpload(request: FastifyRequest): NewUpload | Refusal {
  const length = wholeNumber(request.headers['upload-length']);
  if (length === undefined) return refuse('input.invalid', { fields: ['Upload-Length: a whole number of bytes'] });
  const read = uploadMetadata.safeParse(metadataOf(String(request.headers['upload-metadata'] ?? '')));
  if (!read.success) {
    return refuse('input.invalid', { fields: read.error.issues.map((i) => `Upload-Metadata ${i.path.join('.')}: ${i.message}`) });
  }
  return { ...read.data, length, takenAt: read.data.takenAt ?? null };
}

function metadataOf(text: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const pair of text.slice(0, 8192).split(',')) {
    const [key = '', value = ''] = pair.trim().split(' ');
    if (key !== '') Object.defineProperty(out, key, { value: Buffer.from(value, 'base64').toString('utf8'), enumerable: true });
  }
  return out;
}

/** The part of an upload that a request carries. */
export function readPart(request: FastifyRequest, offset: number | undefined): Part | Refusal {
  if (offset === undefined) return refuse('input.invalid', { fields: ['Upload-Offset: a whole number of bytes'] });
  if (request.headers['content-type'] !== partType) return refuse('input.invalid', { fields: [`Content-Type: ${partType}`] });
  const sent = request.headers['upload-checksum'];
  const [, algorithm, base64] = /^(sha1|sha256) ([A-Za-z0-9+/]+=*)$/.exec(String(sent ?? '')) ?? [];
  if (sent !== undefined && base64 === undefined) return refuse('input.invalid', { fields: ['Upload-Checksum: sha256 or sha1 in base64'] });
  return {
    offset,
    source: whileItComes(request),
    stop: () => request.raw.destroy(),
    ...(base64 === undefined ? {} : { checksum: { algorithm: algorithm as 'sha1' | 'sha256', base64 } }),
  };
}

/** The body as it comes; a connection over which nothing comes for too long is ended. */
async function* whileItComes(request: FastifyRequest): AsyncIterable<Uint8Array> {
  const idle = setTimeout(() => request.raw.destroy(), idleMs);
  try {
    // A refusal in the middle must still reach the client: leaving the loop does not end the connection.
    for await (const chunk of request.raw.iterator({ destroyOnReturn: false })) {
      idle.refresh();
      yield chunk as Uint8Array;
    }
  } finally {
    clearTimeout(idle);
    if (!request.raw.complete) letGo(request);
  }
}

/** After a refusal in the middle: what still comes is thrown away for a moment, so that the answer is read, then the connection ends. */
function letGo(request: FastifyRequest): void {
  request.raw.resume();
  setTimeout(() => {
    if (!request.raw.complete) request.raw.destroy();
  }, 2000).unref();
}

export function offsetOf(request: FastifyRequest): number | undefined {
  return wholeNumber(request.headers['upload-offset']);
}

/** Answers how an upload stands. */
export function standing(status: number, u: UploadState, more: Readonly<Record<string, string>> = {}): Empty {
  return new Empty(status, {
    'upload-offset': String(u.received),
    'upload-expires': new Date(u.expiresAt).toUTCString(),
    'cache-control': 'no-store',
    ...more,
  });
}

function wholeNumber(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}
