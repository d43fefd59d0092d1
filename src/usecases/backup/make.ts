import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Encrypter } from 'age-encryption';
import tar from 'tar-stream';
import { formatInstant } from '../../domain/kernel/instant.ts';
import { base64 } from '../../domain/kernel/base64.ts';
import { listCampaigns } from '../../storage/acts/read.ts';
import { dumpTable, listMigrations, listTables, sha256 } from '../../storage/backup/tables.ts';
import type { Tx } from '../../storage/database.ts';
import { findHead } from '../../storage/log/head.ts';
import { type Client, inOneLook } from '../../storage/transaction.ts';
import type { Services } from '../services.ts';
import type { BackupHeader, BackupManifest } from './format.ts';

/** For whom a backup is encrypted (age, age-encryption.org/v1). */
export type Secret = { readonly recipients: readonly string[] } | { readonly passphrase: string };

export interface BackupDone {
  readonly bytes: number;
  readonly files: number;
  readonly evidence: number;
  readonly logs: BackupHeader['logs'];
}

/**
 * Writes an encrypted backup (备份): one consistent look at the database, the signing key with the heads it has signed, the marking key, and every
 * evidence file. Written beside its name and moved there when it is whole.
 *
 * Sessions, sign-in attempts and unfinished uploads are left out. Whoever can decrypt it can sign as this installation.
 */
export async function makeBackup(
  s: Services,
  to: string,
  secret: Secret,
  progress?: (bytes: number, what: string) => void,
): Promise<BackupDone> {
  const encrypter = new Encrypter();
  if ('passphrase' in secret) encrypter.setPassphrase(secret.passphrase);
  else for (const r of secret.recipients) encrypter.addRecipient(r);
  const pack = tar.pack();
  const encrypted = await encrypter.encrypt(Readable.toWeb(Readable.from(pack)) as never);
  const half = `${to}.part`;
  const file = createWriteStream(half, { flags: 'w', mode: 0o600, flush: true });
  const written = pipeline(Readable.fromWeb(encrypted as never), file);
  // What is still being packed would wait for ever for a sink that has failed, as when its disk is full.
  const failed = written.then(() => new Promise<never>(() => undefined));
  failed.catch(() => undefined);
  try {
    const done = await fill(s, new Packer(pack, failed, progress));
    await written;
    await rename(half, to);
    return { ...done, bytes: file.bytesWritten };
  } catch (error) {
    pack.destroy();
    // What ended the writing is the cause; that nothing more could be packed only follows from it.
    const cause: unknown = await written.then(
      () => error,
      (e: unknown) => ((e as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE' ? error : e),
    );
    await rm(half, { force: true });
    throw cause;
  }
}

/** Adds files to the archive and remembers their hashes. */
class Packer {
  readonly manifest: Record<string, { sha256: string; bytes: number }> = {};
  private readonly pack: tar.Pack;
  private readonly failed: Promise<never>;
  private readonly progress: ((bytes: number, what: string) => void) | undefined;
  private bytes = 0;

  constructor(pack: tar.Pack, failed: Promise<never>, progress: ((bytes: number, what: string) => void) | undefined) {
    this.pack = pack;
    this.failed = failed;
    this.progress = progress;
  }

  async add(name: string, content: Buffer): Promise<void> {
    this.manifest[name] = { sha256: sha256(content), bytes: content.length };
    const packed = new Promise<void>((resolve, reject) => {
      // A fixed time: the same content is the same archive. The sink waits until the disk has taken what came before.
      const header = { name, size: content.length, mtime: new Date(0), mode: 0o600 };
      const sink = this.pack.entry(header, (error) => (error ? reject(error) : resolve()));
      sink.end(content);
    });
    await Promise.race([packed, this.failed]);
    this.bytes += content.length;
    this.progress?.(this.bytes, name);
  }

  finish(): void {
    this.pack.finalize();
  }
}

async function fill(s: Services, to: Packer): Promise<Omit<BackupDone, 'bytes'>> {
  const logs = await inOneLook(s.database, (tx, client) => addRows(s, to, tx, client));
  const evidence = await addEvidence(s, to);
  const manifest: BackupManifest = { files: { ...to.manifest }, evidence };
  await to.add('manifest.json', json(manifest));
  to.finish();
  return { files: Object.keys(manifest.files).length + 1, evidence, logs };
}

/** The header, the keys and the rows of every table, all as of one moment. */
async function addRows(s: Services, to: Packer, tx: Tx, client: Client): Promise<BackupHeader['logs']> {
  const logs: BackupHeader['logs'] = [];
  const heads: [string, string][] = [];
  for (const row of await listCampaigns(tx)) {
    const head = await findHead(tx, row.id);
    if (head === undefined) continue;
    logs.push({ campaign: row.slug, size: head.size, root: base64(head.root), note: head.note });
    const signed = s.log.signedHeads(row.slug).filter((h) => h.size <= head.size);
    heads.push([row.slug, signed.map((h) => `${h.size} ${base64(h.root)}\n`).join('')]);
  }
  const tables = await listTables(client);
  const header: BackupHeader = {
    format: 'clearzero-backup/1',
    madeAt: formatInstant(s.now()),
    migrations: await listMigrations(client),
    tables: tables.map((t) => ({ name: t.name, columns: [...t.columns] })),
    logs,
  };
  await to.add('header.json', json(header));
  const key = s.log.privateKey();
  if (key !== undefined) await to.add('keys/log.key', Buffer.from(key));
  const marking = s.marks.secret();
  if (marking !== undefined) await to.add('keys/mark.key', Buffer.from(`${marking}\n`));
  for (const [slug, text] of heads) await to.add(`keys/heads/${slug}`, Buffer.from(text));
  for (const t of tables) {
    let n = 0;
    for await (const part of dumpTable(client, t)) await to.add(`db/${t.name}/${String(++n).padStart(6, '0')}`, part);
  }
  return logs;
}

const evidencePart = 4 * 1024 * 1024;

/** Evidence files, whole or in parts; the store only ever gains files, so all that the database names are there. */
async function addEvidence(s: Services, to: Packer): Promise<number> {
  let files = 0;
  for await (const { sha256: hash } of s.blobs.list()) {
    const object = await s.blobs.open(hash);
    if (object === undefined) continue;
    let held: Buffer[] = [];
    let bytes = 0;
    let n = 0;
    const flush = async () => {
      await to.add(`evidence/${hash}/${String(++n).padStart(6, '0')}`, Buffer.concat(held));
      held = [];
      bytes = 0;
    };
    for await (const chunk of object.stream as AsyncIterable<Buffer>) {
      held.push(chunk);
      bytes += chunk.length;
      if (bytes >= evidencePart) await flush();
    }
    if (bytes > 0 || n === 0) await flush();
    files++;
  }
  return files;
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`, 'utf8');
}
