import { describe, expect, test } from 'vitest';
import { cleanPaste, type Piece } from './paste.ts';

/** Enough of an HTML reader for well-formed snippets: elements, attributes with and without quotes, comments. */
function read(html: string): Piece {
  const root = { tag: 'body', attributes: {}, children: [] as (Piece | string)[] };
  const open = [root];
  for (const [, , close, tag, attributes = '', text] of html.matchAll(/(<!--[^]*?-->)|<(\/?)([a-z0-9:]+)((?:\s+[^<>]*?)?)>|([^<]+)/gi)) {
    const here = open.at(-1) as typeof root;
    if (text !== undefined) here.children.push(text);
    else if (tag === undefined) continue;
    else if (close === '/') open.pop();
    else {
      const found = Object.fromEntries(
        [...attributes.matchAll(/([a-z-]+)(?:=(?:"([^"]*)"|'([^']*)'|(\S+)))?/gi)].map((m) => [m[1] as string, m[2] ?? m[3] ?? m[4] ?? '']),
      );
      const made = { tag: tag.toLowerCase(), attributes: found, children: [] as (Piece | string)[] };
      here.children.push(made);
      if (made.tag !== 'br') open.push(made);
    }
  }
  return root;
}

const textOf = (piece: Piece | string): string => (typeof piece === 'string' ? piece : piece.children.map(textOf).join(''));
const find = (piece: Piece | string, tag: string): Piece[] =>
  typeof piece === 'string' ? [] : [...(piece.tag === tag ? [piece] : []), ...piece.children.flatMap((child) => find(child, tag))];

function paste(html: string) {
  const { root, notes } = cleanPaste(read(html));
  const rows = find(root, 'tr').map((row) => row.children.map((cell) => textOf(cell).trim()));
  return {
    text: textOf(root),
    rows,
    tables: find(root, 'table').length,
    told: Object.fromEntries(Object.entries(notes).filter(([, n]) => n > 0)),
  };
}

describe('merged cells', () => {
  test('of two head rows: every value keeps its column', () => {
    const { rows, told } = paste(
      '<table><tr><td rowspan=2>市</td><td colspan=2>数量</td></tr><tr><td>督办</td><td>整改</td></tr><tr><td>太原</td><td>739</td><td>726</td></tr></table>',
    );
    expect(rows).toEqual([
      ['市', '数量', ''],
      ['', '督办', '整改'],
      ['太原', '739', '726'],
    ]);
    expect(told).toEqual({ merged: 2 });
  });

  test.each([
    [
      'a rowspan beyond the end',
      '<table><tr><td rowspan=9>a</td><td>1</td></tr><tr><td>2</td></tr></table>',
      [
        ['a', '1'],
        ['', '2'],
      ],
    ],
    [
      'a rowspan of 0, which is to the end',
      '<table><tr><td rowspan=0>a</td><td>1</td></tr><tr><td>2</td></tr></table>',
      [
        ['a', '1'],
        ['', '2'],
      ],
    ],
    [
      'a title over more columns than there are',
      '<table><tr><td colspan=1000>题</td></tr><tr><td>1</td><td>2</td></tr></table>',
      [
        ['题', ''],
        ['1', '2'],
      ],
    ],
    [
      'a cell of two rows and two columns',
      '<table><tr><td rowspan=2 colspan=2>a</td><td>1</td></tr><tr><td>2</td></tr><tr><td>x</td><td>y</td><td>z</td></tr></table>',
      [
        ['a', '', '1'],
        ['', '', '2'],
        ['x', 'y', 'z'],
      ],
    ],
    [
      'spans that overlap',
      '<table><tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>c</td></tr></table>',
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    ['spans that are no numbers', '<table><tr><td colspan=-3>a</td><td colspan=x rowspan=>b</td></tr></table>', [['a', 'b']]],
    [
      'sections',
      '<table><thead><tr><th rowspan=2>h</th><th>1</th></tr></thead><tbody><tr><td>2</td></tr></tbody></table>',
      [
        ['h', '1'],
        ['', '2'],
      ],
    ],
  ])('%s', (_, html, rows) => {
    expect(paste(html).rows).toEqual(rows);
  });

  test('a cell of several paragraphs is one line, and a table in it is its text', () => {
    const { rows, tables, told } = paste(
      '<table><tr><td><p>甲</p><p>乙</p></td><td>1</td></tr><tr><td><table><tr><td>x</td><td>5</td></tr></table></td><td>2<br>3</td></tr></table>',
    );
    expect(rows).toEqual([
      ['甲 乙', '1'],
      ['x 5', '2 3'],
    ]);
    expect([tables, told]).toEqual([1, { nested: 1 }]);
  });

  test('a plain table is not talked about; a caption becomes a line', () => {
    const { text, rows, told } = paste('<table><caption>表1</caption><tr><td>a</td><td></td></tr><tr><td></td><td>b</td></tr></table>');
    expect([rows, told]).toEqual([
      [
        ['a', ''],
        ['', 'b'],
      ],
      {},
    ]);
    expect(text.startsWith('表1')).toBe(true);
    expect(paste('<table></table>').tables).toBe(0);
  });
});

describe('what was deleted is not published', () => {
  test.each([
    ['change tracking', '<p>督办<del>2057</del><ins>2507</ins>个</p>', '督办2507个', { deleted: 1 }],
    ['a plain del', '<p>a<del>删</del>b</p>', 'ab', { deleted: 1 }],
    [
      'Word',
      '<p>督办<s><span style="mso-deleted:1">2057</span></s><ins cite="mailto:x" datetime="2019-08-05T10:00">2507</ins>个</p>',
      '督办2507个',
      { deleted: 1 },
    ],
    ['strike', '<p>a<strike>删</strike>b</p>', 'ab', { deleted: 1 }],
    ['a struck-out span', "<p>a<span style='color:red; text-decoration: line-through'>删</span>b</p>", 'ab', { deleted: 1 }],
    ['inside a cell', '<table><tr><td>督办<del>2057</del><ins>2507</ins></td></tr></table>', '督办2507', { deleted: 1 }],
    [
      'a comment of Word',
      "<p>个<span class=MsoCommentReference><span style='mso-special-character:comment'>[周1]</span></span></p><div style='mso-element:comment-list'><p class=MsoCommentText>请核</p></div>",
      '个',
      { comments: 2 },
    ],
    ['an anchor of a comment', '<p>个<a href="#_msocom_1">[1]</a></p>', '个', { comments: 1 }],
    ['a comment of the markup', '<p>a<!--[if gte mso 9]><b>x</b><![endif]-->b</p>', 'ab', {}],
    ['hidden text', "<p>a<span style='display:none;mso-hide:all'>密</span>b</p>", 'ab', { hidden: 1 }],
    ['underlined text stays', "<p>a<u style='text-decoration:underline'>b</u></p>", 'ab', {}],
    ['an empty del says nothing', '<p>a<del> </del>b</p>', 'ab', {}],
  ])('%s', (_, html, text, told) => {
    expect(paste(html)).toMatchObject({ text, told });
  });
});
