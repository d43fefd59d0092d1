import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, printableConfig, readConfig } from './config.ts';

describe('configuration', () => {
  test('an empty environment means loopback, port 8080, ./data and the embedded database', () => {
    const config = readConfig({ PORT: '', HOST: '' });
    expect(config).toEqual({ host: '127.0.0.1', port: 8080, dataDir: resolve('data'), databaseUrl: undefined });
    expect(printableConfig(config).database).toBe('embedded');
  });

  test('all problems are named at once', () => {
    const read = () => readConfig({ PORT: '80a', DATABASE_URL: 'mysql://x' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT.*DATABASE_URL/);
  });

  test('what is printed holds no secret', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://li:s3cret@db.example:5433/campaign?sslpassword=hush' });
    const printed = JSON.stringify(printableConfig(config));
    expect(printed).toContain('postgres://li@db.example:5433/campaign');
    expect(printed).not.toMatch(/s3cret|hush/);
  });
});
