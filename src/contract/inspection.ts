import { z } from 'zod';
import { command } from './commands.ts';
import { uuid } from './common.ts';
import { line, text } from './text.ts';

export const newInspection = command
  .extend({
    campaign: z.string(),
    sourceId: uuid,
    aspect: z.string().max(60),
    officers: z.array(line(60)).min(2).max(10),
    legalBody: line(120),
    result: z.enum(['clean', 'problems']),
    text: text(),
  })
  .strict();
