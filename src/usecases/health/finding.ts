/** One thing that was looked at, and what to do about it. */
export interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly value: string;
  /** What to do; absent when nothing is. */
  readonly advice?: string;
}
