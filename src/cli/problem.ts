import { explain, refusalOfFailure } from '../app/operations.ts';
import { refuse, type Refusal } from '../domain/kernel/refusal.ts';

/** Exit codes that scripts rely on. */
export const exit = { ok: 0, no: 1, usage: 2, failed: 3 } as const;

/** Ends a command with a refusal: the message on stderr, as a problem-details object when `--json` was given. */
export class CommandRefused extends Error {
  readonly refusal: Refusal;
  readonly exitCode: number;

  constructor(refusal: Refusal, exitCode?: number) {
    super(refusal.code);
    this.refusal = refusal;
    const { status } = explain(refusal);
    this.exitCode = exitCode ?? (status === 400 || status === 404 || status === 422 ? exit.usage : exit.failed);
  }
}

export function usage(reason: string): CommandRefused {
  return new CommandRefused(refuse('cli.usage', { reason }), exit.usage);
}

/** Writes a failure to stderr and gives the exit code. */
export function report(error: unknown, json: boolean): number {
  const known = error instanceof CommandRefused ? error.refusal : engineSpeaks(error) ? undefined : refusalOfFailure(error);
  const refusal = known ?? refuse('server.error', { id: '-' });
  const words = explain(refusal);
  const code = error instanceof CommandRefused ? error.exitCode : exit.failed;
  const own = known === undefined ? describe(error) : undefined;
  if (json) {
    const body = {
      type: `urn:clearzero:${own?.code ?? refusal.code}`,
      title: own?.text ?? words.en,
      status: words.status,
      code: own?.code ?? refusal.code,
      detail: own?.text ?? words.en,
      messages: own === undefined ? { zh: words.zh, en: words.en } : { zh: own.text, en: own.text },
      details: refusal.details,
    };
    process.stderr.write(`${JSON.stringify(body)}\n`);
  } else if (own !== undefined) process.stderr.write(`${own.text} (${own.code})\n`);
  else process.stderr.write(`${words.zh}\n${words.en} (${refusal.code})\n`);
  return code;
}

/** The engine says itself what is wrong and where; a failure of the database says it in the server's words. */
const engineSpeaks = (error: unknown) => /^engine\./.test(String((error as { code?: unknown } | null)?.code ?? ''));

function describe(error: unknown): { text: string; code: string } {
  const e = error as { message?: string; code?: string };
  return {
    text: e.message === undefined || e.message === '' ? String(e.code ?? error) : e.message,
    code: typeof e.code === 'string' ? e.code : 'server.error',
  };
}

/** The value of a result, or the refusal as a failed command. */
export function orRefuse<T>(result: T | Refusal): T {
  if (typeof result === 'object' && result !== null && (result as Refusal).refused === true) throw new CommandRefused(result as Refusal);
  return result as T;
}
