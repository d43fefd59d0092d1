import { writableText } from '../../domain/kernel/text.ts';

/**
 * Plain data with every text in it as a file may hold it: acts are never rewritten, so what was once stored reaches every writer.
 * Bytes, dates and other objects of a class are handed through.
 */
export function writable<T>(data: T): T {
  if (typeof data === 'string') return writableText(data) as T;
  if (Array.isArray(data)) return data.map(writable) as T;
  if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, writable(value)])) as T;
}
