import { readdirSync, statfsSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';

const MiB = 1024 * 1024;

/**
 * Settings for a small machine of its own (2 cores and up); durability is never traded away.
 *
 * Memory follows the data: a cache that is larger than the tables is memory that nobody uses. It is set anew at each start.
 */
export function serverSettings(cluster: string): Record<string, string> {
  const memory = availableMemory() / MiB;
  const data = sizeOfData(cluster) / MiB;
  const within = (low: number, share: number, high: number) => `${Math.round(Math.min(high, Math.max(low, share)))}MB`;
  return {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: '100',
    shared_buffers: within(64, Math.min(memory / 8, Math.max(256, data / 8)), 4096),
    effective_cache_size: within(256, memory / 2, 16_384),
    work_mem: within(4, memory / 256, 16),
    // Several builds of indexes and cleanings run abreast, each with so much.
    maintenance_work_mem: within(64, memory / 64, 128),
    autovacuum_work_mem: '32MB',
    max_wal_size: '4GB',
    // Compressing a page costs a command more than writing it; bulk loads turn it on for themselves.
    wal_compression: 'off',
    checkpoint_completion_target: '0.9',
    random_page_cost: '1.1',
    jit: 'off',
    autovacuum_vacuum_scale_factor: '0.05',
    autovacuum_vacuum_insert_scale_factor: '0.05',
    autovacuum_analyze_scale_factor: '0.02',
    dynamic_shared_memory_type: sharedMemoryType(),
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
  };
}

/** Bytes of the tables and indexes of a cluster, as its files say; 0 before it was made. */
export function sizeOfData(cluster: string): number {
  let bytes = 0;
  try {
    for (const file of readdirSync(join(cluster, 'base'), { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      // A file may go while they are counted.
      bytes += statSync(join(file.parentPath, file.name), { throwIfNoEntry: false })?.size ?? 0;
    }
  } catch {
    return bytes;
  }
  return bytes;
}

function availableMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

// Containers often have 64 MB of /dev/shm, on which a parallel query fails; files in the cluster have no such limit.
function sharedMemoryType(): string {
  if (process.platform === 'win32') return 'windows';
  if (process.platform !== 'linux') return 'posix';
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= 256 * MiB ? 'posix' : 'mmap';
  } catch {
    return 'mmap';
  }
}

/** The text of a configuration file; quotes are doubled as PostgreSQL wants them. */
export function settingsFile(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return `# Written at each start; put your own settings into postgresql.auto.conf (ALTER SYSTEM).\n${lines.join('\n')}\n`;
}
