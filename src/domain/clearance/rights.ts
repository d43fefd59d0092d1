import { at } from '../access/right.ts';
import { readers } from '../access/roles.ts';

/** Who may do what here, and where it is asked. */
export const figureRights = {
  'figure.read': at('place', [...readers, 'press']),
};
