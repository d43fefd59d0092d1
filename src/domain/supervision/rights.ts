import { at } from '../access/right.ts';
import { readers } from '../access/roles.ts';

/** Who may do what here, and where it is asked. */
export const supervisionRights = {
  'batch.read': at('place', readers),
  'batch.issue': at('root', ['director', 'clerk']),
  'letter.receive': at('place', ['city-officer']),
};
