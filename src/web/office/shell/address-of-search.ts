import { paths, type Where } from '../../../contract/paths/office.ts';

/** Where what was typed into the search leads: what looks like a number opens its page, anything else searches the ledger. */
export function addressOfSearch(where: Where, text: string): string {
  return /^[A-Za-z]{1,6}\d{4}-\d{1,8}$/.test(text) ? paths.item(where, text.toUpperCase()) : paths.ledger(where, { q: text });
}
