import { baseKeymap, setBlockType, toggleMark } from 'prosemirror-commands';
import { history, redo, undo } from 'prosemirror-history';
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { Slice, type Node } from 'prosemirror-model';
import { liftListItem, splitListItem, wrapInList } from 'prosemirror-schema-list';
import { type Command, EditorState, NodeSelection, Plugin, PluginKey, TextSelection } from 'prosemirror-state';
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, goToNextCell, tableEditing } from 'prosemirror-tables';
import { Decoration, DecorationSet, EditorView, type NodeView } from 'prosemirror-view';
import type { BulletinCheck } from '../../../../contract/bulletins.ts';
import { parseBody, printBody } from '../../../../domain/publication/document.ts';
import { cleanPastedHtml, isQuiet, type PasteNotes } from './paste.ts';
import { blockNodes, fragmentOf, rangeOf, schema, toBlocks, toDoc } from './schema.ts';

export interface EditorEvents {
  changed(body: string): void;
  /** A figure is wanted, or the selected one is to be changed. */
  pick(token: string | null): void;
  next(): void;
  /** Something of what was pasted was left out or is written differently. */
  pasted(notes: PasteNotes): void;
}

const checks = new PluginKey<DecorationSet>('checks');

/** What the server said of the text, drawn into it: values on figures, lines under what is wrong. */
function decorate(doc: Node, check: BulletinCheck): DecorationSet {
  const list: Decoration[] = [];
  const values = new Map(check.values.map((v) => [v.token, v]));
  const bad = new Map<number, string>();
  for (const finding of check.findings) {
    const range = finding.at === null ? undefined : rangeOf(doc, finding.at);
    if (range === undefined) continue;
    const kind = finding.severity === 'error' ? 'finding-error' : 'finding-warning';
    if (doc.nodeAt(range.from)?.type.name === 'figure') bad.set(range.from, kind);
    else list.push(Decoration.inline(range.from, range.to, { class: kind }));
  }
  doc.descendants((node, pos) => {
    if (node.type.name !== 'figure') return;
    const value = values.get(node.attrs.token as string);
    list.push(Decoration.node(pos, pos + 1, {}, { shown: value?.shown ?? null, known: value !== undefined, bad: bad.get(pos) ?? '' }));
  });
  return DecorationSet.create(doc, list);
}

class FigureView implements NodeView {
  readonly dom = document.createElement('span');
  private readonly node: Node;

  constructor(node: Node, decorations: readonly Decoration[]) {
    this.node = node;
    this.dom.dataset.token = node.attrs.token as string;
    this.dom.title = node.attrs.token as string;
    this.draw(decorations);
  }

  private draw(decorations: readonly Decoration[]): void {
    const spec = decorations
      .map((d) => d.spec as { shown?: string | null; known?: boolean; bad?: string })
      .find((s) => s.known !== undefined);
    this.dom.className = `chip ${spec?.bad ?? ''} ${spec?.known === true && spec.shown === null ? 'finding-error' : ''}`.trim();
    this.dom.textContent = spec?.shown ?? (this.node.attrs.token as string).slice(2, -2).split(' ')[0] ?? '';
  }

  update(node: Node, decorations: readonly Decoration[]): boolean {
    if (node.type !== this.node.type || node.attrs.token !== this.node.attrs.token) return false;
    this.draw(decorations);
    return true;
  }

  ignoreMutation(): boolean {
    return true;
  }
}

const selectedToken = (state: EditorState): string | null =>
  state.selection instanceof NodeSelection && state.selection.node.type.name === 'figure'
    ? (state.selection.node.attrs.token as string)
    : null;

/** An editor for a body in its text form. Composition, selection and undo are ProseMirror's. */
export function openEditor(place: HTMLElement, body: string, label: string, events: EditorEvents): EditorView {
  const pick: Command = (state) => {
    events.pick(selectedToken(state));
    return true;
  };
  const pickSelected: Command = (state) => selectedToken(state) !== null && pick(state);
  const view: EditorView = new EditorView(place, {
    state: EditorState.create({
      doc: toDoc(parseBody(body)),
      plugins: [
        history(),
        inputRules({
          rules: [
            textblockTypeInputRule(/^(#{1,3})\s$/, schema.nodes.heading as never, (m) => ({ level: (m[1] as string).length })),
            wrappingInputRule(/^-\s$/, schema.nodes.bullet_list as never),
            wrappingInputRule(/^1\.\s$/, schema.nodes.ordered_list as never),
            new InputRule(/\{\{$/, (state, _m, start, end) => {
              queueMicrotask(() => events.pick(null));
              return state.tr.delete(start, end);
            }),
          ],
        }),
        keymap({
          'Mod-z': undo,
          'Mod-y': redo,
          'Shift-Mod-z': redo,
          'Mod-k': pick,
          F8: () => {
            events.next();
            return true;
          },
          Enter: (state, dispatch, v) =>
            pickSelected(state, dispatch, v) || splitListItem(schema.nodes.list_item as never)(state, dispatch, v),
          Tab: goToNextCell(1),
          'Shift-Tab': goToNextCell(-1),
        }),
        keymap(baseKeymap),
        tableEditing(),
        new Plugin({
          key: checks,
          state: {
            init: () => DecorationSet.empty,
            apply: (tr, set) => {
              const check = tr.getMeta(checks) as BulletinCheck | undefined;
              return check === undefined ? set.map(tr.mapping, tr.doc) : decorate(tr.doc, check);
            },
          },
          props: { decorations: (state) => checks.getState(state) },
        }),
      ],
    }),
    attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, class: 'prose' },
    nodeViews: { figure: (node, _view, _pos, decorations) => new FigureView(node, decorations) },
    handleDoubleClickOn: (v, _pos, node) => {
      if (node.type.name !== 'figure') return false;
      events.pick(selectedToken(v.state));
      return true;
    },
    transformPastedHTML: (html) => {
      const clean = cleanPastedHtml(html);
      if (!isQuiet(clean.notes)) queueMicrotask(() => events.pasted(clean.notes));
      return clean.html;
    },
    clipboardTextSerializer: (slice) => printBody(toBlocks(schema.node('doc', null, wrapped(slice)))),
    clipboardTextParser: (text) => {
      const nodes = blockNodes(parseBody(text));
      const one = nodes.length === 1 && nodes[0]?.type.name === 'paragraph';
      return one ? new Slice(fragmentOf(nodes), 1, 1) : new Slice(fragmentOf(nodes), 0, 0);
    },
    dispatchTransaction(tr) {
      view.updateState(view.state.apply(tr));
      if (tr.docChanged) events.changed(printBody(toBlocks(view.state.doc)));
    },
  });
  return view;
}

function wrapped(slice: Slice): Node[] {
  const list = [...slice.content.content];
  return list.length > 0 && list.every((n) => n.isBlock && n.type.isInGroup('block'))
    ? list
    : [
        schema.node(
          'paragraph',
          null,
          list.filter((n) => n.isInline),
        ),
      ];
}

export function showCheck(view: EditorView, check: BulletinCheck): void {
  view.dispatch(view.state.tr.setMeta(checks, check).setMeta('addToHistory', false));
}

/** Puts a figure where the caret is; the focus is the caller's, for a dialog may still have it. */
export function insertFigure(view: EditorView, token: string): void {
  view.dispatch(view.state.tr.replaceSelectionWith(schema.node('figure', { token }), false).scrollIntoView());
}

/** Selects a finding's place and brings it into view. */
export function jumpTo(view: EditorView, at: NonNullable<BulletinCheck['findings'][number]['at']>): void {
  const { doc, tr } = view.state;
  const range = rangeOf(doc, at);
  if (range === undefined) return;
  const figure = doc.nodeAt(range.from)?.type.name === 'figure';
  view.dispatch(
    tr.setSelection(figure ? NodeSelection.create(doc, range.from) : TextSelection.create(doc, range.from, range.to)).scrollIntoView(),
  );
  view.focus();
}

/** Puts a figure, or the mark of a plain number, where a number was typed. */
export function settle(view: EditorView, at: NonNullable<BulletinCheck['findings'][number]['at']>, token: string | null): void {
  const { doc, tr } = view.state;
  const range = rangeOf(doc, at);
  if (range === undefined) return;
  if (token === null) tr.addMark(range.from, range.to, schema.mark('plain'));
  else tr.replaceWith(range.from, range.to, schema.node('figure', { token }));
  view.dispatch(tr);
  view.focus();
}

const table: Command = (state, dispatch) => {
  const cell = (kind: 'table_header' | 'table_cell') => schema.node(kind, null, [schema.node('paragraph')]);
  const row = (kind: 'table_header' | 'table_cell') => schema.node('table_row', null, [cell(kind), cell(kind)]);
  dispatch?.(state.tr.replaceSelectionWith(schema.node('table', null, [row('table_header'), row('table_cell')])).scrollIntoView());
  return true;
};

const listOr =
  (kind: 'bullet_list' | 'ordered_list'): Command =>
  (state, dispatch, view) =>
    wrapInList(schema.nodes[kind] as never)(state, dispatch) || liftListItem(schema.nodes.list_item as never)(state, dispatch, view);

/** The tools of the bar by their names. */
export const tools: readonly (readonly [string, Command])[] = [
  ['plain', toggleMark(schema.marks.plain as never)],
  ['heading1', setBlockType(schema.nodes.heading as never, { level: 1 })],
  ['heading2', setBlockType(schema.nodes.heading as never, { level: 2 })],
  ['paragraph', setBlockType(schema.nodes.paragraph as never)],
  ['bullet', listOr('bullet_list')],
  ['ordered', listOr('ordered_list')],
  ['table', table],
  ['row', addRowAfter],
  ['column', addColumnAfter],
  ['deleteRow', deleteRow],
  ['deleteColumn', deleteColumn],
  ['undo', undo],
  ['redo', redo],
];
