import { writableText } from '../../domain/kernel/text.ts';

/**
 * Plain data with every text in it as a file may hold it: acts are never rewritten, so what was once stored reaches every writer.
 * Bytes, dates and other objects of a class are handed through.
 */
export function writable<T>(data: T): T {
  return mapTexts(data, writableText);
}

/** Plain data with every text in it replaced. */
export function mapTexts<T>(data: T, change: (text: string) => string): T {
  if (typeof data === 'string') return change(data) as T;
  if (Array.isArray(data)) return data.map((x: unknown) => mapTexts(x, change)) as T;
  if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, mapTexts(value, change)])) as T;
}
