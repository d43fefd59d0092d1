import { says } from '../kernel/says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const sourceRefusals = {
  'source.uscc': says(
    422,
    '统一社会信用代码“{uscc}”校验不符，请核对。',
    'The unified social credit code "{uscc}" fails its check digit. Check it.',
  ),
} as const;
