/** A stretch of a text that stayed, went or came. */
export interface Change {
  readonly kind: 'same' | 'gone' | 'new';
  readonly text: string;
}

/**
 * What changed between two texts, by word in Latin script and by character in Chinese; numbers change as a whole.
 *
 * Longest common subsequence over what differs between a common beginning and a common end.
 */
export function diffTexts(before: string, after: string): Change[] {
  const [a, b] = [unitsOf(before), unitsOf(after)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const middle = between(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return joined([
    ...a.slice(0, head).map((text): Change => ({ kind: 'same', text })),
    ...middle,
    ...a.slice(a.length - tail).map((text): Change => ({ kind: 'same', text })),
  ]);
}

/** Beyond this many comparisons the middle is shown as replaced: a correction of that size is another text. */
const limit = 16_000_000;

function unitsOf(text: string): string[] {
  return text.match(/\d[\d,.]*%?|[A-Za-z]+(?:['’-][A-Za-z]+)*|\s+|[\s\S]/gu) ?? [];
}

function between(a: readonly string[], b: readonly string[]): Change[] {
  const gone = (list: readonly string[]) => list.map((text): Change => ({ kind: 'gone', text }));
  const came = (list: readonly string[]) => list.map((text): Change => ({ kind: 'new', text }));
  if (a.length === 0 || b.length === 0 || a.length * b.length > limit) return [...gone(a), ...came(b)];
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] as number;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const out: Change[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      out.push({ kind: 'same', text: a[i] as string });
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) out.push({ kind: 'gone', text: a[i++] as string });
    else out.push({ kind: 'new', text: b[j++] as string });
  }
  return [...out, ...gone(a.slice(i)), ...came(b.slice(j))];
}

function joined(list: readonly Change[]): Change[] {
  const out: Change[] = [];
  for (const change of list) {
    const last = out.at(-1);
    if (last?.kind === change.kind) out[out.length - 1] = { kind: last.kind, text: last.text + change.text };
    else out.push(change);
  }
  return out;
}
