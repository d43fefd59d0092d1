import { at } from '../access/right.ts';

/** Who may do what here, and where it is asked. */
export const releaseRights = {
  'figure.publish': at('root', ['director']),
};
