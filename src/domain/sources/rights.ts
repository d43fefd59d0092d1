import { at } from '../access/right.ts';
import { readers } from '../access/roles.ts';

/** Who may do what here, and where it is asked. */
export const sourceRights = {
  'source.read': at('place', readers),
  'source.register': at('place', ['director', 'clerk', 'inspector']),
};
