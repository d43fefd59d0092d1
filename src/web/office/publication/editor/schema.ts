import { Fragment, Schema, type Node } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';
import { normalise, parseInlines, type Block, type Inline, type Inlines, type Location } from '../../../../domain/publication/document.ts';
import { printToken } from '../../../../domain/publication/token.ts';

/** The blocks of a bulletin as a document that can be edited; a figure is one piece that cannot be typed into. */
export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { group: 'block', content: 'inline*', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
    heading: {
      group: 'block',
      content: 'inline*',
      attrs: { level: { default: 1 } },
      defining: true,
      parseDOM: [1, 2, 3].map((level) => ({ tag: `h${level + 1}`, attrs: { level } })),
      toDOM: (node) => [`h${(node.attrs.level as number) + 1}`, 0],
    },
    bullet_list: { group: 'block', content: 'list_item+', parseDOM: [{ tag: 'ul' }], toDOM: () => ['ul', 0] },
    ordered_list: { group: 'block', content: 'list_item+', parseDOM: [{ tag: 'ol' }], toDOM: () => ['ol', 0] },
    list_item: { content: 'paragraph', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    ...tableNodes({ tableGroup: 'block', cellContent: 'paragraph', cellAttributes: {} }),
    figure: {
      group: 'inline',
      inline: true,
      atom: true,
      attrs: { token: {} },
      parseDOM: [{ tag: 'span[data-token]', getAttrs: (dom) => ({ token: (dom as HTMLElement).dataset.token ?? '' }) }],
      toDOM: (node) => ['span', { 'data-token': node.attrs.token as string, class: 'chip' }],
      leafText: (node) => node.attrs.token as string,
    },
    text: { group: 'inline' },
  },
  marks: {
    plain: {
      inclusive: false,
      parseDOM: [{ tag: 'span[data-plain]' }],
      toDOM: () => ['span', { 'data-plain': '', class: 'plainnumber' }, 0],
    },
  },
});

const make = (kind: string, content: readonly Node[] | Node, attrs?: object) => schema.node(kind, attrs ?? null, content as Node[]);

export function inlineNodes(inlines: Inlines): Node[] {
  return inlines.map((run) => {
    if (run.kind === 'text') return schema.text(run.text);
    if (run.kind === 'plain') return schema.text(run.text, [schema.mark('plain')]);
    // As the text form writes it, or signs within would be read as its end.
    const token = run.kind === 'figure' ? printToken(run.token) : `{{${run.raw.replace(/[\\}|]/g, '\\$&')}}}`;
    return schema.node('figure', { token });
  });
}

const paragraphOf = (inlines: Inlines) => make('paragraph', inlineNodes(inlines));

export function blockNodes(blocks: readonly Block[]): Node[] {
  return blocks.map((block) => {
    switch (block.kind) {
      case 'heading':
        return make('heading', inlineNodes(block.inlines), { level: block.level });
      case 'paragraph':
        return paragraphOf(block.inlines);
      case 'list':
        return make(
          block.ordered ? 'ordered_list' : 'bullet_list',
          block.items.map((item) => make('list_item', paragraphOf(item))),
        );
      case 'table':
        return make(
          'table',
          block.rows.map((row, r) =>
            make(
              'table_row',
              row.map((cell) => make(r === 0 ? 'table_header' : 'table_cell', paragraphOf(cell))),
            ),
          ),
        );
    }
  });
}

/** A document to edit; an empty one has an empty paragraph. */
export function toDoc(blocks: readonly Block[]): Node {
  const nodes = blockNodes(blocks);
  return schema.node('doc', null, nodes.length === 0 ? [schema.node('paragraph')] : nodes);
}

function inlinesOf(textblock: Node): Inline[] {
  const out: Inline[] = [];
  textblock.forEach((child) => {
    if (child.type.name === 'figure') {
      out.push(...parseInlines(child.attrs.token as string));
    } else if (child.marks.some((m) => m.type.name === 'plain')) out.push({ kind: 'plain', text: child.text ?? '' });
    else out.push({ kind: 'text', text: child.text ?? '' });
  });
  return out;
}

interface Placed {
  readonly block: Block;
  /** For each part that stays, where the content of its text begins. */
  readonly starts: readonly { readonly at: number; readonly node: Node }[];
}

function placedBlocks(doc: Node): Placed[] {
  const out: Placed[] = [];
  doc.forEach((node, offset) => {
    const texts: { at: number; node: Node }[] = [];
    if (node.isTextblock) texts.push({ at: offset + 1, node });
    else {
      node.descendants((child, pos) => {
        if (child.isTextblock) texts.push({ at: offset + 1 + pos + 1, node: child });
        return !child.isTextblock;
      });
    }
    const block = blockOf(node);
    if (block === undefined || normalise([block]).length === 0) return;
    const keep =
      block.kind === 'list' ? texts.filter((t) => normalise([{ kind: 'paragraph', inlines: inlinesOf(t.node) }]).length > 0) : texts;
    out.push({ block, starts: keep });
  });
  return out;
}

function blockOf(node: Node): Block | undefined {
  switch (node.type.name) {
    case 'paragraph':
      return { kind: 'paragraph', inlines: inlinesOf(node) };
    case 'heading':
      return { kind: 'heading', level: node.attrs.level as 1 | 2 | 3, inlines: inlinesOf(node) };
    case 'bullet_list':
    case 'ordered_list':
      return {
        kind: 'list',
        ordered: node.type.name === 'ordered_list',
        items: node.children.map((item) => inlinesOf(item.firstChild ?? item)),
      };
    case 'table':
      return { kind: 'table', rows: node.children.map((row) => row.children.map((cell) => inlinesOf(cell.firstChild ?? cell))) };
    default:
      return undefined;
  }
}

export function toBlocks(doc: Node): Block[] {
  return normalise(placedBlocks(doc).map((p) => p.block));
}

/** Where a location of the text form stands in the document being edited; undefined when it is gone. */
export function rangeOf(doc: Node, at: Location): { from: number; to: number } | undefined {
  const start = placedBlocks(doc)[at.block]?.starts[at.part];
  if (start === undefined) return undefined;
  let n = 0;
  let found: { from: number; to: number } | undefined;
  start.node.forEach((child, offset) => {
    // A text of blanks at the beginning is not in the text form.
    const lead =
      n === 0 && child.isText && child.marks.length === 0 ? (child.text ?? '').length - (child.text ?? '').trimStart().length : 0;
    if (n === 0 && child.isText && lead === (child.text ?? '').length) return;
    if (n === at.inline) {
      const from = start.at + offset + lead + (child.isText ? at.from : 0);
      found = { from, to: child.isText ? start.at + offset + lead + at.to : from + 1 };
    }
    n++;
  });
  return found !== undefined && found.to <= doc.content.size ? found : undefined;
}

export const fragmentOf = (nodes: readonly Node[]) => Fragment.from(nodes as Node[]);
