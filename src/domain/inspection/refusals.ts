import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const inspectionRefusals = {
  'inspection.same-officer': says(
    422,
    '“{name}”出现了两次；现场检查须有两名不同的执法人员。',
    '"{name}" stands there twice. An inspection needs two different officers.',
  ),
} as const;
