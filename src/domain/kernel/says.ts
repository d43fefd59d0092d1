/** What a refusal says to people, and the status with which it is answered. */
export interface Words {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/** Words of one refusal; their text is part of the type, so that the details they name are too. */
export function says<const Z extends string, const E extends string>(
  status: number,
  zh: Z,
  en: E,
): { readonly status: number; readonly zh: Z; readonly en: E } {
  return { status, zh, en };
}

/** Names in braces in a text. */
export type NamesIn<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
