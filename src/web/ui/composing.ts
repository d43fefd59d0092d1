/** As much of a key event as says whether an input method is at work; React's events carry the browser's. */
interface KeyLike {
  readonly isComposing?: boolean;
  readonly keyCode?: number;
  readonly nativeEvent?: { readonly isComposing?: boolean; readonly keyCode?: number };
}

/** Whether a key belongs to an input method (输入法) that is putting characters together; such keys are not ours. */
export function isComposing(event: KeyLike): boolean {
  const inner = event.nativeEvent ?? event;
  // Some browsers send the last key of a composition after it ended; 229 is all that tells it then.
  return inner.isComposing === true || inner.keyCode === 229;
}

/** A handler of keys that leaves an input method's keys alone. Every handler of keys goes through it. */
export function unlessComposing<E extends KeyLike>(handle: (event: E) => void): (event: E) => void {
  return (event) => {
    if (!isComposing(event)) handle(event);
  };
}
