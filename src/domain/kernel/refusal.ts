/** A rule that says no: data for people, with a stable code; the words live in i18n under the same code. */
export interface Refusal {
  readonly refused: true;
  readonly code: string;
  readonly details: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** Makes a refusal. `code` is `area.what-is-wrong`, stable across releases. */
export function refuse(code: string, details: Refusal['details'] = {}): Refusal {
  return { refused: true, code, details };
}

/** Tells a refusal from an accepted decision or a result. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true;
}

/** Closes a switch over a union: a new member stops the build at every place that must learn it. */
export function assertNever(value: never): never {
  throw new Error(`unexpected: ${JSON.stringify(value)}`);
}
