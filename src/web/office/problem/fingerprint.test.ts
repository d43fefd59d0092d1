import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fingerprint } from './fingerprint.ts';

afterEach(() => void vi.unstubAllGlobals());

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) % 256);

describe('the fingerprint of a file', () => {
  test.each([0, 1, 55, 56, 63, 64, 65, 70_000])('of %i bytes is their SHA-256, with the browser’s help or without', async (length) => {
    const bytes = bytesOf(length);
    expect(await fingerprint(new Blob([bytes]))).toBe(sha256(bytes));
    // A page without encryption has no such help.
    vi.stubGlobal('crypto', {});
    expect(await fingerprint(new Blob([bytes]))).toBe(sha256(bytes));
  });

  test('of nothing is the known one', async () => {
    expect(await fingerprint(new Blob([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  test('of a large file is read piece by piece, and never whole', async () => {
    const pieces = [bytesOf(3), bytesOf(65_536), bytesOf(1)];
    const whole = vi.fn();
    const film = {
      size: 400_000_000,
      arrayBuffer: whole,
      stream: () =>
        new ReadableStream<Uint8Array>({
          start(out) {
            for (const piece of pieces) out.enqueue(piece);
            out.close();
          },
        }),
    } as unknown as Blob;
    expect(await fingerprint(film)).toBe(sha256(Buffer.concat(pieces)));
    expect(whole).not.toHaveBeenCalled();
  });

  test('of a file that goes away while it is read is none', async () => {
    const gone = {
      size: 400_000_000,
      stream: () =>
        new ReadableStream<Uint8Array>({
          pull(out) {
            out.error(new DOMException('gone', 'NotReadableError'));
          },
        }),
    } as unknown as Blob;
    await expect(fingerprint(gone)).rejects.toMatchObject({ name: 'NotReadableError' });
  });
});
