import { zlibSync } from 'fflate';
import { create } from 'qrcode';
import { writableText } from '../../domain/kernel/text.ts';

/** A QR code as its squares: `true` is dark. */
export interface QrMatrix {
  readonly size: number;
  dark(row: number, column: number): boolean;
}

/** The QR code of a text, error correction M: the same text always gives the same squares. */
export function qrMatrix(text: string): QrMatrix {
  const { modules } = create(writableText(text), { errorCorrectionLevel: 'M' });
  return { size: modules.size, dark: (row, column) => modules.get(row, column) !== 0 };
}

const quiet = 4;

/** The code as SVG with its quiet zone, one path, no size of its own. */
export function qrSvg(text: string, label: string): string {
  const m = qrMatrix(text);
  const side = m.size + 2 * quiet;
  let path = '';
  for (let r = 0; r < m.size; r++) {
    for (let c = 0; c < m.size; c++) {
      const from = c;
      while (c < m.size && m.dark(r, c)) c++;
      if (c > from) path += `M${from + quiet} ${r + quiet}h${c - from}v1h-${c - from}z`;
    }
  }
  const title = writableText(label).replace(/[<>&"]/g, '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" aria-label="${title}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}

/**
 * The code as PNG, one bit a pixel, `scale` pixels a square.
 *
 * Written here because the bytes must not depend on which zlib a runtime carries: the data are stored, not compressed.
 */
export function qrPng(text: string, scale = 6): Uint8Array {
  const m = qrMatrix(text);
  const side = (m.size + 2 * quiet) * scale;
  const stride = Math.ceil(side / 8);
  const rows = new Uint8Array((stride + 1) * side).fill(0xff);
  for (let y = 0; y < side; y++) {
    const base = y * (stride + 1);
    rows[base] = 0;
    for (let x = 0; x < side; x++) {
      const [r, c] = [Math.floor(y / scale) - quiet, Math.floor(x / scale) - quiet];
      if (r < 0 || c < 0 || r >= m.size || c >= m.size || !m.dark(r, c)) continue;
      const at = base + 1 + (x >> 3);
      rows[at] = (rows[at] as number) & ~(0x80 >> (x & 7));
    }
  }
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, side);
  view.setUint32(4, side);
  head.set([1, 0, 0, 0, 0], 8);
  const signature = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return join([signature, chunk('IHDR', head), chunk('IDAT', zlibSync(rows, { level: 0 })), chunk('IEND', new Uint8Array())]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(new TextEncoder().encode(type), 4);
  out.set(data, 8);
  view.setUint32(8 + data.length, crc32(out.subarray(4, 8 + data.length)));
  return out;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const b of bytes) c = (table[(c ^ b) & 0xff] as number) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
