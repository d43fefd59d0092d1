import type pg from 'pg';
import type { Act } from '../../domain/acts/act.ts';
import type { Instant } from '../../domain/kernel/instant.ts';
import type { FactContext } from '../../domain/projections/context.ts';
import { projectStream } from '../../domain/projections/project.ts';
import type { CampaignRow } from '../acts/read.ts';
import { PersonalBook } from '../acts/personal.ts';
import { toRow, writtenColumns } from '../acts/rows.ts';
import { addStreamReference, dropStreamReference } from '../acts/streams.ts';
import { bulkTs } from '../database.ts';
import type { Marks } from '../log/marks.ts';
import { BulkTables } from './copy.ts';
import {
  evidenceColumns,
  evidenceRow,
  factSpanColumns,
  factSpanRow,
  itemColumns,
  itemRow,
  itemSpanColumns,
  itemSpanRow,
  itemTextColumns,
  itemTextRow,
} from './rows.ts';
import { factNo } from './write.ts';

const ts = bulkTs();

export interface BulkProgress {
  readonly streams: number;
  readonly acts: number;
}

/** Writes the acts and projections of whole streams by COPY, through the same projection as single writes. */
export class BulkWriter {
  private readonly tables: BulkTables;
  private readonly campaign: CampaignRow;
  private readonly ctx: FactContext;
  private readonly facts: ReadonlyMap<string, number>;
  private readonly seen = new Set<string>();
  private readonly personal: PersonalBook;
  private readonly marks: Marks | null;
  private readonly enteredAt: Instant | null;
  acts = 0;
  streams = 0;

  /**
   * @param marks      null where projections are written and no acts
   * @param enteredAt  when the acts came in, where that is not when they are recorded
   */
  constructor(
    client: pg.PoolClient,
    campaign: CampaignRow,
    ctx: FactContext,
    facts: ReadonlyMap<string, number>,
    marks: Marks | null,
    enteredAt: Instant | null = null,
  ) {
    this.tables = new BulkTables(client);
    this.campaign = campaign;
    this.ctx = ctx;
    this.facts = facts;
    this.personal = new PersonalBook(campaign);
    this.marks = marks;
    this.enteredAt = enteredAt;
  }

  /** Acts of one whole stream. */
  addStream(acts: readonly Act[]): void {
    for (const act of acts) this.addAct(act);
    this.addProjection(acts);
  }

  addAct(act: Act): void {
    if (this.marks === null) throw new Error('nothing marks these acts');
    // Before everything else: acts refer to it.
    if (act.seq === 1) this.tables.add('streams (campaign_id, id, kind)', this.campaign.id, [act.streamId, act.stream]);
    const r = toRow(this.personal.seal(act));
    this.tables.add(`acts (campaign_id, ${writtenColumns})`, this.campaign.id, [
      r.id,
      r.stream,
      r.stream_id,
      r.stream_seq,
      r.kind,
      r.schema_version,
      r.payload,
      r.actor_id,
      r.actor_org,
      r.actor_name,
      ts(r.happened_at),
      ts(r.recorded_at),
      `\\x${r.leaf.toString('hex')}`,
      `\\x${this.marks.mark(this.campaign.slug, r.leaf).toString('hex')}`,
      this.enteredAt === null ? null : ts(this.enteredAt),
    ]);
    this.acts++;
  }

  /** Only the projections of a stream whose acts are stored already. */
  addProjection(acts: readonly Act[]): void {
    const id = acts[0]?.streamId;
    if (id === undefined) return;
    const p = projectStream(acts, this.ctx);
    const key = this.campaign.id;
    for (const s of p.facts)
      this.tables.add(`fact_spans (campaign_id, ${factSpanColumns})`, key, factSpanRow(s, id, factNo(this.facts, s.fact)));
    for (const s of p.items) this.tables.add(`item_spans (campaign_id, ${itemSpanColumns})`, key, itemSpanRow(s));
    const last = p.items.at(-1);
    if (last !== undefined) {
      this.tables.add(`items (campaign_id, ${itemColumns})`, key, itemRow(last));
      this.tables.add(`item_texts (campaign_id, ${itemTextColumns})`, key, itemTextRow(last));
    }
    for (const e of p.evidence) {
      if (this.seen.has(e.sha256)) continue;
      this.seen.add(e.sha256);
      this.tables.add('evidence_seen (campaign_id, sha256, subject_id)', key, [`\\x${e.sha256}`, id]);
    }
    for (const e of p.objects) this.tables.add(`evidence_objects (campaign_id, ${evidenceColumns})`, key, evidenceRow(e));
    if (p.source !== null) {
      this.tables.add('sources (campaign_id, id, no, name, uscc, place)', key, [
        p.source.id,
        p.source.no,
        p.source.name,
        p.source.uscc,
        p.source.place,
      ]);
    }
    this.streams++;
  }

  async drain(): Promise<void> {
    await this.tables.drain();
  }

  async finish(): Promise<BulkProgress> {
    for (const p of this.personal.take()) {
      const cells = [`\\x${p.commitment.toString('hex')}`, `\\x${p.salt.toString('hex')}`, p.subject, p.value];
      this.tables.add('personal_values (campaign_id, commitment, salt, subject, value)', this.campaign.id, cells);
    }
    await this.tables.drain(true);
    return { streams: this.streams, acts: this.acts };
  }
}

/**
 * Indexes and keys that cost more to keep than to build when very many rows come: dropped and built again around a large load, in
 * its transaction. A key that the loaded rows violate fails the load when it is built.
 */
export async function withoutIndexes<T>(client: pg.PoolClient, load: () => Promise<T>): Promise<T> {
  const found = await client.query<{ table: string; name: string; def: string; key: string | null }>(
    `select t.relname as table, c.relname as name, pg_get_indexdef(i.indexrelid) as def, pg_get_constraintdef(k.oid) as key
     from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
     left join pg_constraint k on k.conindid = i.indexrelid and k.contype in ('p', 'u')
     where t.relname in ('items', 'item_texts', 'item_spans', 'fact_spans', 'acts', 'streams', 'sources', 'evidence_seen') and t.relnamespace = current_schema()::regnamespace
     order by c.relname`,
  );
  await dropStreamReference(client);
  for (const x of found.rows)
    await client.query(x.key === null ? `drop index ${x.name}` : `alter table ${x.table} drop constraint ${x.name}`);
  const result = await load();
  await client.query("set local maintenance_work_mem = '512MB'");
  // New indexes go to the log page by page; single commands do better without.
  await client.query("select set_config('wal_compression', 'pglz', true) where has_parameter_privilege('wal_compression', 'set')");
  for (const x of found.rows) await client.query(x.key === null ? x.def : `alter table ${x.table} add constraint ${x.name} ${x.key}`);
  await addStreamReference(client);
  return result;
}
