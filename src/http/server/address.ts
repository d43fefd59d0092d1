import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';

/** What no table and no file can hold: control characters and halves of characters. */
const unwritable = /[\p{Cc}\p{Cs}]/u;

/** The keys that a query may have; undefined when it takes any. */
export function keysOfQuery(query: z.ZodType | undefined): readonly string[] | undefined {
  if (query === undefined) return [];
  const { shape } = query as Partial<z.ZodObject>;
  return shape === undefined ? undefined : Object.keys(shape);
}

/**
 * A command whose body names its campaign may be told it in the address too, as long as both say the same.
 * @refuses input.invalid
 */
export function checkCampaign(request: FastifyRequest): Refusal | undefined {
  const { campaign } = request.query as { readonly campaign?: unknown };
  const own = { ...(request.body as object | null), ...(request.params as object | null) } as { readonly campaign?: unknown };
  return campaign === undefined || campaign === own.campaign
    ? undefined
    : refuse('input.invalid', { fields: ['campaign: not that of the body'] });
}

/**
 * Why an address is none: silence about a key that is not known would answer another question than was asked.
 * @refuses query.unknown with the nearest known key, input.invalid for texts that nothing can hold
 */
export function checkAddress(request: FastifyRequest, known: readonly string[] | undefined): Refusal | undefined {
  const query = request.query as Readonly<Record<string, unknown>>;
  if (known !== undefined) {
    const refusal = checkKeys(Object.keys(query), known);
    if (refusal !== undefined) return refusal;
  }
  for (const [key, value] of [...Object.entries(query), ...Object.entries((request.params ?? {}) as Record<string, unknown>)]) {
    const texts = Array.isArray(value) ? (value as unknown[]) : [value];
    if (texts.some((text) => typeof text === 'string' && unwritable.test(text))) {
      return refuse('input.invalid', { fields: [`${key}: control characters`] });
    }
  }
  return undefined;
}

/** @refuses query.unknown */
export function checkKeys(keys: readonly string[], known: readonly string[]): Refusal | undefined {
  const key = keys.find((k) => !known.includes(k));
  if (key === undefined) return undefined;
  const nearest = known.toSorted((a, b) => distance(key, a) - distance(key, b))[0] ?? '';
  return refuse('query.unknown', { key: key.slice(0, 60), nearest, known: [...known] });
}

/** How many letters must be put in, taken out or changed (Levenshtein); another case is a tenth of a change. */
function distance(given: string, known: string): number {
  const text = given.slice(0, 40);
  let row = Array.from({ length: known.length + 1 }, (_, i) => i);
  for (const [i, a] of [...text].entries()) {
    const next = [i + 1];
    for (const [j, b] of [...known].entries()) {
      const change = a === b ? 0 : a.toLowerCase() === b.toLowerCase() ? 0.1 : 1;
      next.push(Math.min((row[j] ?? 0) + change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[known.length] ?? 0;
}
