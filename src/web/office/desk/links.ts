import type { DeskGroup, DeskLine } from '../../../contract/desk.ts';
import { paths, type Where } from '../../../contract/paths/office.ts';
import { queryOf } from '../../ui/query-text.ts';

/** Where the action of a group leads: the list of exactly these, or the one there is. */
export function linkOfGroup(where: Where, g: DeskGroup): string {
  const only = g.count === 1 ? g.lines[0] : undefined;
  if (only !== undefined && only.place === null) {
    const one = linkOfLine(where, g, only);
    if (one !== null) return one;
  }
  if (g.query !== null) return paths.ledger(where, queryOf(g.query));
  if (g.code === 'receive') return paths.batches(where);
  return g.code === 'lead' ? paths.dashboard(where) : paths.bulletins(where);
}

/** Where a part of a group leads; null where it is shown with the others. */
export function linkOfLine(where: Where, g: DeskGroup, line: DeskLine): string | null {
  if (line.place !== null && g.query !== null) {
    return paths.ledger(where, { ...queryOf(g.query), [line.place % 100 === 0 ? 'city' : 'county']: line.place });
  }
  if (line.id !== null) return paths.bulletin(where, line.id);
  return line.no !== null && g.query !== null ? paths.item(where, line.no) : null;
}
