/** A source of numbers that gives the same sequence for the same seed: generators are pure. */
export interface Random {
  /** In [0, 1). */
  next(): number;
}

/** sfc32 seeded from two numbers: small, quick, and good enough for synthetic records. */
export function seeded(seed: number, stream: number): Random {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88 ^ stream;
  let c = 0xb7e15162 ^ Math.imul(stream, 0x85ebca6b);
  let d = (seed ^ Math.imul(stream, 0xc2b2ae35)) | 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();
  return { next };
}

/** A whole number in [0, n). */
export function below(r: Random, n: number): number {
  return Math.floor(r.next() * n);
}

export function pick<T>(r: Random, list: readonly T[]): T {
  if (list.length === 0) throw new Error('nothing to pick from');
  return list[below(r, list.length)] as T;
}

/** An entry by weight. */
export function weighted<T>(r: Random, list: readonly (readonly [T, number])[]): T {
  let rest = r.next() * list.reduce((sum, [, w]) => sum + w, 0);
  for (const [value, weight] of list) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return (list.at(-1) as readonly [T, number])[0];
}

const hex = '0123456789abcdef';

/** Lower-case hexadecimal digits. */
export function hexDigits(r: Random, count: number): string {
  let out = '';
  for (let i = 0; i < count; i++) out += hex[below(r, 16)];
  return out;
}

/** A UUIDv7 of an instant with digits from the source. */
export function uuidAt(r: Random, at: number): string {
  const time = Math.max(0, at).toString(16).padStart(12, '0');
  const variant = hex[8 + below(r, 4)];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hexDigits(r, 3)}-${variant}${hexDigits(r, 3)}-${hexDigits(r, 12)}`;
}
