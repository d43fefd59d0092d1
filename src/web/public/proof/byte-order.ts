/** As `LC_ALL=C sort` puts them: by the bytes of UTF-8, which for code points is their order. */
export function inByteOrder(list: readonly string[]): string[] {
  const points = (text: string) => [...text].map((c) => c.codePointAt(0) ?? 0);
  return [...list].sort((a, b) => {
    const [x, y] = [points(a), points(b)];
    for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return (x[i] as number) - (y[i] as number);
    return x.length - y.length;
  });
}
