export type EngineErrorCode =
  | 'engine.unsupported-platform'
  | 'engine.port-in-use'
  | 'engine.disk-full'
  | 'engine.permission'
  | 'engine.initdb-failed'
  | 'engine.start-failed'
  | 'engine.timeout';

/** The embedded engine could not be brought up; the code says which remedy applies. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}

const signs: [RegExp, EngineErrorCode, string][] = [
  [/No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/, 'engine.disk-full', 'The disk is full'],
  [/Address already in use/, 'engine.port-in-use', 'The database port is taken'],
  [
    /Permission denied|Operation not permitted|EACCES|EPERM|has wrong ownership/,
    'engine.permission',
    'Missing permission on the data directory',
  ],
];

/** Reads what the server or initdb printed, and names the cause if it is one a person can remedy. */
export function explainOutput(output: string, otherwise: EngineErrorCode): EngineError {
  const tail = output.trim().split('\n').slice(-8).join('\n');
  for (const [sign, code, meaning] of signs) {
    if (sign.test(output)) return new EngineError(code, `${meaning}: ${tail}`);
  }
  return new EngineError(otherwise, tail || 'The database gave no reason.');
}
