import { hash, verify } from '@node-rs/argon2';

/** argon2id (2), 64 MiB, three passes: OWASP's upper recommendation; at most two at once, so that guessing cannot fill the memory. */
const strength = { algorithm: 2, memoryCost: 65_536, timeCost: 3, parallelism: 1 };

/** How many may wait before the hash: strangers about a second, known devices in a line of their own that goes first. */
const room = { known: 64, strangers: 16 };
export type Line = keyof typeof room;

let running = 0;
/** Places given out in a line, from the first question to the end of the hash. */
const held: Record<Line, number> = { known: 0, strangers: 0 };
const waiting: Record<Line, (() => void)[]> = { known: [], strangers: [] };

/**
 * Takes a place before the hash; undefined when the line is full.
 * @returns gives it back; more than once is the same as once
 */
export function takeHashPlace(line: Line): (() => void) | undefined {
  if (held[line] >= room[line]) return undefined;
  held[line]++;
  let given = false;
  return () => {
    if (!given) held[line]--;
    given = true;
  };
}

async function gated<T>(line: Line, work: () => Promise<T>): Promise<T> {
  if (running >= 2) await new Promise<void>((resolve) => waiting[line].push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    // Whoever is next takes over the turn.
    const next = waiting.known.shift() ?? waiting.strangers.shift();
    if (next === undefined) running--;
    else next();
  }
}

export function hashPassword(password: string): Promise<string> {
  return gated('known', () => hash(password, strength));
}

/** For a holder of a place in the line. */
export function isPassword(line: Line, passwordHash: string, password: string): Promise<boolean> {
  return gated(line, () => verify(passwordHash, password));
}
