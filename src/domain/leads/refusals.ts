import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const leadRefusals = {
  'lead.unknown': says(404, '没有这条线索。', 'There is no such lead.'),
  'lead.closed': says(409, '这条线索已办结。', 'This lead was closed already.'),
  'lead.own': says(403, '线索涉及本人，须由他人核查办结。', 'The lead is about you: somebody else looks into it.'),
} as const;
