import { userInfo } from 'node:os';
import type pg from 'pg';

/** Where a PostgreSQL is and as whom. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/**
 * How a server is reached, with everything said that the driver would otherwise look up in PG* variables: those are somebody's for
 * their own tools, and must neither lead us elsewhere nor keep us from our database. Only PGPASSWORD and the password file are left,
 * for an address that holds no password.
 * @param to  the embedded server, or the address in DATABASE_URL
 */
export function reach(to: Connection | string): pg.ClientConfig {
  const said = { ssl: false, sslnegotiation: 'postgres', client_encoding: 'UTF8', replication: 'false' } as const;
  if (typeof to !== 'string') return { ...said, ...to };
  // What stands in the address wins over what is said beside it.
  return { ...said, connectionString: whole(to) };
}

/** An address with its blanks filled in as the server's own tools would, but from this address alone. */
function whole(address: string): string {
  const url = new URL(address);
  const given = (name: string) => (url.searchParams.get(name) ?? '') !== '';
  if (url.hostname === '' && !given('host')) url.hostname = 'localhost';
  if (url.port === '' && !given('port')) url.port = '5432';
  if (url.username === '' && !given('user')) url.username = encodeURIComponent(userInfo().username);
  if (/^\/?$/.test(url.pathname)) url.pathname = `/${url.searchParams.get('user') ?? url.username}`;
  return url.href;
}
