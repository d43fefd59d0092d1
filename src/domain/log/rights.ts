import { at } from '../access/right.ts';
import { readers } from '../access/roles.ts';

/** Who may do what here, and where it is asked. */
export const logRights = {
  'log.read': at('place', [...readers, 'press']),
  // Entries hold everything of the whole campaign.
  'log.entries': at('root', ['director', 'auditor']),
};
