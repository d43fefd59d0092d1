import type { FormInstance } from 'antd';
import { type Draft, useDraft } from './use-draft.ts';

interface FormDraft<V> extends Draft<Partial<V>> {
  /** For the form. */
  readonly fields: { readonly initialValues: Partial<V>; readonly onValuesChange: (changed: unknown, all: V) => void };
  /** For the note above it. */
  readonly note: { readonly at: number | null; readonly discard: () => void };
}

/** A draft of one of antd's forms. */
export function useFormDraft<V extends object>(
  form: FormInstance<V>,
  o: { readonly form: string; readonly object: string; readonly start: Partial<V>; readonly version?: number },
): FormDraft<V> {
  const draft = useDraft(o);
  return {
    ...draft,
    fields: { initialValues: draft.values, onValuesChange: (_, all) => draft.keep(all) },
    note: {
      at: draft.restoredAt,
      discard: () => {
        draft.discard();
        // Resetting would bring back what the form was opened with, which is the draft.
        const untyped = form as unknown as FormInstance<Record<string, unknown>>;
        const empty = Object.fromEntries(Object.keys(untyped.getFieldsValue()).map((key) => [key, undefined]));
        untyped.setFieldsValue({ ...empty, ...o.start });
      },
    },
  };
}
