import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { dateOf, formatWithOffset, type Instant } from '../../domain/kernel/instant.ts';
import { refuse, isRefusal, type Refusal } from '../../domain/kernel/refusal.ts';
import type { Aside } from '../../domain/registers/bridge.ts';
import { changedFields } from '../../domain/registers/changes.ts';
import type { RegisterItem } from '../../domain/registers/item.ts';
import type { Mapping, RegisterMapping } from '../../domain/registers/mapping.ts';
import { columnsOf, keySeparator, rowReader, type FindingReason, type ReadRow } from '../../domain/registers/reader.ts';
import { readHeader, readTable, UnreadableTable } from '../../storage/registers/files.ts';
import { recordId } from './ids.ts';

/** A row or a value that a person should look at. */
export interface Listed {
  /** `rejected`: not taken in. `duplicate`: another row of its key was taken. `implausible`: taken, this value left out or doubtful. */
  readonly kind: 'rejected' | 'duplicate' | 'implausible';
  readonly file: string;
  /** As a spreadsheet numbers it: 1 is the header. */
  readonly row: number;
  readonly key: string;
  readonly reason: FindingReason;
  readonly column: string;
  readonly value: string;
}

export interface FileReport {
  readonly file: string;
  readonly register: string;
  readonly sha256: string;
  readonly rows: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** Values, not rows. */
  readonly implausible: number;
  readonly emptyLines: number;
}

/** A record as a snapshot has it, with the row it came from. */
export interface SnapshotRow {
  readonly item: RegisterItem;
  readonly file: string;
  readonly row: number;
  readonly rowHash: string;
}

export interface Collected {
  readonly files: FileReport[];
  /** By stream. */
  readonly rows: Map<string, SnapshotRow>;
  readonly listed: Listed[];
  /** Sums set aside for bridges, by `register/amount`. */
  readonly sums: ReadonlyMap<string, { readonly rows: Aside; readonly rejected: Aside; readonly repeated: Aside }>;
  /** Values that no code list names: by list, how often each. */
  readonly unlisted: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly warnings: string[];
}

interface Held extends SnapshotRow {
  readonly order: string;
  readonly amounts: ReadRow['amounts'];
}

interface Source {
  readonly path: string;
  readonly register: RegisterMapping;
}

/**
 * Reads the files of one snapshot through the mapping. Memory grows with the records of the snapshot and with what is listed, not
 * with the files' size.
 * @refuses import.column-missing, import.file-unreadable
 */
export async function collect(
  mapping: Mapping,
  utcOffsetMinutes: number,
  recordedAt: Instant,
  paths: readonly string[],
  progress: (rows: number) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Collected | Refusal> {
  try {
    const sources: Source[] = [];
    for (const path of paths) {
      const register = await registerOf(mapping, path);
      if (isRefusal(register)) return register;
      sources.push({ path, register });
    }
    const collector = new Collector(mapping, utcOffsetMinutes, recordedAt);
    for (const source of sources) {
      const refused = await collector.read(source, progress, signal);
      if (refused !== undefined) return refused;
    }
    return collector.result();
  } catch (error) {
    if (error instanceof UnreadableTable) return refuse('import.file-unreadable', { file: error.file, reason: error.message });
    throw error;
  }
}

/** The register whose columns a file has. */
async function registerOf(mapping: Mapping, path: string): Promise<RegisterMapping | Refusal> {
  const name = basename(path);
  const named = mapping.registers.filter((r) => r.file.name === undefined || new RegExp(r.file.name, 'u').test(name));
  let nearest: readonly string[] | undefined;
  for (const r of named) {
    const header = headerOf(await readHeader(path, r.file));
    const twice = header.filter((column, i) => header.indexOf(column) !== i);
    const needed = columnsOf(r);
    if (twice.some((column) => needed.includes(column)))
      return refuse('import.file-unreadable', { file: name, reason: `the column ${twice[0]} stands twice` });
    const missing = needed.filter((column) => !header.includes(column));
    if (missing.length === 0) return r;
    if (nearest === undefined || missing.length < nearest.length) nearest = missing;
  }
  return refuse('import.column-missing', {
    file: name,
    columns: nearest ?? [`a name that fits ${mapping.registers.map((r) => r.file.name).join(' or ')}`],
  });
}

const headerOf = (cells: readonly string[]) => cells.map((c) => c.replace(/^\uFEFF/, '').trim());

class Collector {
  private readonly mapping: Mapping;
  private readonly offset: number;
  private readonly recordedAt: Instant;
  private readonly files: FileReport[] = [];
  private readonly held = new Map<string, Held>();
  private readonly numbers = new Map<string, string>();
  private readonly listed: Listed[] = [];
  private readonly sums = new Map<string, { rows: MutableAside; rejected: MutableAside; repeated: MutableAside }>();
  private readonly unlisted = new Map<string, Map<string, number>>();
  private readonly warnings: string[] = [];
  private total = 0;

  constructor(mapping: Mapping, offset: number, recordedAt: Instant) {
    this.mapping = mapping;
    this.offset = offset;
    this.recordedAt = recordedAt;
    for (const b of mapping.bridges) {
      const zero = () => ({ amount: 0, count: 0 });
      this.sums.set(`${b.register}/${b.amount}`, { rows: zero(), rejected: zero(), repeated: zero() });
    }
  }

  async read({ path, register }: Source, progress: (rows: number) => void, signal?: AbortSignal): Promise<Refusal | undefined> {
    const file = basename(path);
    let reader: ReturnType<typeof rowReader> | undefined;
    let columns = 0;
    const n = { rows: 0, accepted: 0, duplicates: 0, rejected: 0, implausible: 0, emptyLines: 0 };
    const asOf = { other: new Set<string>(), last: '' };
    const { sha256 } = await readTable(path, register.file, ({ row, cells, text }) => {
      if (reader === undefined) {
        const header = headerOf(cells);
        columns = header.length;
        reader = rowReader(this.mapping, register, header, dateOf(this.recordedAt, this.offset));
        return;
      }
      if (cells.length === 1 && (cells[0] as string).trim() === '' && columns > 1) {
        n.emptyLines++;
        return;
      }
      n.rows++;
      if (++this.total % 1000 === 0) {
        signal?.throwIfAborted();
        progress(this.total);
      }
      const found = reader.read(cells);
      const key = found.key.replaceAll(keySeparator, ' ');
      const list = (kind: Listed['kind'], findings: ReadRow['odd']) => {
        for (const f of findings) this.listed.push({ kind, file, row, key, ...f });
      };
      this.addSum(register, 'rows', found.amounts);
      if (found.asOf !== undefined && register.asOf !== undefined)
        noteAsOf(asOf, `${found.asOf.date}T${found.asOf.time}`, dateOf(this.recordedAt, this.offset));
      if (found.item === undefined) {
        n.rejected++;
        this.addSum(register, 'rejected', found.amounts);
        list('rejected', found.reasons);
        return;
      }
      const id = recordId(this.mapping.campaign, register.code, found.key);
      const held: Held = {
        item: found.item,
        file,
        row,
        rowHash: createHash('sha256').update(text, 'utf8').digest('hex'),
        order: found.order,
        amounts: found.amounts,
      };
      const before = this.held.get(id);
      if (before !== undefined) {
        const reject = register.duplicates === 'reject';
        const wins = typeof register.duplicates === 'object' && held.order > before.order;
        const [kept, lost] = wins ? [held, before] : [before, held];
        if (wins) this.held.set(id, held);
        this.addSum(register, reject ? 'rejected' : 'repeated', lost.amounts);
        n[reject ? 'rejected' : 'duplicates']++;
        const differs = changedFields(kept.item, lost.item);
        const value = differs.length === 0 ? `same as row ${kept.row}` : `row ${kept.row} taken; differs in ${differs.join(', ')}`;
        const entry = { file: lost.file, row: lost.row, key, column: register.key.join(', '), value };
        this.listed.push({ kind: reject ? 'rejected' : 'duplicate', ...entry, reason: 'key-repeated' });
        if (!wins) return;
      } else {
        const other = this.numbers.get(found.item.no);
        if (other !== undefined) {
          n.rejected++;
          this.addSum(register, 'rejected', found.amounts);
          list('rejected', [{ reason: 'number-taken', column: register.no, value: `${found.item.no}: ${other}` }]);
          return;
        }
        this.numbers.set(found.item.no, `${file} row ${row}`);
        this.held.set(id, held);
        n.accepted++;
      }
      n.implausible += found.odd.length;
      list('implausible', found.odd);
      for (const u of found.unlisted) this.addUnlisted(u.list, u.value);
    });
    if (reader === undefined) return refuse('import.file-unreadable', { file, reason: 'it is empty' });
    this.files.push({ file, register: register.code, sha256, ...n });
    this.warnAsOf(file, register, asOf);
    return undefined;
  }

  private addSum(register: RegisterMapping, to: 'rows' | 'rejected' | 'repeated', amounts: ReadRow['amounts']): void {
    for (const [key, sums] of this.sums) {
      const [code, amount] = key.split('/') as [string, string];
      if (code !== register.code) continue;
      sums[to].count++;
      sums[to].amount += amounts[amount] ?? 0;
    }
  }

  private addUnlisted(list: string, value: string): void {
    const values = this.unlisted.get(list) ?? new Map<string, number>();
    values.set(value, (values.get(value) ?? 0) + 1);
    this.unlisted.set(list, values);
  }

  private warnAsOf(file: string, register: RegisterMapping, asOf: { other: Set<string>; last: string }): void {
    if (register.asOf === undefined) return;
    const recorded = formatWithOffset(this.recordedAt, this.offset);
    if (register.asOf.rule === 'sameDay') {
      for (const day of asOf.other) this.warnings.push(`${file}: ${register.asOf.column} says ${day}, --recorded-at says ${recorded}`);
    } else if (asOf.last > recorded.slice(0, 19))
      this.warnings.push(`${file}: ${register.asOf.column} goes up to ${asOf.last}, after --recorded-at ${recorded}`);
  }

  result(): Collected {
    const rows = new Map<string, SnapshotRow>();
    for (const [id, { item, file, row, rowHash }] of this.held) rows.set(id, { item, file, row, rowHash });
    return { files: this.files, rows, listed: this.listed, sums: this.sums, unlisted: this.unlisted, warnings: this.warnings };
  }
}

interface MutableAside {
  amount: number;
  count: number;
}

function noteAsOf(asOf: { other: Set<string>; last: string }, at: string, recorded: string): void {
  if (at.slice(0, 10) !== recorded && asOf.other.size < 5) asOf.other.add(at.slice(0, 10));
  if (at > asOf.last) asOf.last = at;
}
