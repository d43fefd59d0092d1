import type { Act, ActorRef } from '../../domain/acts/act.ts';
import { canonicalJson } from '../../domain/acts/leaf.ts';
import { foldCampaign } from '../../domain/campaign/campaign.ts';
import type { AspectDefinition, CampaignSettings } from '../../domain/campaign/settings.ts';
import { dateOf, formatInstant, formatWithOffset, instant, startOfDate, type Instant } from '../../domain/kernel/instant.ts';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal.ts';
import { factContext } from '../../domain/projections/context.ts';
import { factsOfCampaign } from '../../domain/projections/fact-list.ts';
import { buildBridge, type BridgeResult } from '../../domain/registers/bridge.ts';
import { compareRecord, type RecordChange } from '../../domain/registers/changes.ts';
import type { RegisterItem } from '../../domain/registers/item.ts';
import type { Mapping } from '../../domain/registers/mapping.ts';
import { importer, lastRecord } from '../../storage/acts/latest.ts';
import {
  campaignStreamId,
  findCampaign,
  getCampaignState,
  listActsOfStreams,
  listStreamActs,
  type CampaignRow,
} from '../../storage/acts/read.ts';
import { loadCampaign, settle } from '../../storage/campaigns.ts';
import { inSnapshot, knownRecords, numbersTaken, type Appender } from '../../storage/registers/snapshot.ts';
import type { Services } from '../services.ts';
import { collect, type Collected, type FileReport, type Listed, type SnapshotRow } from './collect.ts';
import { idOf } from './ids.ts';
import { offsetOf, settingsOf } from './settings.ts';

/** From how many records on it pays to drop indexes around the first load. */
const largeFrom = 300_000;
const chunk = 1000;

export interface ImportChanges {
  appeared: number;
  changed: number;
  corrected: number;
  vanished: number;
  reappeared: number;
  unchanged: number;
  /** Among those that appeared: opened before the snapshot before, which did not have them. */
  late: number;
}

export interface ImportReport {
  readonly campaign: string;
  readonly recordedAt: string;
  /** `opened`: the campaign is new. `nothing-changed`: every record is as it was; no act was written. `checked`: only read. */
  readonly outcome: 'opened' | 'loaded' | 'nothing-changed' | 'checked';
  readonly files: readonly FileReport[];
  readonly changes: ImportChanges;
  readonly acts: number;
  /** How often each reason was given, by what became of the row. */
  readonly reasons: Readonly<Record<Listed['kind'], Readonly<Record<string, number>>>>;
  /** Values that no code list names and the list they fell out of, the most frequent first. */
  readonly unlisted: readonly { readonly list: string; readonly value: string; readonly count: number }[];
  readonly bridges: readonly BridgeResult[];
  readonly currency: { readonly code: string; readonly digits: number };
  readonly warnings: readonly string[];
  readonly listed: readonly Listed[];
}

export interface ImportRequest {
  readonly mapping: Mapping;
  readonly recordedAt: Instant;
  readonly files: readonly string[];
  /** Only reads the files and says what they hold. */
  readonly checkOnly?: boolean;
  readonly progress?: (stage: 'reading' | 'writing', done: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Brings one dated snapshot of an outside register in: the first opens a historic campaign, later ones become acts for what
 * appeared, changed, was corrected or vanished. One transaction: all of it or nothing.
 *
 * The same content at the same instant again changes nothing.
 * @refuses import.recorded-future, import.column-missing, import.file-unreadable, import.nothing, campaign.not-historic,
 *   import.mapping-differs, import.not-later
 */
export async function importSnapshot(s: Services, q: ImportRequest): Promise<ImportReport | Refusal> {
  const now = s.now();
  if (q.recordedAt > now) return refuse('import.recorded-future', { recordedAt: formatInstant(q.recordedAt), now: formatInstant(now) });
  const offset = offsetOf(q.mapping.utcOffset);
  const collected = await collect(q.mapping, offset, q.recordedAt, q.files, (n) => q.progress?.('reading', n), q.signal);
  if (isRefusal(collected)) return collected;
  const row = await findCampaign(s.database.db, q.mapping.campaign);
  if (row !== undefined && row.mode !== 'historic') return refuse('campaign.not-historic', { campaign: row.slug });
  if (q.checkOnly === true) return report(q, collected, settingsOf(q.mapping, collected.unlisted), 'checked', noChanges(), 0);
  if (row === undefined && collected.rows.size === 0) return refuse('import.nothing', { files: collected.files.map((f) => f.file) });
  return row === undefined ? open(s, q, collected) : follow(s, q, row, collected);
}

async function open(s: Services, q: ImportRequest, collected: Collected): Promise<ImportReport | Refusal> {
  const settings = settingsOf(q.mapping, collected.unlisted);
  const write = actWriter(q);
  const loaded = await loadCampaign(s.database, {
    settings,
    marks: s.marks,
    now: s.now(),
    large: collected.rows.size >= largeFrom,
    streams: function* (campaignStream) {
      const acts: Act[] = [write.own(campaignStream, 1, { kind: 'CampaignOpened', payload: settings })];
      for (const figure of q.mapping.figures)
        acts.push(write.own(campaignStream, acts.length + 1, { kind: 'FigureDefined', payload: figure }));
      yield acts;
      for (const [id, found] of collected.rows) {
        yield [write.record(id, 1, { kind: 'appeared', item: codedItem(found.item, settings, q.mapping) }, found, undefined)];
      }
    },
    progress: (done) => q.progress?.('writing', done.acts),
    ...(q.signal === undefined ? {} : { signal: q.signal }),
  });
  if (loaded === 'exists') return refuse('command.busy', {});
  return report(q, collected, settings, 'opened', { ...noChanges(), appeared: collected.rows.size }, loaded.acts);
}

async function follow(s: Services, q: ImportRequest, row: CampaignRow, collected: Collected): Promise<ImportReport | Refusal> {
  const state = await getCampaignState(s.database.db, row);
  if (state === undefined) return refuse('command.busy', {});
  const differing = differences(q.mapping, state.settings);
  if (differing.length > 0) return refuse('import.mapping-differs', { campaign: row.slug, parts: differing });
  // Classes that the mapping has gained count from this snapshot on.
  const settings = { ...state.settings, aspects: [...state.settings.aspects, ...newAspects(q.mapping, state.settings)] };
  const facts = await s.names.ensure(s.database.db, factsOfCampaign(settings));
  const done = await inSnapshot(s.database, row, factContext(settings), facts, s.marks, async (to) => {
    // People may have published it since: that was on another clock.
    const last = (await lastRecord(to.tx, row.id)).at;
    const late = q.recordedAt <= last;
    const snapshot = new Snapshot(q, row, settings, collected, to, last);
    // Up to the last instant nothing may be written any more: it is only looked whether anything would be.
    const result = await snapshot.follow(late);
    return late && result.acts > 0
      ? refuse('import.not-later', { recordedAt: formatInstant(q.recordedAt), last: formatInstant(last) })
      : result;
  });
  if (isRefusal(done)) return done;
  if (done.acts > 0) await settle(s.database, row, q.recordedAt, settings.utcOffsetMinutes);
  return report(q, collected, settings, done.acts > 0 ? 'loaded' : 'nothing-changed', done.changes, done.acts);
}

/** Writes what a later snapshot changes. */
class Snapshot {
  private readonly q: ImportRequest;
  private readonly row: CampaignRow;
  private readonly settings: CampaignSettings;
  private readonly collected: Collected;
  private readonly to: Appender;
  private readonly last: Instant;
  private readonly write: ReturnType<typeof actWriter>;
  private readonly changes = noChanges();
  private acts = 0;

  constructor(q: ImportRequest, row: CampaignRow, settings: CampaignSettings, collected: Collected, to: Appender, last: Instant) {
    this.q = q;
    this.row = row;
    this.settings = settings;
    this.collected = collected;
    this.to = to;
    this.last = last;
    this.write = actWriter(q);
  }

  /** @param lookOnly  counts what would be written, and stops at the first such act */
  async follow(lookOnly: boolean): Promise<{ changes: ImportChanges; acts: number }> {
    const own = await this.ownActs();
    this.acts += own.length;
    if (!lookOnly) await this.to.addOwn(own);
    const full = new Map(
      this.q.mapping.registers.map((r) => [r.code, r.snapshot === 'full' && this.collected.files.some((f) => f.register === r.code)]),
    );
    const corrections = new Map(this.q.mapping.registers.map((r) => [r.code, new Set(r.corrections)]));
    const rest = new Set(this.collected.rows.keys());
    for await (const page of knownRecords(this.to.tx, this.row, this.q.recordedAt)) {
      if (lookOnly && this.acts > 0) break;
      const found: { id: string; change: RecordChange; row: SnapshotRow | undefined; before: RegisterItem }[] = [];
      for (const known of page) {
        const row = this.collected.rows.get(known.streamId);
        rest.delete(known.streamId);
        const register = known.item.register;
        const after = row === undefined ? undefined : codedItem(row.item, this.settings, this.q.mapping);
        const change = compareRecord(known, after, full.get(register) === true, corrections.get(register) ?? new Set());
        if (change === null) {
          if (row !== undefined) this.changes.unchanged++;
          continue;
        }
        this.changes[change.kind]++;
        found.push({ id: known.streamId, change, row, before: known.item });
      }
      this.acts += found.length;
      if (!lookOnly) await this.continue(found);
      this.q.progress?.('writing', this.acts);
      this.q.signal?.throwIfAborted();
    }
    await this.appear([...rest], lookOnly);
    return { changes: this.changes, acts: this.acts };
  }

  private async continue(
    found: readonly { id: string; change: RecordChange; row: SnapshotRow | undefined; before: RegisterItem }[],
  ): Promise<void> {
    if (found.length === 0) return;
    const stored = await listActsOfStreams(
      this.to.tx,
      this.row,
      found.map((f) => f.id),
    );
    await this.to.continueStreams(
      found.map(({ id, change, row, before }) => {
        const acts = stored.get(id) ?? [];
        return { streamId: id, before: acts, after: [...acts, this.write.record(id, acts.length + 1, change, row, before)] };
      }),
    );
  }

  private async appear(ids: readonly string[], lookOnly: boolean): Promise<void> {
    const since = dateOf(this.last, this.settings.utcOffsetMinutes);
    for (let i = 0; i < ids.length; i += chunk) {
      const part = ids.slice(i, i + chunk).map((id) => ({ id, row: this.collected.rows.get(id) as SnapshotRow }));
      const taken = await numbersTaken(
        this.to.tx,
        this.row,
        part.map((p) => p.row.item.no),
      );
      const streams: Act[][] = [];
      for (const { id, row } of part) {
        const holder = taken.get(row.item.no);
        if (holder !== undefined && holder !== id) {
          this.refuseNumber(row);
          continue;
        }
        const item = codedItem(row.item, this.settings, this.q.mapping);
        this.changes.appeared++;
        if (item.openedOn !== null && item.openedOn < since) this.changes.late++;
        streams.push([this.write.record(id, 1, { kind: 'appeared', item }, row, undefined)]);
      }
      this.acts += streams.length;
      if (!lookOnly) await this.to.addStreams(streams);
    }
  }

  /** Another record has the number, so this one cannot be told from it in the ledger. */
  private refuseNumber({ item, file, row }: SnapshotRow): void {
    this.collected.listed.push({ kind: 'rejected', file, row, key: item.no, reason: 'number-taken', column: '', value: item.no });
    const i = this.collected.files.findIndex((f) => f.file === file);
    const was = this.collected.files[i];
    if (was !== undefined) this.collected.files[i] = { ...was, accepted: was.accepted - 1, rejected: was.rejected + 1 };
  }

  /** Figures and classes that the mapping has gained since. */
  private async ownActs(): Promise<Act[]> {
    const stream = campaignStreamId(this.row.id);
    const stored = await listStreamActs(this.to.tx, this.row, stream);
    const acts: Act[] = [];
    const next = () => stored.length + acts.length + 1;
    const state = foldCampaign(stored);
    for (const figure of this.q.mapping.figures) {
      const known = state?.figures.some((f) => f.id === figure.id && f.version === figure.version) ?? false;
      if (!known) acts.push(this.write.own(stream, next(), { kind: 'FigureDefined', payload: figure }));
    }
    for (const aspect of state === undefined ? [] : newAspects(this.q.mapping, state.settings)) {
      acts.push(this.write.own(stream, next(), { kind: 'AspectDefined', payload: aspect }));
    }
    return acts;
  }
}

/** Makes acts whose ids follow from what they say, so that writing one twice is seen. */
function actWriter(q: ImportRequest) {
  const { mapping, recordedAt } = q;
  const actor: ActorRef = { id: importer, org: mapping.campaign, name: 'clearzero import' };
  const at = formatInstant(recordedAt);
  const offset = offsetOf(mapping.utcOffset);
  const base = { campaign: mapping.campaign, schema: 1, actor, recordedAt };
  const files = [...new Set(q.files.map((path) => path.split(/[\\/]/).at(-1) as string))].join(', ');
  return {
    own(streamId: string, seq: number, what: Pick<Act & { stream: 'campaign' }, 'kind' | 'payload'>): Act {
      return {
        ...base,
        id: idOf('act', mapping.campaign, 'campaign', String(seq), at),
        stream: 'campaign',
        streamId,
        seq,
        happenedAt: recordedAt,
        ...what,
      } as Act;
    },
    record(streamId: string, seq: number, change: RecordChange, row: SnapshotRow | undefined, before: RegisterItem | undefined): Act {
      const head = { ...base, id: idOf('act', mapping.campaign, streamId, at), stream: 'record' as const, streamId, seq };
      if (change.kind === 'vanished' || row === undefined)
        return { ...head, kind: 'RecordVanished', payload: { file: files }, happenedAt: recordedAt };
      const source = { file: row.file, row: row.row, rowHash: row.rowHash };
      const happenedAt = happened(change, before, recordedAt, offset);
      if (change.kind === 'changed' || change.kind === 'corrected') {
        return { ...head, kind: 'RecordChanged', payload: { ...source, changed: change.changed, item: change.item }, happenedAt };
      }
      return { ...head, kind: 'RecordAppeared', payload: { ...source, item: change.item }, happenedAt };
    },
  };
}

/** When the row itself says it happened: the day it was opened, or the latest of its new steps; else when it was recorded. */
function happened(
  change: Exclude<RecordChange, { kind: 'vanished' }>,
  before: RegisterItem | undefined,
  recordedAt: Instant,
  offset: number,
): Instant {
  const had = new Set(before?.steps.map((s) => `${s.code} ${s.on}`));
  const day =
    change.kind === 'appeared'
      ? change.item.openedOn
      : change.item.steps
          .filter((s) => !had.has(`${s.code} ${s.on}`))
          .map((s) => s.on)
          .sort()
          .at(-1);
  if (day === null || day === undefined) return recordedAt;
  const at = startOfDate(day, offset);
  return at > recordedAt ? recordedAt : instant(at);
}

/** A value that stood for itself and did not become a code falls to the list's code for others. */
function codedItem(item: RegisterItem, settings: CampaignSettings, mapping: Mapping): RegisterItem {
  const known = (list: readonly { code: string }[], name: string | null, code: string | null) => {
    if (code === null || name === null || list.some((x) => x.code === code)) return code;
    const otherwise = mapping.lists[name]?.otherwise ?? null;
    return otherwise === 'reject' ? null : otherwise;
  };
  const type = known(settings.types, mapping.types, item.type);
  const aspect = known(settings.aspects, mapping.aspects, item.aspect);
  return type === item.type && aspect === item.aspect ? item : { ...item, type, aspect };
}

/** Aspects that the mapping has and the campaign has not, numbered on. */
function newAspects(mapping: Mapping, settings: CampaignSettings): AspectDefinition[] {
  const first = Math.max(0, ...settings.aspects.map((a) => a.no)) + 1;
  return settingsOf(mapping, new Map())
    .aspects.filter((a) => !settings.aspects.some((known) => known.code === a.code))
    .map((a, i) => ({ ...a, no: first + i }));
}

/** What the campaign was opened with and a later mapping may not change. */
function differences(mapping: Mapping, settings: CampaignSettings): string[] {
  const wanted = settingsOf(mapping, new Map());
  const parts = ['utcOffsetMinutes', 'currency', 'facts', 'places', 'states'] as const;
  const out: string[] = parts.filter((part) => canonicalJson(wanted[part]) !== canonicalJson(settings[part]));
  const lost = wanted.types.filter((t) => !settings.types.some((x) => x.code === t.code));
  return lost.length > 0 ? [...out, 'types'] : out;
}

function noChanges(): ImportChanges {
  return { appeared: 0, changed: 0, corrected: 0, vanished: 0, reappeared: 0, unchanged: 0, late: 0 };
}

function report(
  q: ImportRequest,
  collected: Collected,
  settings: CampaignSettings,
  outcome: ImportReport['outcome'],
  changes: ImportChanges,
  acts: number,
): ImportReport {
  const reasons: Record<Listed['kind'], Record<string, number>> = { rejected: {}, duplicate: {}, implausible: {} };
  for (const l of collected.listed) reasons[l.kind][l.reason] = (reasons[l.kind][l.reason] ?? 0) + 1;
  const codes = new Set([...settings.types, ...settings.aspects].map((c) => c.code));
  const unlisted = [...collected.unlisted]
    .flatMap(([list, values]) => [...values].map(([value, count]) => ({ list, value, count })))
    .filter((u) => q.mapping.lists[u.list]?.seen === undefined || !codes.has(u.value))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  const files = new Set(collected.files.map((f) => f.register));
  const bridges = q.mapping.bridges
    .filter((b) => files.has(b.register))
    .map((b) => {
      const none = { amount: 0, count: 0 };
      const read = collected.sums.get(`${b.register}/${b.amount}`) ?? { rows: none, rejected: none, repeated: none };
      return buildBridge(b, read, items(collected, settings, q.mapping), q.mapping.facts);
    });
  return {
    campaign: q.mapping.campaign,
    recordedAt: formatWithOffset(q.recordedAt, settings.utcOffsetMinutes),
    outcome,
    files: collected.files,
    changes,
    acts,
    reasons,
    unlisted,
    bridges,
    currency: q.mapping.currency,
    warnings: collected.warnings,
    listed: collected.listed,
  };
}

function* items(collected: Collected, settings: CampaignSettings, mapping: Mapping): Generator<RegisterItem> {
  for (const { item } of collected.rows.values()) yield codedItem(item, settings, mapping);
}
