/**
 * How much two pictures look alike (图像相似度): a hash of the picture and not of its bytes, so that a copy that was saved again, scaled,
 * converted or mirrored is still told from a new photo.
 *
 * The lowest 16 x 16 frequencies of the picture in grey (a cosine transform of 64 x 64 points) give one bit each: its sign. Light,
 * compression and scaling hardly change signs; mirroring and turning change them in a way that is known beforehand.
 * @source Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), chapter 3: hashes of cosine transforms
 */

/** Side of the grey picture that is looked at, in points. */
export const likenessSide = 64;

/** Frequencies per direction. */
const low = 16;
const bits = low * low;

/** Pictures that differ in at most so many of 256 bits look alike; two that have nothing in common differ in about 128. */
export const alikeUpTo = 56;

/** Below this spread of grey values (of 255) a picture is too plain to be told from another one. */
const plainBelow = 8;

/** cosines[k][x] of the transform. */
const cosines = Array.from({ length: low }, (_, k) =>
  Float64Array.from({ length: likenessSide }, (_x, x) => Math.cos(((2 * x + 1) * k * Math.PI) / (2 * likenessSide))),
);

/**
 * The likeness of a picture.
 * @param grey  64 x 64 grey values by rows, 0 to 255
 * @returns     256 bits as '0' and '1', or null for a picture too plain to be compared
 */
export function likenessOf(grey: Uint8Array): string | null {
  if (grey.length !== likenessSide ** 2) throw new Error(`${grey.length} grey values instead of ${likenessSide ** 2}`);
  const mean = grey.reduce((a, b) => a + b, 0) / grey.length;
  const spread = Math.sqrt(grey.reduce((a, b) => a + (b - mean) ** 2, 0) / grey.length);
  if (spread < plainBelow) return null;
  // By rows first: rows[y][u].
  const rows = Array.from({ length: likenessSide }, (_, y) =>
    cosines.map((c) => c.reduce((sum, cos, x) => sum + cos * ((grey[y * likenessSide + x] as number) - mean), 0)),
  );
  let out = '';
  for (let v = 0; v < low; v++) {
    const column = cosines[v] as Float64Array;
    for (let u = 0; u < low; u++) {
      const value = rows.reduce((sum, row, y) => sum + (row[u] as number) * (column[y] as number), 0);
      out += u + v > 0 && value > 0 ? '1' : '0';
    }
  }
  return out;
}

/** Likenesses of the same picture mirrored and turned by quarters: eight, the first as it is. */
export function turned(likeness: string): string[] {
  const out: string[] = [];
  for (const swap of [false, true]) {
    for (const flipX of [false, true]) {
      for (const flipY of [false, true]) out.push(turn(likeness, swap, flipX, flipY));
    }
  }
  return out;
}

function turn(likeness: string, swap: boolean, flipX: boolean, flipY: boolean): string {
  let out = '';
  for (let v = 0; v < low; v++) {
    for (let u = 0; u < low; u++) {
      const bit = likeness[swap ? u * low + v : v * low + u] === '1';
      // Mirroring turns the sign of every odd frequency in its direction.
      const other = ((flipX && u % 2 === 1) !== (flipY && v % 2 === 1)) === true;
      out += u + v > 0 && bit !== other ? '1' : '0';
    }
  }
  return out;
}

/** In how many bits two likenesses differ. */
export function bitsApart(a: string, b: string): number {
  let n = 0;
  for (let i = 0; i < bits; i++) if (a[i] !== b[i]) n++;
  return n;
}

/** Whether two pictures look alike, mirrored or turned too. */
export function looksAlike(a: string, b: string): boolean {
  return turned(a).some((t) => bitsApart(t, b) <= alikeUpTo);
}
