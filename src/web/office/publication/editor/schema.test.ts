import fc from 'fast-check';
import type { Node } from 'prosemirror-model';
import { describe, expect, test } from 'vitest';
import { normalise, parseBody, partsOf, printBody, type Block, type Location } from '../../../../domain/publication/document.ts';
import { blockNodes, rangeOf, schema, toBlocks, toDoc } from './schema.ts';

const token = '{{clearance.rate@1 batches=1,2}}';
const body = [
  '# 督办问题整改情况',
  `截至8月5日，整改率为${token}，其中{{=36}}天。`,
  '- 太原市',
  `- 临汾市 ${token}`,
  '1. 第一',
  '2. 第二',
  '| 市 | 整改率 |',
  `| 太原 | ${token} |`,
].join('\n');
const doc = toDoc(parseBody(body));
const textAt = (of: Node, range: { from: number; to: number } | undefined) =>
  range === undefined ? undefined : of.textBetween(range.from, range.to, '|', (leaf) => `<${leaf.attrs.token as string}>`);

/** What a reader sees of blocks: numbers that touch each other are one. */
const seen = (blocks: readonly Block[]) =>
  blocks.map((b) => [
    b.kind,
    partsOf(b).map((part) =>
      part.map((run) => (run.kind === 'figure' ? '<figure>' : run.kind === 'broken' ? `<${run.raw}>` : run.text)).join(''),
    ),
  ]);

describe('a body opened in the editor', () => {
  test('is a valid document with each kind of block in it', () => {
    doc.check();
    expect(doc.children.map((n) => n.type.name)).toEqual(['heading', 'paragraph', 'bullet_list', 'ordered_list', 'table']);
    expect(doc.firstChild?.attrs.level).toBe(1);
  });

  test('is printed as it was', () => {
    expect(printBody(toBlocks(doc))).toBe(printBody(normalise(parseBody(body))));
  });

  test('has a figure as one piece, which is no text to be typed into', () => {
    const figures: string[] = [];
    doc.descendants((node) => {
      if (node.type.name === 'figure') figures.push(node.attrs.token as string);
    });
    expect(figures).toHaveLength(3);
    expect(new Set(figures).size).toBe(1);
  });

  test('has an empty paragraph when it is empty, and is still empty when it is saved', () => {
    for (const empty of ['', '\n\n', '   ']) {
      const opened = toDoc(parseBody(empty));
      opened.check();
      expect([opened.childCount, printBody(toBlocks(opened))]).toEqual([1, '']);
    }
  });

  test('keeps a token that cannot be read, to be mended', () => {
    for (const raw of ['clearance rate 50%', 'a\\\\b', 'a\\}\\}b', 'a\\|b']) {
      const blocks = parseBody(`整改率{{${raw}}}左右`);
      expect(partsOf(blocks[0] as never)[0]?.[1]?.kind, raw).toBe('broken');
      expect(toBlocks(toDoc(blocks)), raw).toEqual(blocks);
    }
  });

  test('survives whatever was typed: opened and printed again it reads the same, and does not change any more', () => {
    const piece = fc.constantFrom(
      '清零',
      '65.73',
      ' ',
      '\n',
      '# ',
      '- ',
      '1. ',
      '| a | b |\n',
      token,
      '{{=7}}',
      '{{',
      '}}',
      '\\',
      '|',
      '🏭',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const blocks = normalise(parseBody(pieces.join('')));
        const opened = toDoc(blocks);
        opened.check();
        const saved = toBlocks(opened);
        expect(seen(saved)).toEqual(seen(blocks));
        expect(toBlocks(toDoc(saved))).toEqual(saved);
      }),
    );
  });
});

describe('a place that a check found', () => {
  const place = (block: number, part: number, inline: number, from = 0, to = 0): Location => ({ block, part, inline, from, to });

  test('is found in a heading, a paragraph, a list and a cell', () => {
    expect(textAt(doc, rangeOf(doc, place(0, 0, 0, 0, 4)))).toBe('督办问题');
    expect(textAt(doc, rangeOf(doc, place(1, 0, 0, 2, 6)))).toBe('8月5日');
    expect(textAt(doc, rangeOf(doc, place(2, 1, 0, 0, 3)))).toBe('临汾市');
    expect(textAt(doc, rangeOf(doc, place(3, 1, 0, 0, 2)))).toBe('第二');
    expect(textAt(doc, rangeOf(doc, place(4, 2, 0, 0, 2)))).toBe('太原');
  });

  test('of a figure is the whole figure, and of a plain number its digits', () => {
    const figure = rangeOf(doc, place(1, 0, 1));
    expect(doc.nodeAt(figure?.from ?? -1)?.type.name).toBe('figure');
    expect((figure?.to ?? 0) - (figure?.from ?? 0)).toBe(1);
    expect(textAt(doc, rangeOf(doc, place(1, 0, 3, 0, 2)))).toBe('36');
    expect(doc.nodeAt(rangeOf(doc, place(4, 3, 0))?.from ?? -1)?.type.name).toBe('figure');
  });

  test('is found behind blanks that the text form leaves out', () => {
    const typed = schema.node('doc', null, [schema.node('paragraph', null, [schema.text('  共36件')])]);
    const at = parseBody(printBody(toBlocks(typed)));
    expect(partsOf(at[0] as never)[0]).toEqual([{ kind: 'text', text: '共36件' }]);
    expect(textAt(typed, rangeOf(typed, place(0, 0, 0, 1, 3)))).toBe('36');
  });

  test('is found although empty paragraphs and list items stand before it', () => {
    const p = (...content: string[]) =>
      schema.node(
        'paragraph',
        null,
        content.map((text) => schema.text(text)),
      );
    const item = (...content: string[]) => schema.node('list_item', null, [p(...content)]);
    const typed = schema.node('doc', null, [
      p(),
      p('一'),
      p(),
      schema.node('bullet_list', null, [item(), item('二'), item(), item('三')]),
      p('四'),
    ]);
    expect(printBody(toBlocks(typed))).toBe('一\n\n- 二\n- 三\n\n四');
    expect(
      [place(0, 0, 0, 0, 1), place(1, 0, 0, 0, 1), place(1, 1, 0, 0, 1), place(2, 0, 0, 0, 1)].map((at) =>
        textAt(typed, rangeOf(typed, at)),
      ),
    ).toEqual(['一', '二', '三', '四']);
  });

  test('that is gone meanwhile is none', () => {
    for (const at of [place(9, 0, 0), place(0, 1, 0), place(0, 0, 5), place(1, 0, 9), place(-1, 0, 0), place(4, 99, 0)])
      expect(rangeOf(doc, at), JSON.stringify(at)).toBeUndefined();
    // The text grew shorter while the check was on its way.
    const short = toDoc(parseBody('短'));
    expect(rangeOf(short, place(0, 0, 0, 10, 14))).toBeUndefined();
  });

  test('is the same in the document and in its text, wherever it is', () => {
    const texts = fc.array(fc.constantFrom('甲乙', 'ab', '7', token, '{{=8}}'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (lines) => {
        const opened = toDoc(parseBody(lines.map((l) => l.join('')).join('\n\n')));
        const blocks = toBlocks(opened);
        blocks.forEach((block, b) =>
          partsOf(block).forEach((part, p) =>
            part.forEach((run, i) => {
              const length = run.kind === 'text' || run.kind === 'plain' ? run.text.length : 0;
              const range = rangeOf(opened, place(b, p, i, 0, length));
              if (run.kind === 'text' || run.kind === 'plain') expect(textAt(opened, range)).toBe(run.text);
              else expect(opened.nodeAt(range?.from ?? -1)?.type.name).toBe('figure');
            }),
          ),
        );
      }),
    );
  });
});

test('what is pasted as text becomes the blocks it says', () => {
  expect(blockNodes(parseBody('- 一\n- 二')).map((n) => n.type.name)).toEqual(['bullet_list']);
  expect(blockNodes(parseBody('')).length).toBe(0);
});
