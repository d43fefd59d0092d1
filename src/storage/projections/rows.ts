import type { EvidenceRow } from '../../domain/evidence/project.ts';
import type { ItemSpan } from '../../domain/projections/lines.ts';
import { foldText, searchKeys } from '../../domain/projections/search.ts';
import type { Span } from '../../domain/projections/spans.ts';
import { bulkTs } from '../database.ts';
import { treeNode } from './time-tree.ts';

const ts = bulkTs();

/** Columns in the order of the arrays below; the same for single writes and for COPY. */
export const itemColumns =
  'id, kind, no, no_seq, source_id, unit, place, aspect, type, text, clue, lon, lat, batch, state, deadline_at, found_at, first_recorded_at, updated_at, version, owner_org, amounts';
export const itemTextColumns = 'item_id, folded, search';
export const itemSpanColumns = 'item_id, from_at, to_at, deadline_at, found_at, no_seq, node, place, kind, state, batch, aspect, type';
export const factSpanColumns = 'fact, subject_id, from_at, to_at, place, batch, aspect, type, measure, amount';

export const evidenceColumns =
  'stream_id, sha256, item_id, place, bytes, media_type, kind, name, received_at, sealed, original, transform, likeness';

export type Cell = string | number | null;

/** The item as it stands after its last act. */
export function itemRow(span: ItemSpan): Cell[] {
  const i = span.item;
  return [
    i.id,
    i.kind,
    i.no,
    noSeq(i.no),
    i.sourceId,
    i.unit,
    i.place,
    i.aspect,
    i.type,
    i.text,
    i.clue,
    i.lon,
    i.lat,
    i.batch,
    i.state,
    ts(i.deadlineAt ?? Infinity),
    ts(i.foundAt),
    ts(i.firstRecordedAt),
    ts(i.updatedAt),
    i.version,
    i.ownerOrg,
    i.amounts === null ? null : JSON.stringify(i.amounts),
  ];
}

export function evidenceRow(e: EvidenceRow): Cell[] {
  return [
    e.streamId,
    `\\x${e.sha256}`,
    e.itemId,
    e.place,
    e.bytes,
    e.mediaType,
    e.kind,
    e.name,
    ts(e.receivedAt),
    e.sealed ? 'true' : 'false',
    e.original === null ? null : `\\x${e.original}`,
    e.transform,
    e.likeness,
  ];
}

/** All that the search box looks into. */
export function searchedText(span: { readonly item: Pick<ItemSpan['item'], 'no' | 'unit' | 'text'> }): string {
  return `${span.item.no} ${span.item.unit} ${span.item.text}`;
}

export function itemTextRow(span: ItemSpan): Cell[] {
  const whole = searchedText(span);
  return [span.item.id, foldText(whole), `{${searchKeys(whole).join(',')}}`];
}

/** Number by which numbers sort: the digits at the end, so that SX2019-999 stands before SX2019-1000. */
export function noSeq(no: string): number {
  const digits = /(\d{1,15})\D*$/.exec(no)?.[1];
  return digits === undefined ? 0 : Number(digits);
}

export function itemSpanRow(span: ItemSpan): Cell[] {
  const i = span.item;
  return [
    i.id,
    ts(span.from),
    ts(span.to ?? Infinity),
    ts(i.deadlineAt ?? Infinity),
    ts(i.foundAt),
    noSeq(i.no),
    treeNode(span.from, span.to),
    i.place,
    i.kind,
    i.state,
    i.batch,
    i.aspect,
    i.type,
  ];
}

export function factSpanRow(span: Span, subject: string, fact: number): Cell[] {
  const d = span.dims;
  return [fact, subject, ts(span.from), ts(span.to ?? Infinity), d.place, d.batch, d.aspect, d.type, d.measure, span.amount];
}
