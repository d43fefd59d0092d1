import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, printableConfig, readConfig } from './config.ts';

describe('configuration', () => {
  test('an empty environment means loopback, port 8080, ./data and the embedded database', () => {
    const config = readConfig({ PORT: '', HOST: '' });
    expect(config).toEqual({
      host: '127.0.0.1',
      port: 8080,
      dataDir: resolve('data'),
      databaseUrl: undefined,
      databaseWaitMs: 5000,
      logName: undefined,
      evidenceS3: undefined,
    });
    expect(printableConfig(config).database).toBe('embedded');
  });

  test('all problems are named at once', () => {
    const read = () => readConfig({ PORT: '80a', DATABASE_URL: 'mysql://x' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/PORT.*DATABASE_URL/);
  });

  test('a bucket for the evidence needs its keys, and they are not printed', () => {
    expect(() => readConfig({ CLEARZERO_EVIDENCE_S3: 'https://s3.example/evidence' })).toThrow(/CLEARZERO_EVIDENCE_S3_KEY/);
    const config = readConfig({
      CLEARZERO_EVIDENCE_S3: 'https://s3.example:9000/evidence/sx',
      CLEARZERO_EVIDENCE_S3_KEY: 'k',
      CLEARZERO_EVIDENCE_S3_SECRET: 'hush-hush',
    });
    expect(config.evidenceS3).toMatchObject({ endpoint: 'https://s3.example:9000', bucket: 'evidence', prefix: 'sx/' });
    expect(JSON.stringify(printableConfig(config))).not.toContain('hush-hush');
  });

  test('what is printed holds no secret', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://li:s3cret@db.example:5433/campaign?sslpassword=hush' });
    const printed = JSON.stringify(printableConfig(config));
    expect(printed).toContain('postgres://li@db.example:5433/campaign');
    expect(printed).not.toMatch(/s3cret|hush/);
  });
});
