import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { AnchorPlan } from '../jobs/log/anchor.ts';
import { ConfigError } from './config.ts';

const http = z.url({ protocol: /^https?$/ });
const plan = z
  .object({
    everySeconds: z.number().int().min(1).max(86_400).default(300),
    witnesses: z.array(z.object({ url: http, key: z.string().regex(/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$/) }).strict()).default([]),
    timestamps: z.array(z.object({ url: http, name: z.string().min(1).max(100) }).strict()).default([]),
  })
  .strict();

/** Reads the file that names witnesses and time-stamping authorities; nobody is asked without one. */
export function readAnchors(file: string | undefined): AnchorPlan {
  if (file === undefined) return { witnesses: [], timestamps: [], everySeconds: 300 };
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError([`CLEARZERO_ANCHORS ${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const read = plan.safeParse(content);
  if (!read.success) throw new ConfigError(read.error.issues.map((i) => `CLEARZERO_ANCHORS ${i.path.join('.')} ${i.message}`));
  return read.data;
}
