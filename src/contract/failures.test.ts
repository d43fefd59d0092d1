import { describe, expect, test } from 'vitest';
import { refusalOfFailure } from './failures.ts';
import { explain } from './refusals.ts';

const failure = (code: string | undefined, message = 'x', cause?: unknown) => Object.assign(new Error(message, { cause }), { code });

describe('a failure below', () => {
  test.each([
    ['the disk of the database is full', failure('53100'), 'server.disk-full', 507],
    ['the disk of the evidence is full', failure('ENOSPC'), 'server.disk-full', 507],
    ['a quota is used up', failure('EDQUOT'), 'server.disk-full', 507],
    ['the engine does not start for want of room', failure('engine.disk-full'), 'server.disk-full', 507],
    ['the server says it in words only', failure('58030', 'could not write: No space left on device'), 'server.disk-full', 507],
    ['no connection was free in time', failure(undefined, 'timeout exceeded when trying to connect'), 'server.database-busy', 503],
    ['the server has no slot left', failure('53300'), 'server.database-busy', 503],
    ['two waited for each other', failure('40P01'), 'server.database-busy', 503],
    ['a transaction stood still', failure('25P03'), 'server.database-busy', 503],
    ['the server is ending', failure('57P01'), 'server.unavailable', 503],
    ['the server is recovering', failure('57P03'), 'server.unavailable', 503],
    ['nobody listens', failure('ECONNREFUSED'), 'server.unavailable', 503],
    [
      'the rollback after it failed as well',
      failure(undefined, 'Client has encountered a connection error and is not queryable'),
      'server.unavailable',
      503,
    ],
    ['it stands behind another failure', failure(undefined, 'outer', failure('ECONNRESET')), 'server.unavailable', 503],
  ])('%s', (_, error, code, status) => {
    const refusal = refusalOfFailure(error);
    expect(refusal?.code).toBe(code);
    if (refusal !== undefined) expect(explain(refusal).status).toBe(status);
  });

  test.each([['23505'], ['42P01'], ['XX000'], [undefined]])('%s is a fault of ours', (code) => {
    expect(refusalOfFailure(failure(code))).toBeUndefined();
  });

  test('what is no error at all is not taken for one', () => {
    for (const thrown of [undefined, null, 'text', 7]) expect(refusalOfFailure(thrown)).toBeUndefined();
  });
});
