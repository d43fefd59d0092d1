import { at } from '../access/right.ts';
import { readers } from '../access/roles.ts';

/** Who may do what here, and where it is asked. */
export const campaignRights = {
  'campaign.read': at('place', [...readers, 'press']),
  'aspect.define': at('root', ['director', 'clerk']),
};
