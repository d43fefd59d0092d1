import { describe, expect, test } from 'vitest';
import { ledgerKey } from './keys.ts';

/** An element inside others, told by their selectors: enough of `closest` for lists of tags, roles, classes and attributes. */
function inside(...selectors: string[]): Pick<Element, 'closest'> {
  return {
    closest: ((wanted: string) => (wanted.split(',').some((s) => selectors.includes(s.trim())) ? {} : null)) as Element['closest'],
  };
}
const page = inside();
const key = (name: string, more: object = {}) =>
  ledgerKey({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, target: page, ...more });

describe('a key on the ledger', () => {
  test.each([
    ['j', 'down'],
    ['k', 'up'],
    ['x', 'select'],
    ['X', 'select'],
    ['Enter', 'open'],
    ['?', 'help'],
    ['Escape', 'escape'],
  ])('%s asks for %s', (name, asked) => {
    expect(key(name)).toBe(asked);
  });

  test('x with Shift is a range, with capitals locked it is one line', () => {
    expect(key('X', { shiftKey: true })).toBe('range');
    expect(key('x', { shiftKey: true })).toBe('range');
    expect(key('X')).toBe('select');
  });

  test('that the ledger does not know is left to the browser', () => {
    for (const name of ['a', 'J', 'K', ' ', 'Tab', 'F5', '/', 'ArrowLeft', 'Dead', 'Process', '']) expect(key(name), name).toBeNull();
  });

  test('with Ctrl, Meta or Alt is the browser’s', () => {
    for (const name of ['j', 'k', 'x', 'Enter', '?', 'Escape'])
      for (const with_ of ['ctrlKey', 'metaKey', 'altKey']) expect(key(name, { [with_]: true }), `${with_} ${name}`).toBeNull();
  });

  test('is text where text is typed; Escape leaves from there too', () => {
    for (const field of ['input:not([type=checkbox])', 'textarea', 'select', '[contenteditable]', '[role=combobox]']) {
      for (const name of ['j', 'k', 'x', 'Enter', '?']) expect(key(name, { target: inside(field) }), `${field} ${name}`).toBeNull();
      expect(key('Escape', { target: inside(field) })).toBe('escape');
    }
  });

  test('in a dialog is the dialog’s, Escape as well', () => {
    for (const box of ['[role=dialog]', 'dialog'])
      for (const name of ['Escape', 'j', 'Enter']) expect(key(name, { target: inside(box) }), `${box} ${name}`).toBeNull();
  });

  test('Enter on a link or a button is theirs, the others are not', () => {
    for (const control of ['a', 'button', 'summary']) {
      expect(key('Enter', { target: inside(control) })).toBeNull();
      expect(key('j', { target: inside(control) })).toBe('down');
    }
  });

  test('arrows move in the table only, elsewhere they scroll', () => {
    expect([key('ArrowDown'), key('ArrowUp')]).toEqual([null, null]);
    expect([key('ArrowDown', { target: inside('.sc') }), key('ArrowUp', { target: inside('.sc') })]).toEqual(['down', 'up']);
  });
});
