/** A piece of pasted HTML: an element with its children. Comments of the markup are not among them. */
export interface Piece {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Piece | string)[];
}

/** How often something was left out or written differently, so that it can be said. */
export interface PasteNotes {
  /** Merged cells whose value stands in the first one now. */
  readonly merged: number;
  /** Tables inside cells, now the cell's text. */
  readonly nested: number;
  /** Texts that were deleted under change tracking, or struck out. */
  readonly deleted: number;
  readonly comments: number;
  readonly hidden: number;
}

type Tally = { -readonly [K in keyof PasteNotes]: PasteNotes[K] };

// Beyond this a table is no table for a bulletin; what HTML allows (a cell over 1000 columns, 65534 rows) would fill the page.
const maxSpan = 200;

/**
 * What is pasted, as the text form can hold it: what was deleted (del, s, strike, struck-out spans), comments and hidden text are
 * left out, what was inserted stays, and merged cells are written out so that every value keeps its column.
 */
export function cleanPaste(root: Piece): { readonly root: Piece; readonly notes: PasteNotes } {
  const notes: Tally = { merged: 0, nested: 0, deleted: 0, comments: 0, hidden: 0 };
  const children = clean(root.children, notes);
  return { root: { ...root, children }, notes };
}

export const isQuiet = (notes: PasteNotes): boolean => Object.values(notes).every((n) => n === 0);

function clean(children: Piece['children'], notes: Tally): (Piece | string)[] {
  return children.flatMap((child): (Piece | string)[] => {
    if (typeof child === 'string') return [child];
    const why = leftOut(child);
    if (why !== undefined) {
      if (textOf(child).trim() !== '') notes[why] += 1;
      return [];
    }
    if (child.tag === 'table') return flatTable(child, notes);
    return [{ ...child, children: clean(child.children, notes) }];
  });
}

/** Why an element is not pasted; undefined when it is. */
function leftOut({ tag, attributes }: Piece): 'deleted' | 'comments' | 'hidden' | undefined {
  if (tag === 'del' || tag === 's' || tag === 'strike') return 'deleted';
  const style = (attributes.style ?? '').toLowerCase().replace(/\s/g, '');
  const names = (attributes.class ?? '').toLowerCase();
  // A number that was struck out is not published, whatever the program that struck it.
  if (/text-decoration(?:-line)?:[^;]*line-through/.test(style)) return 'deleted';
  if (/mso-element:comment|mso-comment-reference|mso-special-character:comment/.test(style)) return 'comments';
  if (/\bmsocomment|\bmsocom/.test(names) || /^#?_msocom/.test((attributes.href ?? attributes.name ?? '').toLowerCase())) return 'comments';
  if (/(?:^|;)(?:display:none|visibility:hidden|mso-hide:all)/.test(style) || attributes.hidden !== undefined) return 'hidden';
  return undefined;
}

interface Cell {
  readonly head: boolean;
  readonly children: readonly (Piece | string)[];
}

const block = /^(?:p|div|li|ul|ol|dl|dd|dt|h[1-6]|tr|table|blockquote|section|pre|br)$/;

/**
 * A table with one cell for each column of each row. A merged cell's value stands in its first cell; the others are empty, for a
 * value written twice would be counted twice.
 */
function flatTable(table: Piece, notes: Tally): Piece[] {
  const before: Piece[] = [];
  const rows: Piece[] = [];
  const collect = (children: Piece['children']) => {
    for (const child of children) {
      if (typeof child === 'string' || leftOut(child) !== undefined) continue;
      if (child.tag === 'tr') rows.push(child);
      else if (/^t(?:head|body|foot)$/.test(child.tag)) collect(child.children);
      // A caption has no place in the text form's table; it is a line before it.
      else if (child.tag === 'caption') before.push({ tag: 'p', attributes: {}, children: inlineOf(child.children, notes) });
    }
  };
  collect(table.children);
  const grid: (Cell | null)[][] = rows.map(() => []);
  rows.forEach((row, r) => {
    let column = 0;
    for (const cell of row.children) {
      if (typeof cell === 'string' || !/^t[dh]$/.test(cell.tag)) continue;
      const line = grid[r] ?? [];
      while (line[column] !== undefined) column++;
      const gone = leftOut(cell) !== undefined;
      if (gone) clean([cell], notes);
      const [wide, high] = [span(cell.attributes.colspan, false), span(cell.attributes.rowspan, true)];
      if (wide > 1 || high > 1) notes.merged += 1;
      for (let y = r; y < Math.min(rows.length, r + high); y++) {
        for (let x = column; x < column + wide; x++) (grid[y] as (Cell | null)[])[x] ??= null;
      }
      line[column] = { head: cell.tag === 'th', children: gone ? [] : inlineOf(cell.children, notes) };
      column += wide;
    }
  });
  // Columns that only spans reach hold no value.
  const width = Math.max(0, ...grid.map((line) => line.findLastIndex((cell) => cell !== null && cell !== undefined) + 1));
  if (width === 0) return before;
  const made = grid
    .filter((line) => line.some((cell) => cell !== null && cell !== undefined))
    .map(
      (line): Piece => ({
        tag: 'tr',
        attributes: {},
        children: Array.from({ length: width }, (_, x): Piece => {
          const cell = line[x];
          return {
            tag: cell?.head === true ? 'th' : 'td',
            attributes: {},
            children: [{ tag: 'p', attributes: {}, children: cell?.children ?? [] }],
          };
        }),
      }),
    );
  return [...before, { ...table, children: [{ tag: 'tbody', attributes: {}, children: made }] }];
}

/** How far a cell reaches; a rowspan of 0 reaches to the end. */
function span(text: string | undefined, down: boolean): number {
  const n = Number.parseInt(text ?? '1', 10);
  if (down && n === 0) return maxSpan;
  return Number.isNaN(n) || n < 1 ? 1 : Math.min(n, maxSpan);
}

/** The content of a cell as one line: a cell of the text form has no paragraphs, lists or tables of its own. */
function inlineOf(children: Piece['children'], notes: Tally): (Piece | string)[] {
  const out: (Piece | string)[] = [];
  const gap = () => {
    if (out.length > 0 && out.at(-1) !== ' ') out.push(' ');
  };
  for (const child of children) {
    if (typeof child === 'string') {
      out.push(child);
      continue;
    }
    if (leftOut(child) !== undefined) {
      out.push(...clean([child], notes));
      continue;
    }
    if (child.tag === 'table') notes.nested += 1;
    const apart = block.test(child.tag) || /^t[dh]$/.test(child.tag);
    if (apart) gap();
    const inner = inlineOf(child.children, notes);
    if (apart || /^t(?:head|body|foot)$/.test(child.tag)) out.push(...inner);
    else out.push({ ...child, children: inner });
    if (apart) gap();
  }
  while (out.at(-1) === ' ') out.pop();
  return out;
}

function textOf(piece: Piece): string {
  return piece.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** Pasted HTML as the browser reads it, cleaned, and as HTML again. */
export function cleanPastedHtml(html: string): { readonly html: string; readonly notes: PasteNotes } {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const { root, notes } = cleanPaste(pieceOf(body));
  const clean = document.implementation.createHTMLDocument('');
  clean.body.append(...root.children.map((child) => nodeOf(child, clean)));
  return { html: clean.body.innerHTML, notes };
}

function pieceOf(element: Element): Piece {
  const children: (Piece | string)[] = [];
  for (const node of element.childNodes) {
    if (node instanceof Element) children.push(pieceOf(node));
    else if (node.nodeType === Node.TEXT_NODE) children.push(node.textContent ?? '');
  }
  return { tag: element.localName, attributes: Object.fromEntries([...element.attributes].map((a) => [a.name, a.value])), children };
}

function nodeOf(piece: Piece | string, made: Document): Node {
  if (typeof piece === 'string') return made.createTextNode(piece);
  // Word's own elements (o:p) have names that cannot be made: what they hold stays.
  const element = made.createElement(/^[a-z][a-z0-9-]*$/.test(piece.tag) ? piece.tag : 'span');
  for (const [name, value] of Object.entries(piece.attributes))
    if (/^(?:data-|class$|colspan$|rowspan$|start$)/.test(name)) element.setAttribute(name, value);
  element.append(...piece.children.map((child) => nodeOf(child, made)));
  return element;
}
