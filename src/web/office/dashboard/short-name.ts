/** A figure's name without what stands in brackets: 清零率（公布口径） -> 清零率 */
export function shortName(name: string): string {
  return name.replace(/\s*[（(].*[）)]$/u, '');
}
