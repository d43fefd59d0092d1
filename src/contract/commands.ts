import { z } from 'zod';
import { uuid } from './common.ts';

/** Common to every command: the client's own id makes a repetition harmless; `happenedAt` defaults to now. */
export const command = z.object({ id: uuid.optional(), happenedAt: z.string().max(40).optional() });

/** The answer to a command on one thing that shows nothing of it: its id, and how many acts were written. */
export const written = z.object({ id: z.string(), acts: z.number().int(), repeated: z.boolean() });
