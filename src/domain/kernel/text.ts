/**
 * Texts that people type, in the one form in which they are kept, hashed and compared (文本规范形式).
 *
 * A text has Unicode form NFC, line feeds as its only control characters, and nothing that changes the order in which other
 * characters are shown. XML 1.0 (section 2.2) takes every character that is left, so no writer of files chokes on it.
 */

/** Ends of lines of every kind: CR LF, CR, vertical tab (a manual line break of Word), form feed, NEL, LS, PS. */
const lineEnds = /\r\n|[\r\u000b\u000c\u0085\u2028\u2029]/gu;
/** Controls but LF, directional overrides and isolates, byte order mark, soft interlinear marks, noncharacters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is dropped
const dropped = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]|\p{Noncharacter_Code_Point}/gu;
/** Characters that leave no ink: a text of these alone says nothing. */
const inkless = /[\p{White_Space}\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800\p{Variation_Selector}]/gu;

/** Whether the text has a form at all: a lone surrogate is no character. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** The kept form of a text of any number of lines; white space at both ends goes. */
export function tidyText(text: string): string {
  return text.replace(lineEnds, '\n').replaceAll('\t', ' ').replace(dropped, '').normalize('NFC').trim();
}

/**
 * A text that was kept before texts had a form, as a file may hold it (可写文本): what no file can hold is left out, every end of
 * line is a line feed, and half a character becomes a replacement mark. A text in its kept form comes out as it is.
 */
export function writableText(text: string): string {
  return text
    .replace(lineEnds, '\n')
    .replace(dropped, '')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

/** The kept form of a text of one line: line breaks become spaces. */
export function tidyLine(text: string): string {
  return tidyText(text)
    .split('\n')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
}

/** Whether nothing of the text can be seen: white space, zero-width characters, fillers. */
export function isBlank(text: string): boolean {
  return text.replace(inkless, '') === '';
}

/** Whether every text in a value (of a payload) is in its kept form; the path of the first that is not, else undefined. */
export function untidyPath(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return isWellFormed(value) && value.normalize('NFC') === value && !hasDropped(value) ? undefined : path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = untidyPath(inner, path === '' ? key : `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function hasDropped(text: string): boolean {
  return text.search(dropped) >= 0 || text.search(lineEnds) >= 0;
}

/**
 * The form in which identifiers that people type are compared: full width folded, upper case, no spaces (NFKC).
 * @example identifierForm(' ｓｘ２０１９－０００１ ') is 'SX2019-0001'
 */
export function identifierForm(text: string): string {
  return tidyLine(text)
    .normalize('NFKC')
    .replace(/[\p{White_Space}\p{Cf}]/gu, '')
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u30fc]/gu, '-')
    .toUpperCase();
}
