import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

// Nothing typed is lost: a component with a form, or with a window that has fields in it, keeps what is typed with the drafts of the office.
const office = fileURLToPath(new URL('../../src/web/office', import.meta.url));

/** Forms that keep nothing, and why. Nobody is added without a reason. */
const exempt: Readonly<Record<string, string>> = {
  'SignInPage.tsx': 'passwords are never kept',
  'RenewDialog.tsx': 'passwords are never kept',
  'ReleaseDialog.tsx': 'the number is typed to confirm what is frozen now: restored, it would confirm what nobody looked at',
  'PlainNumbers.tsx': 'a tick that says one has looked now: restored, it would say so of what nobody looked at',
  'Masthead.tsx': 'a search: nothing is made of it, and its result has an address',
  'QueryLine.tsx': 'a search: what is asked for stands in the address',
  'SourcePicker.tsx': 'a search: what is chosen is kept by the form around it',
  'PlaceSelect.tsx': 'a field: the form around it keeps its value',
  'SourcesPage.tsx': 'a search: what is asked for stands in the address',
  'Days.tsx': 'chooses days, which stand in the address',
  'OrderOf.tsx': 'chooses the order of the address',
  'EvidenceInput.tsx': 'a field: the form around it keeps its value',
  'BringOriginal.tsx': 'takes a file and sends it at once',
  'Grid.tsx': 'marks lines; what is done with them is in the selection bar',
  'AsOfPicker.tsx': 'chooses the instant of the address',
  'Ruler.tsx': 'chooses the instant of the address',
  'FilterLine.tsx': 'chooses the filter of the address',
  'Waterfall.tsx': 'chooses what a chart compares',
};

const field =
  /<(?:form|Form|textarea|input|select|Input|InputNumber|Select|DatePicker|Radio|Checkbox|TextArea|Upload|Cascader|AutoComplete)\b|<Input\.|contentEditable|openEditor\(/;

/** Whether a component shows something to fill in and keeps none of it. */
function forgets(source: string): boolean {
  const tags = source
    .replace(/use(?:State|Ref|Effect)<[^>]*>/g, '')
    .replace(/(?:KeyboardEvent|ChangeEvent|Ref|EventHandler|FormInstance)<[^>]*>/g, '');
  return field.test(tags) && !/\buse(?:Form)?Draft(?:<[^(]*>)?\(/.test(source);
}

test('a form that keeps nothing is found', () => {
  expect(forgets('return <form><input /></form>;')).toBe(true);
  expect(forgets('return <Modal><Form><Input /></Form></Modal>;')).toBe(true);
  expect(forgets('const d = useDraft({}); return <form />;')).toBe(false);
  expect(forgets('const d = useDraft<Typed>({}); return <form />;')).toBe(false);
  expect(forgets('const [a] = useState<Input>(1); return <p />;')).toBe(false);
});

test('every form keeps what is typed, or says why not', () => {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const entry of readdirSync(office, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.tsx') || entry.name.endsWith('.test.tsx')) continue;
    if (!forgets(readFileSync(join(entry.parentPath, entry.name), 'utf8'))) continue;
    seen.add(basename(entry.name));
    if (exempt[entry.name] === undefined) found.push(entry.name);
  }
  expect(found).toEqual([]);
  // A reason without its form is out of date.
  expect(Object.keys(exempt).filter((name) => !seen.has(name))).toEqual([]);
});
