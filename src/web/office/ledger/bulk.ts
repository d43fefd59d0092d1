/** What is chosen and typed, for all operations together: trying another one loses nothing. */
export interface Typed {
  readonly operation: Operation | null;
  readonly days: number;
  readonly rule?: string;
  readonly reason?: string;
  readonly government?: string;
  readonly department?: string;
  readonly person?: string;
  readonly name?: string;
  readonly deadline?: string;
}
export const untouched: Typed = { operation: null, days: 7 };

export type Operation = 'confirm' | 'assign' | 'extend' | 'batch';

/** The command's body as text once it is complete, else null. */
export function bodyOf(operation: Operation | null, form: Typed): string | null {
  const fields = {
    confirm: [],
    assign: ['government', 'department', 'person'],
    extend: ['rule', 'days', 'reason'],
    batch: ['name', 'deadline'],
  } as const;
  if (operation === null) return null;
  const body = Object.fromEntries(fields[operation].map((f) => [f, typeof form[f] === 'string' ? form[f].trim() : form[f]]));
  return Object.values(body).some((v) => v === undefined || v === '') ? null : JSON.stringify(body);
}
