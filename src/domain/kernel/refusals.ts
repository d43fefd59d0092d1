import { says } from './says.ts';

/** What is refused here, and what it says to people. `{name}` stands for a detail of the refusal. */
export const textRefusals = {
  'text.malformed': says(
    422,
    '“{field}”中有不能保存的字符；请重新输入。',
    'There are characters in "{field}" that cannot be kept. Type it again.',
  ),
} as const;
