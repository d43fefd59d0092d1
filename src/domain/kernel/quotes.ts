/**
 * A text as it stands inside double quotation marks (引号内的引号, GB/T 15834): its outer marks are single ones, those inside them
 * double again, and so on, however it was typed. An apostrophe, which has no partner, stays.
 */
export function innerQuotes(text: string): string {
  const open: string[] = [];
  let straight = false;
  let out = '';
  for (const c of text) {
    if (c === '"') straight = !straight;
    const mark = c !== '"' ? c : straight ? '“' : '”';
    if (mark === '“' || mark === '‘') {
      open.push(mark);
      out += open.length % 2 === 1 ? '‘' : '“';
    } else if (mark === '”' || (mark === '’' && open.at(-1) === '‘')) {
      out += open.length % 2 === 0 && open.length > 0 ? '”' : '’';
      open.pop();
    } else out += mark;
  }
  return out;
}

/** A name in double quotation marks. @example inQuotes('山西省“百日清零”专项行动') is '“山西省‘百日清零’专项行动”' */
export function inQuotes(name: string): string {
  return `“${innerQuotes(name)}”`;
}

/** A template's names in braces filled in; a name that the template puts into quotation marks has its own changed to inner ones. */
export function fillNames(template: string, value: (key: string) => string): string {
  return template.replace(/“\{(\w+)\}”|\{(\w+)\}/g, (_, quoted?: string, plain?: string) =>
    quoted === undefined ? value(plain as string) : inQuotes(value(quoted)),
  );
}
