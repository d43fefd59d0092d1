import { resolve } from 'node:path';
import { z } from 'zod';
import type { S3Config } from '../storage/evidence/s3-blobs.ts';

/** What the environment decides; read once, at the start. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute; holds the embedded database and the evidence files. */
  readonly dataDir: string;
  /** A PostgreSQL to use instead of the embedded one; holds a password. */
  readonly databaseUrl: string | undefined;
  /** How long a request waits for a connection to the database before it is told that the database is busy, in milliseconds. */
  readonly databaseWaitMs: number;
  /** A bucket for the evidence instead of the data directory; holds a secret. */
  readonly evidenceS3: S3Config | undefined;
  /** Name of the installation in the origins of its logs, such as `log.example.gov.cn`; made of its key when absent. */
  readonly logName: string | undefined;
  /** File that names witnesses and time-stamping authorities; see docs/log.md. */
  readonly anchorsFile: string | undefined;
}

export class ConfigError extends Error {
  readonly code = 'config.invalid';

  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not usable: ${problems.join('; ')}`);
    this.problems = problems;
    this.name = 'ConfigError';
  }
}

const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value);

const environment = z.object({
  PORT: z.preprocess(blankIsAbsent, z.coerce.number('must be a number').int('must be whole').min(0).max(65535).default(8080)),
  HOST: z.preprocess(blankIsAbsent, z.string().default('127.0.0.1')),
  CLEARZERO_DATA: z.preprocess(blankIsAbsent, z.string().default('./data')),
  DATABASE_URL: z.preprocess(blankIsAbsent, z.string().refine(isPostgresUrl, 'must be a postgres:// address').optional()),
  CLEARZERO_DATABASE_WAIT_MS: z.preprocess(
    blankIsAbsent,
    z.coerce.number('must be a number').int('must be whole').min(100).max(600_000).default(5000),
  ),
  // http(s)://<service>/<bucket>[/<prefix>]
  CLEARZERO_EVIDENCE_S3: z.preprocess(blankIsAbsent, z.string().refine(isBucketUrl, 'must be https://<service>/<bucket>').optional()),
  CLEARZERO_EVIDENCE_S3_REGION: z.preprocess(blankIsAbsent, z.string().default('us-east-1')),
  CLEARZERO_EVIDENCE_S3_KEY: z.preprocess(blankIsAbsent, z.string().optional()),
  CLEARZERO_EVIDENCE_S3_SECRET: z.preprocess(blankIsAbsent, z.string().optional()),
  CLEARZERO_LOG_NAME: z.preprocess(
    blankIsAbsent,
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]*(\/[a-z0-9._-]+)*$/, 'must be like log.example.org, without a scheme')
      .max(200)
      .optional(),
  ),
  CLEARZERO_ANCHORS: z.preprocess(blankIsAbsent, z.string().optional()),
});

export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const read = environment.safeParse(env);
  if (!read.success) throw new ConfigError(read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  const { PORT, HOST, CLEARZERO_DATA, DATABASE_URL, CLEARZERO_LOG_NAME, CLEARZERO_ANCHORS } = read.data;
  return {
    host: HOST,
    port: PORT,
    dataDir: resolve(CLEARZERO_DATA),
    databaseUrl: DATABASE_URL,
    databaseWaitMs: read.data.CLEARZERO_DATABASE_WAIT_MS,
    logName: CLEARZERO_LOG_NAME,
    anchorsFile: CLEARZERO_ANCHORS === undefined ? undefined : resolve(CLEARZERO_ANCHORS),
    evidenceS3: bucketOf(read.data),
  };
}

function bucketOf(env: z.output<typeof environment>): S3Config | undefined {
  if (env.CLEARZERO_EVIDENCE_S3 === undefined) return undefined;
  const { CLEARZERO_EVIDENCE_S3_KEY: accessKeyId, CLEARZERO_EVIDENCE_S3_SECRET: secretAccessKey } = env;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new ConfigError(['CLEARZERO_EVIDENCE_S3 needs CLEARZERO_EVIDENCE_S3_KEY and CLEARZERO_EVIDENCE_S3_SECRET']);
  }
  const url = new URL(env.CLEARZERO_EVIDENCE_S3);
  const [bucket = '', ...rest] = url.pathname
    .slice(1)
    .split('/')
    .filter((part) => part !== '');
  const prefix = rest.length === 0 ? '' : `${rest.join('/')}/`;
  return { endpoint: url.origin, bucket, prefix, region: env.CLEARZERO_EVIDENCE_S3_REGION, accessKeyId, secretAccessKey };
}

/** The configuration as it may be shown in logs and by `doctor`. */
export function printableConfig(config: Config): Record<string, string | number> {
  const { host, port, dataDir, databaseUrl, logName, evidenceS3: s3 } = config;
  const database = databaseUrl ? withoutSecrets(databaseUrl) : 'embedded';
  const evidence = s3 === undefined ? 'folder' : `${s3.endpoint}/${s3.bucket}/${s3.prefix}`;
  return { host, port, dataDir, database, evidence, ...(logName === undefined ? {} : { logName }) };
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol);
}

function isBucketUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.pathname.length > 1;
}

// Parameters can hold secrets too (password=, sslpassword=), so none is shown.
function withoutSecrets(address: string): string {
  const url = new URL(address);
  const user = url.username ? `${url.username}@` : '';
  return `${url.protocol}//${user}${url.host}${url.pathname}`;
}
