import { isRefusal } from '../kernel/refusal.ts';
import { parseToken, printToken, type FigureToken } from './token.ts';

/** A run within a block. `plain` is a number that its author says is no figure; `broken` is a token nobody can read. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'figure'; readonly token: FigureToken }
  | { readonly kind: 'broken'; readonly raw: string };

export type Inlines = readonly Inline[];

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly inlines: Inlines }
  | { readonly kind: 'paragraph'; readonly inlines: Inlines }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Inlines[] }
  /** The first row is the head; all rows are equally long. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly Inlines[])[] };

/** Where something stands: block, part of it (item, or cell row by row), run, and characters of the run. */
export interface Location {
  readonly block: number;
  readonly part: number;
  readonly inline: number;
  readonly from: number;
  readonly to: number;
}

/** The runs of a block, part by part. */
export function partsOf(block: Block): readonly Inlines[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [block.inlines];
    case 'list':
      return block.items;
    case 'table':
      return block.rows.flat();
  }
}

/**
 * Reads the text form of a body: one line a paragraph, `#` headings, `-` or `1.` lists, `|` tables, `{{...}}` figures and
 * `{{=...}}` numbers that are no figures; a backslash takes the meaning from the next character. Never fails.
 */
export function parseBody(text: string): Block[] {
  const blocks: Block[] = [];
  let open: 'bullet' | 'ordered' | 'table' | null = null;
  let lines: string[] = [];
  const close = () => {
    if (open === 'table') blocks.push({ kind: 'table', rows: lines.map(parseRow) });
    else if (open !== null) blocks.push({ kind: 'list', ordered: open === 'ordered', items: lines.map(parseInlines) });
    open = null;
    lines = [];
  };
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.trim();
    const list = /^(?:(-)|\d{1,3}\.) (.*)$/.exec(line);
    const next = line.startsWith('|') ? 'table' : list === null ? null : list[1] === '-' ? 'bullet' : 'ordered';
    if (next !== open || next === null) close();
    if (line === '') continue;
    if (next !== null) {
      open = next;
      lines.push(list === null ? line : (list[2] as string));
      continue;
    }
    const heading = /^(#{1,3}) (.*)$/.exec(line);
    if (heading === null) blocks.push({ kind: 'paragraph', inlines: parseInlines(line) });
    else blocks.push({ kind: 'heading', level: (heading[1] as string).length as 1 | 2 | 3, inlines: parseInlines(heading[2] as string) });
  }
  close();
  return normalise(blocks);
}

/** The text form of a body; `parseBody` reads back the same blocks. */
export function printBody(blocks: readonly Block[]): string {
  return normalise(blocks).map(printBlock).join('\n\n');
}

function printBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${printInlines(block.inlines)}`;
    case 'paragraph': {
      const text = printInlines(block.inlines);
      return /^([#\-|]|\d{1,3}\. )/.test(text) ? `\\${text}` : text;
    }
    case 'list':
      return block.items.map((item, i) => `${block.ordered ? `${i + 1}.` : '-'} ${printInlines(item)}`).join('\n');
    case 'table':
      return block.rows.map((row) => `|${row.map((cell) => ` ${printInlines(cell)} `).join('|')}|`).join('\n');
  }
}

function printInlines(inlines: Inlines): string {
  return inlines
    .map((run) => {
      switch (run.kind) {
        case 'text':
          return run.text.replace(/[\\{|]/g, '\\$&');
        case 'plain':
          return `{{=${run.text.replace(/[\\}|]/g, '\\$&')}}}`;
        case 'figure':
          return printToken(run.token);
        case 'broken':
          return `{{${run.raw.replace(/[\\}|]/g, '\\$&')}}}`;
      }
    })
    .join('');
}

/** Cells of a line `| a | b |`; a backslash keeps a bar inside its cell. */
function parseRow(line: string): Inlines[] {
  const cells: string[] = [];
  let cell = '';
  const body = line.slice(1);
  for (let i = 0; i < body.length; i++) {
    if (body[i] === '\\') {
      cell += body.slice(i, i + 2);
      i++;
    } else if (body[i] === '|') {
      cells.push(cell);
      cell = '';
    } else cell += body[i];
  }
  if (cell.trim() !== '') cells.push(cell);
  return cells.map((c) => parseInlines(c.trim()));
}

export function parseInlines(text: string): Inlines {
  const out: Inline[] = [];
  let plain = '';
  // Braces that nobody closes are looked for once: what follows has none that close either.
  let unclosed = false;
  const flush = () => {
    if (plain !== '') out.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && i + 1 < text.length) {
      plain += text[++i];
      continue;
    }
    const opens: boolean = !unclosed && text.startsWith('{{', i);
    const token: ReturnType<typeof closing> = opens ? closing(text, i + 2) : undefined;
    unclosed ||= opens && token === undefined;
    if (token === undefined) plain += text[i];
    else {
      flush();
      out.push(readBraces(token.inner));
      i = token.end - 1;
    }
  }
  flush();
  return out;
}

/** What stands before the next `}}` that is not escaped, with the escapes taken off. */
function closing(text: string, from: number): { inner: string; end: number } | undefined {
  let inner = '';
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\' && i + 1 < text.length) inner += text[++i];
    else if (text.startsWith('}}', i)) return { inner, end: i + 2 };
    else inner += text[i];
  }
  return undefined;
}

function readBraces(inner: string): Inline {
  if (inner.startsWith('=')) return { kind: 'plain', text: inner.slice(1) };
  const token = parseToken(inner);
  return isRefusal(token) ? { kind: 'broken', raw: inner } : { kind: 'figure', token };
}

/** Control characters, among them line ends, have no place inside a line and none in the files that are made of it. */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/g;

/** A text without what no document can hold: controls become spaces, half surrogate pairs a replacement mark. */
export function cleanText(text: string): string {
  return text.replace(controls, ' ').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** One form for one content: neighbouring texts joined, ends trimmed, nothing empty, tables rectangular. */
export function normalise(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block): Block[] => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph': {
        const inlines = tidy(block.inlines);
        return inlines.length === 0 ? [] : [{ ...block, inlines }];
      }
      case 'list': {
        const items = block.items.map(tidy).filter((item) => item.length > 0);
        return items.length === 0 ? [] : [{ ...block, items }];
      }
      case 'table': {
        const width = Math.max(0, ...block.rows.map((row) => row.length));
        const rows = block.rows.map((row) => Array.from({ length: width }, (_, i) => tidy(row[i] ?? [])));
        return rows.some((row) => row.some((cell) => cell.length > 0)) ? [{ kind: 'table', rows }] : [];
      }
    }
  });
}

function tidy(inlines: Inlines): Inlines {
  const out: Inline[] = [];
  for (const run of inlines) {
    const last = out.at(-1);
    if (run.kind === 'text') {
      const text = cleanText(run.text);
      if (text === '') continue;
      if (last?.kind === 'text') out[out.length - 1] = { kind: 'text', text: last.text + text };
      else out.push({ kind: 'text', text });
    } else if (run.kind === 'plain') {
      const text = cleanText(run.text).trim();
      if (text !== '') out.push({ kind: 'plain', text });
    } else if (run.kind === 'broken') {
      const raw = cleanText(run.raw).trim();
      const again = readBraces(raw);
      if (raw !== '') out.push(again.kind === 'plain' && again.text.trim() === '' ? { kind: 'broken', raw: '?' } : again);
    } else out.push(run);
  }
  return trimEnds(out);
}

function trimEnds(inlines: Inline[]): Inline[] {
  const first = inlines[0];
  if (first?.kind === 'text') {
    const text = first.text.trimStart();
    if (text === '') return trimEnds(inlines.slice(1));
    inlines[0] = { kind: 'text', text };
  }
  const last = inlines.at(-1);
  if (last?.kind === 'text') {
    const text = last.text.trimEnd();
    if (text === '') return trimEnds(inlines.slice(0, -1));
    inlines[inlines.length - 1] = { kind: 'text', text };
  }
  return inlines;
}

/** Every figure token of a body with where it stands, in reading order. */
export function tokensOf(blocks: readonly Block[]): { readonly token: FigureToken; readonly at: Location }[] {
  return blocks.flatMap((block, b) =>
    partsOf(block).flatMap((inlines, part) =>
      inlines.flatMap((run, inline) =>
        run.kind === 'figure' ? [{ token: run.token, at: { block: b, part, inline, from: 0, to: 1 } }] : [],
      ),
    ),
  );
}
