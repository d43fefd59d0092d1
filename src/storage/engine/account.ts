import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** The operating-system account the server runs under; undefined means our own. */
export type Account = { uid: number; gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root, so for root this finds (or makes) an unprivileged account.
 * @param cluster  an existing cluster keeps the owner it was made with, whatever accounts exist by now
 */
export function serverAccount(cluster: string | undefined): Account {
  if (process.getuid?.() !== 0) return undefined;
  const owner = cluster ? ownerOf(cluster) : undefined;
  if (owner) return owner;
  return lookUp('postgres') ?? lookUp('clearzero') ?? create('clearzero') ?? lookUp('nobody') ?? { uid: 65534, gid: 65534 };
}

/** Whether the account can enter a directory: tried, because modes, ACLs and mounts all have a say. */
export function canEnter(directory: string, account: Account): boolean {
  if (!account) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', directory], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

function ownerOf(path: string): Account {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

function lookUp(name: string): Account {
  const [uid, gid] = ['-u', '-g'].map((flag) => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return answer.status === 0 ? Number(answer.stdout.trim()) : undefined;
  });
  return uid && gid !== undefined ? { uid, gid } : undefined;
}

// initdb looks its user up by number, so a bare uid without an account would not do.
function create(name: string): Account {
  const ways: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', name]],
    ['adduser', ['-S', '-D', '-H', name]],
  ];
  for (const [command, args] of ways) {
    if (spawnSync(command, args, { stdio: 'ignore' }).status === 0) return lookUp(name);
  }
  return undefined;
}
