import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Decrypter } from 'age-encryption';
import tar from 'tar-stream';
import { refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { holdsAnything, listMigrations, openForRows, sha256, TableLoader } from '../../storage/backup/tables.ts';
import { addStreamReference } from '../../storage/acts/streams.ts';
import type { Database } from '../../storage/database.ts';
import type { BlobStore } from '../../storage/evidence/blobs.ts';
import { type Client, inClientTransaction } from '../../storage/transaction.ts';
import { BackupDamaged, backupHeader, backupManifest, type BackupHeader, type BackupManifest } from './format.ts';

/** Where a backup is restored to: an empty, migrated database, an empty evidence store, and a place for the keys. */
export interface RestoreTarget {
  readonly database: Database;
  readonly blobs: BlobStore;
  /** Takes `log.key`, `mark.key` and `heads/<campaign>`; called before the database is committed. */
  readonly writeKey: (name: string, content: Uint8Array) => void;
}

export interface Restored {
  readonly header: BackupHeader;
  readonly rows: number;
  readonly evidence: number;
}

/** What opens a backup: identities (AGE-SECRET-KEY-1...), or the passphrase. */
export type Opening = { readonly identities: readonly string[] } | { readonly passphrase: string };

/**
 * Restores a backup into an empty place (恢复): all of the database in one transaction, or nothing.
 * @refuses backup.damaged naming the file where a bit was flipped or something is missing (also for a wrong key), backup.not-empty,
 *          backup.newer
 */
export async function restoreBackup(
  from: string,
  opening: Opening,
  to: RestoreTarget,
  progress?: (bytes: number, what: string) => void,
): Promise<Restored | Refusal> {
  const decrypter = new Decrypter();
  if ('passphrase' in opening) decrypter.addPassphrase(opening.passphrase);
  else for (const i of opening.identities) decrypter.addIdentity(i);
  const at = { last: 'its beginning' };
  try {
    return await inClientTransaction(to.database, async (client) => {
      const plain = await decrypter.decrypt(Readable.toWeb(createReadStream(from)) as never).catch((error: unknown) => {
        throw new BackupDamaged('its header', inWords(error));
      });
      return take(Readable.fromWeb(plain as never), new Restoring(client, to), (bytes, name) => {
        at.last = name;
        progress?.(bytes, name);
      });
    });
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    const [where, why] = error instanceof BackupDamaged ? [error.at, error.why] : [`after ${at.last}`, inWords(error)];
    return refuse('backup.damaged', { at: where, why });
  }
}

/** Takes every entry of an archive in. @throws Refused */
async function take(source: Readable, work: Restoring, seen: (bytes: number, name: string) => void): Promise<Restored> {
  const extract = tar.extract();
  const broken = new Promise<never>((_resolve, reject) => source.once('error', reject));
  broken.catch(() => undefined);
  try {
    // Nothing may flow before someone takes the entries; and what breaks the source must end the waiting for the next one.
    const entries = extract[Symbol.asyncIterator]();
    source.pipe(extract);
    let bytes = 0;
    for (;;) {
      const next = await Promise.race([entries.next(), broken]);
      if (next.done === true) break;
      const name = next.value.header.name;
      const content = await Promise.race([whole(next.value), broken]);
      bytes += content.length;
      seen(bytes, name);
      const refusal = await work.take(name, content);
      if (refusal !== undefined) throw new Refused(refusal);
    }
    return await work.finish();
  } catch (error) {
    source.destroy();
    await work.abandon();
    throw error;
  }
}

/** Rolls the transaction back and carries the refusal out of it. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

const inWords = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** All bytes of an entry. */
async function whole(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of entry) parts.push(chunk as Buffer);
  return Buffer.concat(parts);
}

class Restoring {
  private readonly client: Client;
  private readonly to: RestoreTarget;
  private readonly loader: TableLoader;
  private readonly seen = new Map<string, string>();
  private header: BackupHeader | undefined;
  private manifest: BackupManifest | undefined;
  private object: { hash: string; parts: Buffer[] } | undefined;
  private rows = 0;
  private evidence = 0;

  constructor(client: Client, to: RestoreTarget) {
    this.client = client;
    this.to = to;
    this.loader = new TableLoader(client);
  }

  async take(name: string, content: Buffer): Promise<Refusal | undefined> {
    if (this.manifest !== undefined) throw new BackupDamaged(name, 'it stands behind the manifest');
    if (name === 'manifest.json') {
      this.manifest = backupManifest.parse(JSON.parse(content.toString('utf8')));
      return undefined;
    }
    if (this.seen.has(name)) throw new BackupDamaged(name, 'it comes twice');
    this.seen.set(name, sha256(content));
    if (name === 'header.json') return this.begin(backupHeader.parse(JSON.parse(content.toString('utf8'))));
    const header = this.header;
    if (header === undefined) throw new BackupDamaged(name, 'it stands before the header');
    const [kind, of] = name.split('/');
    if (kind === 'keys') this.to.writeKey(name.slice('keys/'.length), content);
    else if (kind === 'db') {
      const table = header.tables.find((t) => t.name === of);
      if (table === undefined) throw new BackupDamaged(name, 'the header names no such table');
      await this.loader.write(table, content);
      for (const byte of content) if (byte === 10) this.rows++;
    } else if (kind === 'evidence' && of !== undefined) await this.addEvidence(of, content);
    else throw new BackupDamaged(name, 'nothing of this kind belongs into a backup');
    return undefined;
  }

  private async begin(header: BackupHeader): Promise<Refusal | undefined> {
    const own = await listMigrations(this.client);
    const unknown = header.migrations.find((m) => !own.includes(m));
    // An older one has fewer tables and columns; what came since is made anew and starts empty.
    if (unknown !== undefined) return refuse('backup.newer', { migration: unknown });
    if (await holdsAnything(this.client)) return refuse('backup.not-empty', {});
    await openForRows(this.client);
    this.header = header;
    return undefined;
  }

  private async addEvidence(hash: string, content: Buffer): Promise<void> {
    if (this.object !== undefined && this.object.hash !== hash) await this.flushEvidence();
    this.object ??= { hash, parts: [] };
    this.object.parts.push(content);
  }

  private async flushEvidence(): Promise<void> {
    const object = this.object;
    this.object = undefined;
    if (object === undefined) return;
    const bytes = Buffer.concat(object.parts);
    if (sha256(bytes) !== object.hash) throw new BackupDamaged(`evidence/${object.hash}`, 'its bytes are not those of its name');
    await this.to.blobs.put(bytes, { sha256: object.hash });
    this.evidence++;
  }

  /** Ends a COPY that is under way, so that the transaction can be rolled back. */
  async abandon(): Promise<void> {
    await this.loader.end().catch(() => undefined);
  }

  async finish(): Promise<Restored> {
    await this.loader.end();
    await this.flushEvidence();
    if (this.header === undefined || this.manifest === undefined) throw new BackupDamaged('its end', 'it has no manifest: it is not whole');
    for (const [name, { sha256: hash }] of Object.entries(this.manifest.files)) {
      const found = this.seen.get(name);
      if (found === undefined) throw new BackupDamaged(name, 'it is missing');
      if (found !== hash) throw new BackupDamaged(name, 'it has another hash than the manifest gives it');
    }
    const foreign = [...this.seen.keys()].find((name) => this.manifest?.files[name] === undefined);
    if (foreign !== undefined) throw new BackupDamaged(foreign, 'the manifest does not name it');
    if (this.evidence !== this.manifest.evidence)
      throw new BackupDamaged('its evidence', `${this.evidence} of ${this.manifest.evidence} files`);
    await addStreamReference(this.client);
    return { header: this.header, rows: this.rows, evidence: this.evidence };
  }
}
